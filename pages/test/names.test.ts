import fc from 'fast-check';
import { nameIn, namedWithin } from '../src/names';

const own = { name: 'Own', translations: [] };
const called = (...languages: string[]) => ({
  name: 'Own',
  translations: languages.map((language) => ({ language, name: `in ${language}` })),
});

it.each([
  ['cs-CZ', called('cs', 'pl'), 'in cs'],
  ['cs', called('cs-CZ'), 'in cs-CZ'],
  ['pt-BR', called('pt', 'pt-BR', 'pt-PT'), 'in pt-BR'],
  ['pt-AO', called('pt-BR', 'pt', 'pt-PT'), 'in pt'],
  ['zh-CN', called('zh'), 'in zh'],
  ['zh-Hans-CN', called('en', 'zh'), 'in zh'],
  // Who reads simplified characters is not given traditional ones.
  ['zh-CN', called('zh-TW', 'zh-Hant'), 'Own'],
  ['en-GB', called('cs', 'pl', 'ru', 'zh'), 'Own'],
  ['en-US-u-va-posix', called('en'), 'in en'],
  // An older browser may not know what the engine took.
  ['cs-CZ', called('qqq', 'not a tag', 'cs'), 'in cs'],
  ['cs-CZ', own, 'Own'],
])('%s reads %j as %s', (reader, record, name) => {
  expect(nameIn(reader, record)).toBe(name);
});

/** By trying every translation, the exact one first, then the language alone, then any of that language. */
function naive(reader: string, translations: readonly { language: string; name: string }[]): string {
  const [language] = reader.split('-');
  for (const fits of [
    (tag: string) => tag === reader,
    (tag: string) => tag === language,
    (tag: string) => tag.split('-')[0] === language,
  ]) {
    for (const one of translations) if (fits(one.language)) return one.name;
  }
  return 'Own';
}

it('any translations are read as a naive reference reads them', () => {
  const tag = fc
    .tuple(fc.constantFrom('en', 'cs', 'pl', 'ru', 'pt'), fc.constantFrom('', '-CZ', '-PL', '-GB', '-BR'))
    .map((parts) => parts.join(''));
  const translation = fc.record({ language: tag, name: fc.string({ minLength: 1 }) });
  fc.assert(
    fc.property(tag, fc.uniqueArray(translation, { selector: ({ language }) => language }), (reader, translations) => {
      expect(nameIn(reader, { name: 'Own', translations })).toBe(naive(reader, translations));
    }),
  );
});

it('facts are told in the names of the reader wherever they stand, and nothing else is', () => {
  const known = {
    queue: [{ name: 'Faults', translations: [{ language: 'en-GB', name: 'Outages' }] }],
    presence: [{ name: 'Pauza', translations: [{ language: 'en', name: 'Break' }] }],
  };
  const said = { about: 'Faults', points: [{ facts: { queue: 'Faults', of: 2, presences: [{ is: { presence: 'Pauza', forMs: 1 } }] } }] };
  expect(namedWithin(said, known)).toEqual({
    about: 'Faults',
    points: [{ facts: { queue: 'Outages', of: 2, presences: [{ is: { presence: 'Break', forMs: 1 } }] } }],
  });
  expect(namedWithin({ agent: 'Faults', queue: 'Unknown', disposition: 'Pauza', presence: null }, known)).toEqual({
    agent: 'Faults',
    queue: 'Unknown',
    disposition: 'Pauza',
    presence: null,
  });
});

it("the engine's own text says a name as its facts do, and what others wrote stays as it is", () => {
  const known = { queue: [{ name: 'Faults', translations: [{ language: 'en', name: 'Outages' }] }] };
  const point = { code: 'QUEUE_CLOSED', text: 'Queue Faults is closed.', facts: { queue: 'Faults' } };
  const other = { code: 'NOTHING_WAITING', text: 'Faults', facts: {} };
  const said = { summary: 'Queue Faults is closed.', points: [point, other] };
  expect(namedWithin({ offer: { why: said }, message: { text: 'Faults?' } }, known)).toEqual({
    offer: {
      why: {
        summary: 'Queue Outages is closed.',
        points: [{ code: 'QUEUE_CLOSED', text: 'Queue Outages is closed.', facts: { queue: 'Outages' } }, other],
      },
    },
    message: { text: 'Faults?' },
  });
  const action = { type: 'set-queue', summary: 'Puts it into the queue Faults.', told: { code: 'ACTION', facts: { queue: 'Faults' } } };
  expect(namedWithin(action, known)).toEqual({
    type: 'set-queue',
    summary: 'Puts it into the queue Outages.',
    told: { code: 'ACTION', facts: { queue: 'Outages' } },
  });
});
