/** What stands behind the #: read whole, and nothing made of what cannot be read. */
import fc from 'fast-check';
import { factsOf } from '../src/fragment';

const NOTHING = { token: null, inCrm: false, scheme: null, locale: null, customer: null, interaction: null, record: null, frame: null };

it('reads what the CRM says', () => {
  const fragment = '#token=pb_a-B_9&host=crm&scheme=dark&locale=cs-CZ&customer=7F8A2C44-8F4E-4A2B-9F1D-0C2F4B6A1E10&interaction=7';
  expect(factsOf(fragment)).toEqual({
    token: 'pb_a-B_9',
    inCrm: true,
    scheme: 'dark',
    locale: 'cs-CZ',
    customer: '7f8a2c44-8f4e-4a2b-9f1d-0c2f4b6a1e10',
    interaction: null,
    record: null,
    frame: null,
  });
});

it('reads the bare token that the start prints', () => expect(factsOf('#token=pb_x')).toEqual({ ...NOTHING, token: 'pb_x' }));

it.each(['', '#', '#token=', '#scheme=blue&locale=not a locale&customer=1&host=nobody', '#&&=&%'])('makes nothing of %p', (hash) =>
  expect(factsOf(hash)).toEqual(NOTHING),
);

it('gives every token back as it was, whatever is in it', () =>
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (token) => {
      expect(factsOf(`#token=${encodeURIComponent(token)}&host=crm`)).toMatchObject({ token, inCrm: true });
    }),
  ));

it('never fails', () => fc.assert(fc.property(fc.string(), (hash) => void factsOf(`#${hash}`))));
