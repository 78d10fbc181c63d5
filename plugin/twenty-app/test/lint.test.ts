/** Each rule bites on a small broken manifest; on the sound one it is silent. */
import { lintManifest } from '../lint/lint';
import { type Field, type Manifest, type ObjectType, type Standard } from '../lint/manifest';
import { saidBy, untranslated, wordsOf } from '../lint/translations';

const standard: Standard = { identifiers: new Set(['standard-person', 'standard-name']), objectNames: ['person'] };

const text = (universalIdentifier: string, name: string, more: Partial<Field> = {}): Field => ({
  universalIdentifier,
  name,
  type: 'TEXT',
  label: name,
  ...more,
});

const relation = (universalIdentifier: string, name: string, to: string, field: string, relationType: string): Field => ({
  ...text(universalIdentifier, name, { type: 'RELATION' }),
  relationTargetObjectMetadataUniversalIdentifier: to,
  relationTargetFieldMetadataUniversalIdentifier: field,
  universalSettings: { relationType, ...(relationType === 'MANY_TO_ONE' ? { joinColumnName: `${name}Id` } : {}) },
});

const buildObject = (nameSingular: string, fields: Field[], more: Partial<ObjectType> = {}): ObjectType => ({
  universalIdentifier: nameSingular,
  nameSingular,
  namePlural: `${nameSingular}s`,
  labelSingular: nameSingular,
  labelPlural: `${nameSingular}s`,
  labelIdentifierFieldMetadataUniversalIdentifier: `${nameSingular}-name`,
  fields: [text(`${nameSingular}-name`, 'name'), ...fields],
  ...more,
});

const buildView = (object: string, more: object = {}) => ({
  universalIdentifier: `${object}-view`,
  name: `All ${object}s`,
  objectUniversalIdentifier: object,
  key: 'INDEX',
  fields: [{ universalIdentifier: `${object}-column`, fieldMetadataUniversalIdentifier: `${object}-name`, position: 0 }],
  ...more,
});

/** A call that belongs to a line, and the view of each. */
const buildManifest = (more: Partial<Manifest> = {}): Manifest => ({
  objects: [
    buildObject('call', [relation('call-line', 'line', 'line', 'line-calls', 'MANY_TO_ONE')]),
    buildObject('line', [relation('line-calls', 'calls', 'call', 'call-line', 'ONE_TO_MANY')]),
  ],
  views: [buildView('call'), buildView('line')],
  ...more,
});

/** A manifest in which the fields given are on a call. */
const withFields = (...fields: Field[]) => buildManifest({ objects: [buildObject('call', fields)], views: [buildView('call')] });

const problemsOf = (manifest: Manifest) => lintManifest(manifest, standard).map(({ place, problem }) => `${place}: ${problem}`);

test('a sound manifest has no problems', () => {
  expect(problemsOf(buildManifest())).toEqual([]);
});

test('a reference to something that is not there is found', () => {
  const view = buildView('call', {
    sorts: [{ universalIdentifier: 'sort', fieldMetadataUniversalIdentifier: 'nowhere' }],
  });
  expect(problemsOf(buildManifest({ views: [view, buildView('line')] }))).toEqual([
    "views > All calls > sort: fieldMetadataUniversalIdentifier names nowhere, which is neither in the manifest nor one of Twenty's own",
  ]);
});

test('a list on a page that shows a field which is not there is found', () => {
  const widget = { universalIdentifier: 'list', title: 'Lines', configuration: { configurationType: 'FIELD', fieldMetadataId: 'nowhere' } };
  const pageLayoutTabs = [{ universalIdentifier: 'tab', title: 'Overview', widgets: [widget] }];
  expect(problemsOf(buildManifest({ pageLayoutTabs }))).toEqual([expect.stringContaining('fieldMetadataId names nowhere')]);
});

test("a reference to one of Twenty's own things is in order", () => {
  expect(problemsOf({ fields: [text('ours', 'nickname', { objectUniversalIdentifier: 'standard-person' })] })).toEqual([]);
});

test('two things with one identifier are found', () => {
  expect(problemsOf(withFields(text('same', 'one'), text('same', 'two')))).toEqual([
    'objects > call > one, objects > call > two: share the identifier same',
  ]);
});

test('a relation without its other side is found', () => {
  expect(problemsOf(withFields(relation('call-line', 'line', 'standard-person', 'call-name', 'MANY_TO_ONE')))).toEqual([
    'call.line: has no field on the other side',
  ]);
});

test('two relations that do not name each other are found', () => {
  const manifest = buildManifest();
  manifest.objects?.[0]?.fields.push(relation('call-other', 'other', 'line', 'line-calls', 'MANY_TO_ONE'));
  expect(problemsOf(manifest)).toEqual(['call.other: line.calls does not name it back']);
});

