/** Names and values that Twenty's server refuses (its 2.21 validators), although the SDK builds them. */
import { fieldsOf, type Manifest, type Problem } from './manifest';

const LONGEST = 63;
const CAMEL_CASE = /^[a-z][a-zA-Z0-9]*$/;
const UPPER_SNAKE = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;
const QUOTED = /^'.*'$/s;

/** Kept by Twenty for itself, as names of objects and of fields. */
const RESERVED = new Set(
  `address addresses aggregate appToken appTokens approvedAccessDomain approvedAccessDomains billingCustomer billingCustomers
   billingEntitlement billingEntitlements billingMeter billingMeters billingProduct billingProducts billingSubscription
   billingSubscriptionItem billingSubscriptionItems billingSubscriptions currencies currency event events featureFlag featureFlags
   field fields fullNames index job jobs keyValuePair keyValuePairs link links object objects pageLayout pageLayoutTab
   pageLayoutTabs pageLayoutWidget pageLayoutWidgets pageLayouts plan plans relation relations role roles search searches
   twoFactorMethod twoFactorMethods type types user userWorkspace userWorkspaceRole userWorkspaceRoles userWorkspaces users
   workspace workspaces`.split(/\s+/),
);

/** Columns that every object has already. */
const GIVEN = new Set(['id', 'createdAt', 'updatedAt', 'deletedAt', 'createdBy', 'updatedBy', 'position', 'searchVector']);

const nameProblems = (place: string, name: string): Problem[] => [
  ...(CAMEL_CASE.test(name)
    ? []
    : [{ place, problem: `"${name}" is no name that Twenty takes`, fix: 'use letters and digits in camelCase' }]),
  ...(name.length > LONGEST ? [{ place, problem: `"${name}" is longer than ${LONGEST} characters`, fix: 'shorten it' }] : []),
  ...(RESERVED.has(name) ? [{ place, problem: `"${name}" is reserved by Twenty`, fix: 'choose another word or put one before it' }] : []),
];

export const illegalNames = (manifest: Manifest): Problem[] => [
  ...(manifest.objects ?? []).flatMap(({ nameSingular, namePlural }) => [
    ...nameProblems(`object ${nameSingular}`, nameSingular),
    ...nameProblems(`object ${nameSingular}`, namePlural),
    ...(nameSingular.toLowerCase() === namePlural.toLowerCase()
      ? [{ place: `object ${nameSingular}`, problem: 'has the same name for one and for many', fix: 'give it a plural of its own' }]
      : []),
  ]),
  ...fieldsOf(manifest).flatMap(({ field, place }) => [
    ...nameProblems(place, field.name),
    ...(GIVEN.has(field.name) ? [{ place, problem: `every object has "${field.name}" already`, fix: 'leave it out' }] : []),
  ]),
];

/** Two fields of one object, or a field and the column of a relation, under one name. */
export const repeatedNames = (manifest: Manifest): Problem[] => {
  const taken = new Map<string, string>();
  return fieldsOf(manifest).flatMap(({ field, place, object }) => {
    const names = [field.name, field.universalSettings?.joinColumnName].filter((name) => name !== undefined);
    return names.flatMap((name) => {
      const before = taken.get(`${object} ${name}`);
      taken.set(`${object} ${name}`, place);
      return before ? [{ place, problem: `"${name}" is the name of ${before}, too`, fix: 'rename one of them' }] : [];
    });
  });
};

const optionProblems = (place: string, options: { value: string; label: string }[]): Problem[] => [
  ...options
    .filter(({ value }) => !UPPER_SNAKE.test(value))
    .map(({ value }) => ({ place, problem: `the option "${value}" is no value that Twenty takes`, fix: 'write it in UPPER_SNAKE_CASE' })),
  ...options
    .filter(({ value }, index) => options.findIndex((option) => option.value === value) < index)
    .map(({ value }) => ({ place, problem: `the option "${value}" is there twice`, fix: 'remove one' })),
  ...options
    .filter(({ label }) => label.includes(','))
    .map(({ label }) => ({ place, problem: `the option's label "${label}" has a comma`, fix: 'say it without' })),
];

export const illegalOptions = (manifest: Manifest): Problem[] =>
  fieldsOf(manifest).flatMap(({ field, place }) => optionProblems(place, field.options ?? []));

/** A text as a default needs quotes of its own inside: Twenty takes it for an expression of the database otherwise. */
export const unquotedDefaults = (manifest: Manifest): Problem[] =>
  fieldsOf(manifest).flatMap(({ field, place }) => {
    const value = field.defaultValue;
    if (typeof value !== 'string' || !['TEXT', 'SELECT'].includes(field.type)) return [];
    if (!QUOTED.test(value)) return [{ place, problem: `its default ${value} has no quotes inside`, fix: `write "'${value}'"` }];
    const known = field.options?.some((option) => `'${option.value}'` === value) ?? true;
    return known ? [] : [{ place, problem: `its default ${value} is none of its options`, fix: 'name one of them' }];
  });

export const longLabels = (manifest: Manifest): Problem[] =>
  [
    ...(manifest.objects ?? []).flatMap(({ nameSingular, labelSingular, labelPlural }) =>
      [labelSingular, labelPlural].map((label) => ({ place: `object ${nameSingular}`, label })),
    ),
    ...fieldsOf(manifest).flatMap(({ field, place }) =>
      [field.label, ...(field.options ?? []).map((option) => option.label)].map((label) => ({ place, label })),
    ),
  ]
    .filter(({ label }) => label.length > LONGEST || label.trim() === '')
    .map(({ place, label }) => ({
      place,
      problem: `the label "${label}" is empty or longer than ${LONGEST} characters`,
      fix: 'reword it',
    }));

/** How much of a label a record page and the side panel show; a list of many records has a line of its own. */
const SHOWN = 16;

export const cutLabels = (manifest: Manifest): Problem[] =>
  fieldsOf(manifest)
    .filter(
      ({ field }) => field.universalSettings?.relationType !== 'ONE_TO_MANY' && field.label.length > SHOWN && field.label.length <= LONGEST,
    )
    .map(({ field, place }) => ({
      place,
      problem: `the label "${field.label}" is cut in the side panel`,
      fix: `say it in ${SHOWN} letters, and the rest in the description`,
    }));
