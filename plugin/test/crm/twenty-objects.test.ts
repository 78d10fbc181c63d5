/** Our records in Twenty's forms and back. */
import fc from 'fast-check';
import type { CrmKind, Fields, FieldValue } from '../../src/crm/host.js';
import { fromTwenty, OBJECTS, selection, toTwenty, type TwentyRow } from '../../src/crm/twenty/objects.js';
import { DELETED_TOO, findMany, upsertMany } from '../../src/crm/twenty/queries.js';

const OURS: CrmKind[] = ['QUEUE', 'AGENT', 'QUEUE_MEMBER', 'SLA_POLICY', 'AUTOMATION_RULE', 'INTERACTION'];
const META = { id: '0195fb5e-0000-7000-8000-000000000001', updatedAt: '2026-11-22T10:00:00.000Z', deletedAt: null };
const TIMES = /At$|Since$/;

const valueOf = (name: string): fc.Arbitrary<FieldValue> => {
  if (TIMES.test(name))
    return fc.option(fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((date) => date.toISOString()));
  if (name === 'skills' || name === 'wrapUp') return fc.array(fc.string({ minLength: 1 }));
  return fc.option(fc.string({ minLength: 1 }));
};

it('come back from Twenty as they were told, every field of every kind', () => {
  for (const kind of OURS) {
    const fields = fc.record(Object.fromEntries(Object.keys(OBJECTS[kind].fields).map((name) => [name, valueOf(name)])));
    fc.assert(
      fc.property(fields, (told) => {
        const row = { ...META, ...toTwenty(kind, META.id, told as Fields) };
        expect(fromTwenty(kind, row).fields).toEqual(told);
      }),
      { numRuns: 50 },
    );
  }
});

it('ask for every field that they read', () => {
  for (const kind of OURS) {
    const names = new Set(selection(kind).split(/[\s{}]+/));
    const row = new Proxy<TwentyRow>({}, { get: (_, name) => (names.has(String(name)) ? null : expect({ kind, name }).toBeNull()) });
    fromTwenty(kind, row);
  }
});

it('read telephone numbers as E.164 whatever way Twenty keeps them, and leave out what is none', () => {
  const phones = (primary: TwentyRow): FieldValue | undefined => fromTwenty('PERSON', { ...META, phones: primary }).fields.phones;
  expect(phones({ primaryPhoneNumber: '601123456', primaryPhoneCallingCode: '+420', primaryPhoneCountryCode: 'CZ' })).toEqual([
    '+420601123456',
  ]);
  expect(phones({ primaryPhoneNumber: '+420 601 123 456', primaryPhoneCallingCode: '', primaryPhoneCountryCode: '' })).toEqual([
    '+420601123456',
  ]);
  expect(phones({ primaryPhoneNumber: '020 7946 0958', primaryPhoneCallingCode: '', primaryPhoneCountryCode: 'GB' })).toEqual([
    '+442079460958',
  ]);
  expect(
    phones({
      primaryPhoneNumber: '',
      additionalPhones: [
        { number: '7114567890', callingCode: '+49', countryCode: 'DE' },
        { number: 'ask at the desk', callingCode: '', countryCode: '' },
      ],
    }),
  ).toEqual(['+497114567890']);
});

it('give a telephone number to Twenty as a national number with its calling code, which reads back as the same number', () => {
  const told = toTwenty('PERSON', META.id, { phones: ['+420601123456', '+442079460958'] });
  expect(told.phones).toEqual({
    primaryPhoneNumber: '601123456',
    primaryPhoneCallingCode: '+420',
    primaryPhoneCountryCode: 'CZ',
    additionalPhones: [{ number: '2079460958', callingCode: '+44', countryCode: 'GB' }],
  });
  expect(fromTwenty('PERSON', { ...META, ...told }).fields.phones).toEqual(['+420601123456', '+442079460958']);
});

it('take e-mail addresses in lower case, each once', () => {
  const emails = { primaryEmail: 'Jana@Example.org', additionalEmails: ['JANA@example.org', 'j@example.org', 'no address'] };
  expect(fromTwenty('PERSON', { ...META, emails }).fields.emails).toEqual(['jana@example.org', 'j@example.org']);
});

it('split a name so that it reads as it was', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[A-Za-zÀ-ž'-]{1,8}$/), { minLength: 1, maxLength: 4 }), (words) => {
      const name = words.join(' ');
      expect(fromTwenty('PERSON', { ...META, ...toTwenty('PERSON', META.id, { name }) }).fields.name).toBe(name);
    }),
  );
});

it('ask for one root field a call, deleted records too', () => {
  expect(findMany('PERSON')).toMatch(/^query Find\(\$filter: PersonFilterInput, [^)]*\) \{\s+found: people\(/);
  expect(upsertMany('SLA_POLICY')).toMatch(
    /\$data: \[SlaPolicyCreateInput!\]!.*\s+written: createSlaPolicies\(data: \$data, upsert: true\)/,
  );
  expect(DELETED_TOO.or).toHaveLength(2);
});