test('a relation that has two sides of one kind is found', () => {
  const objects = [
    buildObject('call', [relation('call-line', 'line', 'line', 'line-calls', 'ONE_TO_MANY')]),
    buildObject('line', [relation('line-calls', 'calls', 'call', 'call-line', 'ONE_TO_MANY')]),
  ];
  expect(problemsOf(buildManifest({ objects }))).toContain('call.line: line.calls is the same side of it');
});

test('a name that Twenty keeps for itself is found', () => {
  expect(problemsOf(withFields(text('role', 'role')))).toEqual(['call.role: "role" is reserved by Twenty']);
});

test('a column that every object has is found', () => {
  expect(problemsOf(withFields(text('position', 'position')))).toEqual(['call.position: every object has "position" already']);
});

test('a name that is not camelCase, or too long, is found', () => {
  expect(problemsOf(withFields(text('a', 'Wait_time'), text('b', 'x'.repeat(64))))).toEqual([
    'call.Wait_time: "Wait_time" is no name that Twenty takes',
    expect.stringContaining('is longer than 63 characters'),
    expect.stringContaining('is empty or longer than 63 characters'),
  ]);
});

test('an object that is called the same for one and for many is found', () => {
  const objects = [buildObject('call', [], { namePlural: 'call' })];
  expect(problemsOf({ objects, views: [buildView('call')] })).toEqual(['object call: has the same name for one and for many']);
});

test("a field that bears the name of a relation's column is found", () => {
  const manifest = buildManifest();
  manifest.objects?.[0]?.fields.push(text('call-line-id', 'lineId'));
  expect(problemsOf(manifest)).toEqual(['call.lineId: "lineId" is the name of call.line, too']);
});

test('options in lower case, twice or with a comma are found', () => {
  const options = [
    { value: 'in_queue', label: 'In queue' },
    { value: 'DONE', label: 'Done' },
    { value: 'DONE', label: 'Done, really' },
  ];
  expect(problemsOf(withFields(text('state', 'state', { type: 'SELECT', options })))).toEqual([
    'call.state: the option "in_queue" is no value that Twenty takes',
    'call.state: the option "DONE" is there twice',
    'call.state: the option\'s label "Done, really" has a comma',
  ]);
});

test('a text default without quotes inside is found', () => {
  expect(problemsOf(withFields(text('state', 'state', { defaultValue: 'OPEN' })))).toEqual([
    'call.state: its default OPEN has no quotes inside',
  ]);
});

test('a default that is none of the options is found', () => {
  const options = [{ value: 'DONE', label: 'Done' }];
  expect(problemsOf(withFields(text('state', 'state', { type: 'SELECT', options, defaultValue: "'OPEN'" })))).toEqual([
    "call.state: its default 'OPEN' is none of its options",
  ]);
});

test('a label that the side panel would cut is found', () => {
  expect(problemsOf(withFields(text('state', 'state', { label: 'State of the world' })))).toEqual([
    'call.state: the label "State of the world" is cut in the side panel',
  ]);
});

test('a label that is too long for Twenty is found', () => {
  expect(problemsOf(withFields(text('state', 'state', { label: 'x'.repeat(64) })))).toEqual([
    expect.stringContaining('is empty or longer than 63 characters'),
  ]);
});

test('an eleventh index on an object is found', () => {
  const indexes = Array.from({ length: 11 }, (_, number) => ({
    universalIdentifier: `index-${number}`,
    objectUniversalIdentifier: 'call',
    fields: [],
  }));
  expect(problemsOf(buildManifest({ indexes }))).toEqual(['object call: has 11 indexes of ours']);
});

test('a table that does not begin with the label field is found', () => {
  const fields = [
    { universalIdentifier: 'column-1', fieldMetadataUniversalIdentifier: 'call-line', position: 0 },
    { universalIdentifier: 'column-2', fieldMetadataUniversalIdentifier: 'call-name', position: 1 },
  ];
  expect(problemsOf(buildManifest({ views: [buildView('call', { fields }), buildView('line')] }))).toEqual([
    'view All calls: does not begin with the label field of call',
  ]);
});

test('a list in which a refusal stands behind other columns is found, and a record page', () => {
  const objects = [buildObject('call', [text('call-subject', 'subject'), text('call-problem', 'problem')])];
  const view = (order: string[], more: object = {}) =>
    buildView('call', {
      fields: order.map((name, position) => ({
        universalIdentifier: `column-${name}-${order.indexOf('subject')}`,
        fieldMetadataUniversalIdentifier: `call-${name}`,
        position,
      })),
      ...more,
    });
  const page = { universalIdentifier: 'call-page', name: 'Call fields', key: undefined, type: 'FIELDS_WIDGET' };
  expect(problemsOf({ objects, views: [view(['name', 'problem', 'subject']), view(['problem', 'name'], page)] })).toEqual([]);
  expect(problemsOf({ objects, views: [view(['name', 'subject', 'problem']), view(['name', 'problem'], page)] })).toEqual([
    'view All calls: does not show what was refused of a call first',
    'view Call fields: does not show what was refused of a call first',
  ]);
});

