/**
 * Texts with gaps, in Liquid: `Tell {{ customer.name }} what became of it`. Parsed and checked against the known facts
 * when they are saved; rendered within bounds of time and size, without files or includes.
 */
import { Liquid } from 'liquidjs';
import { invalid, PatchbayError } from '../platform/errors.js';
import { nearest } from './condition-words.js';
import { FIELDS, type Facts } from './facts.js';

/** Longest output of a line and of a text, in UTF-16 units: what the contract's Line and Text hold. */
export const LINE = 200;
export const TEXT = 50_000;
const RENDER_MS = 500;
const MEMORY = 1_000_000;

const liquid = new Liquid({
  ownPropertyOnly: true,
  strictFilters: true,
  dynamicPartials: false,
  templates: {},
  timezoneOffset: 'Etc/UTC',
  parseLimit: TEXT,
  renderLimit: RENDER_MS,
  memoryLimit: MEMORY,
});
for (const tag of ['include', 'render', 'layout', 'block']) delete liquid.tags[tag];

const paths = FIELDS.map(({ path }) => path);
// A template may print a group's part, never the group.
const known = new Set(paths);

/** What is wrong with a template, in words; null where it can be used. */
export function templateProblem(source: string): string | null {
  let used: unknown[][];
  try {
    used = liquid.globalVariableSegmentsSync(source) as unknown[][];
  } catch (error) {
    return sentence((error as Error).message);
  }
  for (const segments of used) {
    const path = segments.filter((part) => typeof part === 'string').join('.');
    if (segments.every((part) => typeof part !== 'object') && (known.has(path) || path.startsWith('event.facts.'))) continue;
    const near = nearest(path, paths);
    const root = paths.filter((one) => one.startsWith(`${String(segments[0])}.`));
    return `There is no ${path}; ${near ? `did you mean ${near}?` : `there are ${(root.length > 0 ? root : paths).join(', ')}.`}`;
  }
  return null;
}

/**
 * @param most UTF-16 units; what is longer is cut
 * @throws PatchbayError INVALID where it takes too long or too much memory
 */
export function render(source: string, facts: Facts, most = TEXT): string {
  try {
    const text = filled(source, facts);
    const clean = most === LINE ? text.replaceAll(/\s+/g, ' ').trim() : text.trim();
    return clean.length > most ? `${clean.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…` : clean;
  } catch (error) {
    if (error instanceof PatchbayError) throw error;
    throw invalid('template', `The template cannot be filled: ${sentence((error as Error).message)}`);
  }
}

/** The limit is of the wall clock, which a machine that stood still meets without any fault of the template: so twice. */
function filled(source: string, facts: Facts): string {
  const template = liquid.parse(source);
  try {
    return liquid.renderSync(template, facts) as string;
  } catch (error) {
    if (!/render limit exceeded/.test((error as Error).message)) throw error;
    return liquid.renderSync(template, facts) as string;
  }
}

const sentence = (message: string): string => `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
