/** Views, menus, pages and indexes that Twenty refuses, or that nobody would find. */
import { type Manifest, type Problem } from './manifest';

const MOST_INDEXES = 10;

export const tooManyIndexes = ({ objects = [], indexes = [] }: Manifest): Problem[] =>
  objects.flatMap(({ nameSingular, universalIdentifier }) => {
    const count = indexes.filter((index) => index.objectUniversalIdentifier === universalIdentifier).length;
    if (count <= MOST_INDEXES) return [];
    return [{ place: `object ${nameSingular}`, problem: `has ${count} indexes of ours`, fix: `Twenty takes ${MOST_INDEXES}: drop some` }];
  });

/** Twenty refuses a table whose first column is not what the object is called by. */
export const viewsWithoutLabel = ({ objects = [], views = [] }: Manifest): Problem[] =>
  views.flatMap((view) => {
    const object = objects.find(({ universalIdentifier }) => universalIdentifier === view.objectUniversalIdentifier);
    if (!object || view.type === 'FIELDS_WIDGET') return [];
    const [first] = [...(view.fields ?? [])].sort((one, other) => one.position - other.position);
    const label = object.labelIdentifierFieldMetadataUniversalIdentifier;
    if (first && first.fieldMetadataUniversalIdentifier === label && first.isVisible !== false) return [];
    return [{ place: `view ${view.name}`, problem: `does not begin with the label field of ${object.nameSingular}`, fix: 'put it first' }];
  });

export const objectsWithoutDefaultView = ({ objects = [], views = [] }: Manifest): Problem[] =>
  objects.flatMap(({ nameSingular, universalIdentifier }) => {
    const count = views.filter((view) => view.objectUniversalIdentifier === universalIdentifier && view.key === 'INDEX').length;
    if (count === 1) return [];
    return [{ place: `object ${nameSingular}`, problem: `has ${count} default views`, fix: 'mark exactly one view with ViewKey.INDEX' }];
  });

/** Whose edit is refused looks at the list: the reason stands beside the name, not beyond the right edge. */
export const viewsThatHideProblems = ({ objects = [], views = [] }: Manifest): Problem[] =>
  views.flatMap((view) => {
    const object = objects.find(({ universalIdentifier }) => universalIdentifier === view.objectUniversalIdentifier);
    const field = object?.fields.find(({ name }) => name === 'problem')?.universalIdentifier;
    if (!object || !field) return [];
    const place = [...(view.fields ?? [])]
      .sort((one, other) => one.position - other.position)
      .findIndex(({ fieldMetadataUniversalIdentifier }) => fieldMetadataUniversalIdentifier === field);
    const wanted = view.type === 'FIELDS_WIDGET' ? 0 : 1;
    if (place === wanted) return [];
    return [
      {
        place: `view ${view.name}`,
        problem: `does not show what was refused of a ${object.nameSingular} first`,
        fix: `put its problem at position ${wanted}`,
      },
    ];
  });

/** Such an item opens whichever view of the object somebody looked at last. */
export const itemsThatOpenAnyView = ({ views = [], navigationMenuItems = [] }: Manifest): Problem[] =>
  navigationMenuItems.flatMap(({ name, universalIdentifier, targetObjectUniversalIdentifier: object }) => {
    const several = views.filter((view) => view.objectUniversalIdentifier === object && view.type !== 'FIELDS_WIDGET').length > 1;
    if (!object || !several) return [];
    return [
      {
        place: `navigation item ${name ?? universalIdentifier}`,
        problem: 'leads to an object of several views',
        fix: 'lead to one of them',
      },
    ];
  });

export const navigationOutsideFolder = ({ navigationMenuItems = [] }: Manifest): Problem[] => {
  const folders = navigationMenuItems.filter(({ type }) => type === 'FOLDER');
  const inside = new Set(folders.map(({ universalIdentifier }) => universalIdentifier));
  return navigationMenuItems
    .filter(({ type, folderUniversalIdentifier }) => type !== 'FOLDER' && !inside.has(folderUniversalIdentifier ?? ''))
    .map(({ name, universalIdentifier }) => ({
      place: `navigation item ${name ?? universalIdentifier}`,
      problem: 'stands among the menus of Twenty itself',
      fix: 'give it folderUniversalIdentifier',
    }));
};

/** Twenty 2.21 makes a page before its tabs, so the page cannot name one of them yet. */
export const pagesThatNameTheirTab = ({ pageLayouts = [] }: Manifest): Problem[] =>
  pageLayouts
    .filter((layout) => layout.defaultTabToFocusOnMobileAndSidePanelUniversalIdentifier)
    .map(({ name }) => ({ place: `page layout ${name}`, problem: 'names its default tab, which is made later', fix: 'leave that out' }));
