/** The table of event types against the source: what is not in it cannot set off a rule. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EVENT_TYPES, isAboutInteraction, unknownType } from '../../src/automation/event-types.js';

const folder = fileURLToPath(new URL('../../src', import.meta.url));
const known = new Set(EVENT_TYPES.map(({ type }) => type));
const subjects = [...new Set([...known].map((type) => type.split('.')[0]))].join('|');

const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.includes('generated') && !path.endsWith('event-types.ts'))
  .map((path) => readFileSync(join(folder, path), 'utf8'));

it('holds each type that is appended anywhere, and no other', () => {
  const types = new RegExp(`'((?:${subjects})\\.[a-z]+(?:_[a-z]+)*)'`, 'g');
  const named = new Set(sources.flatMap((text) => [...text.matchAll(types)].map(([, type]) => type!)));
  // Those of which the verb is put together.
  for (const outcome of ['delivered', 'failed', 'delayed']) named.add(`interaction.message_${outcome}`);
  const appended = new Set(sources.flatMap((text) => [...text.matchAll(/type: '([a-z_]+\.[a-z_]+)'/g)].map(([, type]) => type!)));
  expect([...appended].filter((type) => !known.has(type))).toEqual([]);
  expect([...named].filter((type) => !known.has(type))).toEqual([]);
  expect([...known].filter((type) => !named.has(type))).toEqual([]);
});

it('says what a type says, and which one may have been meant', () => {
  for (const { type, description } of EVENT_TYPES) expect(`${type}: ${description}`).toMatch(/^[a-z_]+\.[a-z_]+: [A-Z].*\.$/);
  expect(unknownType('interaction.queued')).toBeNull();
  expect(unknownType('interaction.queeud')).toBe('There is no event interaction.queeud; did you mean interaction.queued?');
  expect(unknownType('rule.exploded_loudly')).toMatch(/^There is no event .*; there are rule\.created, .*; eventTypes lists all\.$/);
  expect(isAboutInteraction('sla.escalated')).toBe(true);
  expect(isAboutInteraction('sla_policy.created')).toBe(false);
});