test('a menu item that opens whichever view was looked at last is found', () => {
  const item = (object: string) => ({
    universalIdentifier: `item-${object}`,
    type: 'OBJECT',
    name: object,
    folderUniversalIdentifier: 'folder',
    targetObjectUniversalIdentifier: object,
  });
  const navigationMenuItems = [{ universalIdentifier: 'folder', type: 'FOLDER', name: 'Contact center' }, item('call'), item('line')];
  const views = [buildView('call'), buildView('line'), buildView('call', { universalIdentifier: 'mine', name: 'Mine', key: undefined })];
  const again = views.map((view, index) => ({
    ...view,
    fields: view.fields.map((field) => ({ ...field, universalIdentifier: `${field.universalIdentifier}-${index}` })),
  }));
  expect(problemsOf(buildManifest({ views: again, navigationMenuItems }))).toEqual([
    'navigation item call: leads to an object of several views',
  ]);
});

test('an object without a default view is found', () => {
  expect(problemsOf(buildManifest({ views: [buildView('call')] }))).toEqual(['object line: has 0 default views']);
});

test('a menu item outside our folder is found', () => {
  const navigationMenuItems = [
    { universalIdentifier: 'folder', type: 'FOLDER', name: 'Contact center' },
    { universalIdentifier: 'inside', type: 'VIEW', name: 'Mine', folderUniversalIdentifier: 'folder' },
    { universalIdentifier: 'outside', type: 'VIEW', name: 'All' },
  ];
  expect(problemsOf(buildManifest({ navigationMenuItems }))).toEqual(['navigation item All: stands among the menus of Twenty itself']);
});

test('a page that names a tab which is made after it is found', () => {
  const pageLayouts = [
    {
      universalIdentifier: 'page',
      name: 'Call page',
      defaultTabToFocusOnMobileAndSidePanelUniversalIdentifier: 'tab',
      tabs: [{ universalIdentifier: 'tab', title: 'Overview' }],
    },
  ];
  expect(problemsOf(buildManifest({ pageLayouts }))).toEqual(['page layout Call page: names its default tab, which is made later']);
});

test('a trigger on an event that never happens is found, and the real ones are in order', () => {
  const waitingFor = (eventName: string) => ({ universalIdentifier: eventName, databaseEventTriggerSettings: { eventName } });
  const names = ['person.created', 'call.*', '*.updated', 'person.create', 'nobody.created', 'person.name.updated'];
  expect(problemsOf(buildManifest({ logicFunctions: names.map(waitingFor) }))).toEqual([
    'logic function person.create: waits for "person.create", which never happens',
    'logic function nobody.created: waits for "nobody.created", which never happens',
    'logic function person.name.updated: waits for "person.name.updated", which never happens',
  ]);
});

test('a logic function that may take longer than Twenty waits is found', () => {
  const logicFunctions = [{ universalIdentifier: 'slow', name: 'slow', timeoutSeconds: 5_000 }];
  expect(problemsOf(buildManifest({ logicFunctions }))).toEqual(['logic function slow: may take 5000 seconds']);
});

test('a word that is not translated, a lost placeholder and a word nobody says are found', () => {
  const words = ['Queue', 'Nothing at {address}'];
  const catalog = { Queue: '', 'Nothing at {address}': 'Nikdo neodpovídá', Old: 'Staré' };
  expect(untranslated(words, 'cs-CZ', catalog).map(({ problem }) => problem)).toEqual([
    '"Queue" is not translated',
    '"Nothing at {address}" loses a placeholder',
    'nobody says "Old" any more',
  ]);
});

test('labels, options, tabs, roles and what components say are all words to translate', () => {
  const field = text('state', 'state', { label: 'State', options: [{ value: 'DONE', label: 'Done' }] });
  const pageLayoutTabs = [{ universalIdentifier: 'tab', title: 'Service', widgets: [{ title: 'Frame' }] }];
  const manifest = { ...withFields(field), pageLayoutTabs, roles: [{ label: 'Agent' }] };
  expect(wordsOf(manifest)).toEqual(expect.arrayContaining(['State', 'Done', 'Service', 'Frame', 'Agent', 'All calls']));
  expect(saidBy("<p>{t('Try again')}</p>; t(\n  'It isn\\'t there', { a })")).toEqual(['Try again', "It isn't there"]);
});
