/** The page of one record: its fields in our order, and the tabs that Twenty gives every object. */
import { PageLayoutTabLayoutMode, type PageLayoutTabManifest, type PageLayoutWidgetManifest } from 'twenty-sdk/define';
import { frontComponents } from '../identifiers';
import { frontComponent } from './widgets';

interface Ids {
  tab: string;
  widget: string;
}

interface RecordPage {
  universalIdentifier: string;
  name: string;
  object: string;
  /** The view that lists the fields. */
  fields: string;
  tabs: Record<'home' | 'timeline' | 'tasks' | 'notes' | 'files', Ids>;
  /** What stands above the fields: its widget, and the front component in it. */
  notice?: readonly [universalIdentifier: string, component: string];
  /** Tabs beside the overview that a front component fills each; the others are at 20 to 50. */
  own?: readonly OwnTab[];
  /** Lists of what belongs to the record, under its fields. */
  related?: readonly (readonly [universalIdentifier: string, title: string, field: string])[];
}

type Whole = Extract<PageLayoutWidgetManifest['configuration'], { configurationType: 'FIELDS' | 'TIMELINE' | 'TASKS' | 'NOTES' | 'FILES' }>;

const tab = (
  ids: Ids,
  title: string,
  icon: string,
  position: number,
  layoutMode: PageLayoutTabLayoutMode,
  configuration: Whole,
  before: PageLayoutWidgetManifest[] = [],
  after: PageLayoutWidgetManifest[] = [],
): PageLayoutTabManifest => ({
  universalIdentifier: ids.tab,
  title,
  icon,
  position,
  layoutMode,
  widgets: [
    ...before,
    {
      universalIdentifier: ids.widget,
      title,
      type: configuration.configurationType,
      configuration,
    },
    ...after,
  ],
});

type OwnTab = readonly [ids: Ids, title: string, icon: string, component: string, position: number];

/** The console's page of the record: the last tab, since the first one opens by itself, and this is for administrators. */
export const administration = (tab: string, widget: string): OwnTab => [
  { tab, widget },
  'Administration',
  'IconSettings',
  frontComponents.administrationTab,
  60,
];

const ownTab = ([ids, title, icon, component, position]: OwnTab): PageLayoutTabManifest => ({
  universalIdentifier: ids.tab,
  title,
  icon,
  position,
  layoutMode: PageLayoutTabLayoutMode.CANVAS,
  widgets: [frontComponent(ids.widget, title, component)],
});

const list = (universalIdentifier: string, title: string, field: string): PageLayoutWidgetManifest => ({
  universalIdentifier,
  title,
  type: 'FIELD',
  configuration: { configurationType: 'FIELD', fieldMetadataId: field, fieldDisplayMode: 'CARD' },
});

export const recordPage = ({ universalIdentifier, name, object, fields, tabs, notice, own = [], related = [] }: RecordPage) => ({
  universalIdentifier,
  name,
  type: 'RECORD_PAGE' as const,
  objectUniversalIdentifier: object,
  tabs: [
    tab(
      tabs.home,
      'Overview',
      'IconHome',
      10,
      PageLayoutTabLayoutMode.VERTICAL_LIST,
      { configurationType: 'FIELDS', viewUniversalIdentifier: fields },
      notice ? [frontComponent(notice[0], 'Contact center', notice[1])] : [],
      related.map((one) => list(...one)),
    ),
    ...own.map(ownTab),
    tab(tabs.timeline, 'Timeline', 'IconTimelineEvent', 20, PageLayoutTabLayoutMode.CANVAS, { configurationType: 'TIMELINE' }),
    tab(tabs.tasks, 'Tasks', 'IconCheckbox', 30, PageLayoutTabLayoutMode.CANVAS, { configurationType: 'TASKS' }),
    tab(tabs.notes, 'Notes', 'IconNotes', 40, PageLayoutTabLayoutMode.CANVAS, { configurationType: 'NOTES' }),
    tab(tabs.files, 'Files', 'IconPaperclip', 50, PageLayoutTabLayoutMode.CANVAS, { configurationType: 'FILES' }),
  ],
});
