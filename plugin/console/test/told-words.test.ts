/** What the engine says by code and facts, as a reader of another language gets it. */
import { TOLD_ACTIONS, TOLD_SKILLS } from '../../test/automation/told-actions.js';
import '../src/catalogs';
import { speak } from '../src/language';
import { toldLang, toldWord, type Told } from '../src/told-words';

/** Words that may not end a line stand with a space that does not break. */
const inCzech = (said: { text: string; told: Told } | undefined): string =>
  toldWord(said?.told, said?.text ?? '').replaceAll('\u00a0', ' ');

beforeAll(() => {
  (globalThis as { document?: unknown }).document = { documentElement: {} };
});
afterEach(() => speak(['en']));

test('what has no code stands in English, and says so', async () => {
  const told = { code: 'ACTION_QUEUE' as const, facts: { queue: 'q' } };
  expect([toldLang(null), toldLang(told), toldWord(told, 'Puts it.')]).toEqual([undefined, undefined, 'Puts it.']);
  await speak(['cs']);
  expect([toldLang(null), toldWord(null, 'Puts it.'), toldLang(told)]).toEqual(['en', 'Puts it.', undefined]);
});

describe('what an action of a rule does is told in Czech', () => {
  test.each([
    ['assign', 'Předá ji operátorovi: <a>'],
    ['webhook', 'Zavolá webhook https://h.example/x.'],
    ['case', 'Založí interakci (Případ): „File“.'],
    ['queuedCase', 'Založí interakci (Případ) ve frontě <q>: „File“.'],
    ['task', 'Založí úkol ve frontě <q>: „For {{ customer.name }}“.'],
    ['notify', 'Dá vědět (<a> a všichni správci): „Fire“.'],
    ['reply', `Odpoví zákazníkovi: „${'x'.repeat(99)}…“.`],
    ['subject', 'Nastaví předmět na „S“.'],
    ['both', 'Nastaví popis, a předmět na „S“.'],
    ['description', 'Nastaví popis.'],
    ['priority', 'Nastaví prioritu na 0.'],
    ['raise', 'Zvýší prioritu o 5.'],
    ['lower', 'Sníží prioritu o 5.'],
    ['queue', 'Zařadí ji do fronty <q>.'],
    ['skills', 'Žádá tyto dovednosti: <a> od úrovně 4 (pokud to jde) a <b>'],
    ['moreSkills', 'Žádá navíc tyto dovednosti: <a> od úrovně 4 (pokud to jde) a <b>'],
    ['noSkills', 'Nežádá žádné vlastní dovednosti.'],
    ['policy', 'Dá jí pravidla SLA <p>.'],
    ['ownPolicy', 'Vrátí jí pravidla SLA její fronty.'],
  ])('%s', async (name, czech) => {
    await speak(['cs']);
    expect(inCzech(TOLD_ACTIONS[name])).toBe(czech);
  });

  test('and so is what it asks for beside what was asked for', async () => {
    await speak(['cs']);
    expect(inCzech(TOLD_SKILLS)).toBe('Czech, <a> od úrovně 4 (pokud to jde) a <b>');
  });
});
