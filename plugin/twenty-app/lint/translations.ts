/** Every word that people read, in every language. The SDK's own list leaves out fields inside objects, options and roles. */
import { fieldsOf, type Manifest, type Problem } from './manifest';

/** What front components say: the texts given to `t`. */
export const saidBy = (source: string): string[] =>
  [...source.matchAll(/\bt\(\s*'((?:[^'\\]|\\.)*)'/g)].map(([, text = '']) => text.replaceAll("\\'", "'"));

export const wordsOf = (manifest: Manifest): string[] => {
  const { application, objects = [], views = [], roles = [], frontComponents = [], commandMenuItems = [] } = manifest;
  const { navigationMenuItems = [], pageLayouts = [], pageLayoutTabs = [] } = manifest;
  const tabs = [...pageLayouts.flatMap((layout) => layout.tabs ?? []), ...pageLayoutTabs];
  const words: (string | undefined)[] = [
    application?.description,
    ...Object.values(application?.applicationVariables ?? {}).map(({ description }) => description),
    ...objects.flatMap(({ labelSingular, labelPlural, description }) => [labelSingular, labelPlural, description]),
    ...fieldsOf(manifest).flatMap(({ field }) => [field.label, field.description, ...(field.options ?? []).map(({ label }) => label)]),
    ...views.map(({ name }) => name),
    ...tabs.flatMap(({ title, widgets = [] }) => [title, ...widgets.map((widget) => widget.title)]),
    ...navigationMenuItems.map(({ name }) => name),
    ...commandMenuItems.flatMap(({ label, shortLabel }) => [label, shortLabel]),
    ...frontComponents.map(({ description }) => description),
    ...roles.flatMap(({ label, description }) => [label, description]),
  ];
  return [...new Set(words.filter((word) => word !== undefined && word.trim() !== ''))] as string[];
};

const placeholders = (text: string) =>
  [...text.matchAll(/\{\w+\}/g)]
    .map(([name]) => name)
    .sort()
    .join();

export const untranslated = (words: string[], locale: string, catalog: Record<string, string>): Problem[] => [
  ...words
    .filter((word) => !catalog[word]?.trim())
    .map((word) => ({ place: `locales/${locale}.json`, problem: `"${word}" is not translated`, fix: 'add it' })),
  ...words
    .filter((word) => catalog[word]?.trim() && placeholders(word) !== placeholders(catalog[word]))
    .map((word) => ({ place: `locales/${locale}.json`, problem: `"${word}" loses a placeholder`, fix: 'keep what stands in braces' })),
  ...Object.keys(catalog)
    .filter((word) => !words.includes(word))
    .map((word) => ({ place: `locales/${locale}.json`, problem: `nobody says "${word}" any more`, fix: 'remove it' })),
];
