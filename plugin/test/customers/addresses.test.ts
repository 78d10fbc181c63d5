/** Addresses: one person however they are written, never two people as one, and nobody where nobody is named. */
import fc from 'fast-check';
import { entryAddress, email, keysOf, identityOf, isWithheld, normalised, phone } from '../../src/customers/addresses.js';
import { CHANNELS, channelsWhere, type Channel } from '../../src/platform/generated/channels.js';

const SPOKEN = channelsWhere(({ address }) => address !== 'MAIL' && address !== 'HANDLE');

test.each([
  'anonymous',
  'Anonymous',
  'sip:anonymous@anonymous.invalid',
  '"Anonymous" <sip:anonymous@anonymous.invalid>;tag=9fxced76sl',
  'sip:anonymous@pbx.example.org',
  'sips:Restricted@10.0.0.1:5061;transport=tls',
  'anonymous@pbx.example.org',
  'sip:unavailable@unknown.invalid',
  'sip:10.0.0.7@x.invalid',
  'tel:anonymous',
  'unavailable',
  'RESTRICTED',
  'Withheld',
  'withheld number',
  'Number withheld',
  'Private Number',
  'private',
  'unknown',
  'Unknown Caller',
  'BLOCKED',
  'No Caller ID',
  'Out of Area',
  'Skryté číslo',
  'neznámé číslo',
  'zastrzeżony',
  '<unknown>',
  '+266696687',
  '+7378742833',
  '+2562533',
  '+86282452253',
  '0',
  '0000000000',
  '-',
  '***',
])('%s names nobody', (address) => {
  for (const channel of ['VOICE', 'SMS', 'FAX'] as const) {
    expect(identityOf(channel, address, 'CZ')).toBeNull();
    expect(normalised(channel, address, 'CZ')).toBeNull();
  }
  expect(phone(address, 'CZ')).toBeNull();
});

test('what a visitor of a chat is called who said nothing is nobody either, a mailbox may be called anything', () => {
  for (const word of ['anonymous', 'Guest', 'visitor', 'unknown']) {
    expect(identityOf('CHAT', word, 'CZ')).toBeNull();
    expect(identityOf('SOCIAL', word, 'CZ')).toBeNull();
  }
  expect(identityOf('EMAIL', 'private@example.org', 'CZ')).toEqual({ kind: 'EMAIL', value: 'private@example.org' });
  expect(identityOf('WEB_FORM', 'guest@example.org', 'CZ')).toEqual({ kind: 'EMAIL', value: 'guest@example.org' });
  expect(email('anonymous@anonymous.invalid')).toBeNull();
});

test.each([
  '+420601123456',
  '+420 601 123 456',
  '+420\u00a0601\u00a0123\u202f456',
  '\u202a+420 601 123 456\u202c',
  '+420.601.123.456',
  '+420-601-123-456',
  '+420 (601) 123 456',
  '+420 (0) 601 123 456',
  '00420601123456',
  '00 420 601 123 456',
  '420601123456',
  '420 601 123 456',
  '601123456',
  '601 123 456',
  '\uff0b\uff14\uff12\uff10 601 123 456',
  '٠٠٤٢٠٦٠١١٢٣٤٥٦',
  'tel:+420601123456',
  'tel:+420-601-123-456',
  'TEL:601123456;phone-context=+420',
  'tel:601123456;phone-context=example.org',
  'tel:+420601123456;npdi;rn=+420910100',
  'callto:+420601123456',
  'sms:+420601123456?body=hello',
  'whatsapp:+420601123456',
  'sip:+420601123456@pbx',
  'sip:+420601123456@pbx.example.org:5060;user=phone',
  'SIPS:%2B420601123456@10.0.0.1;transport=tls?Subject=x',
  'sip:00420601123456@[2001:db8::1]:5061',
  'sip:420601123456@trunk.example.org',
  'sip:601123456@pbx',
  'sip:+420601123456;npdi;rn=+420910100@gw.example.org;user=phone',
  'sip:+420601123456:secret@pbx',
  '"Jana Nová" <sip:+420601123456@pbx.example.org;user=phone>;tag=1928301774',
  'Jana <tel:+420601123456>',
  '+420601123456@pbx.example.org',
  '420601123456@s.whatsapp.net',
  '420601123456@c.us',
])('%s is the telephone of one person', (address) => {
  expect(identityOf('VOICE', address, 'CZ')).toEqual({ kind: 'PHONE', value: '+420601123456' });
  expect(normalised('VOICE', address, 'CZ')).toBe('+420601123456');
});

test.each<[channel: Channel, address: string, value: string | null]>([
  // What a Russian writes at home is no Czech number, nor one of Vietnam.
  ['VOICE', '8 495 123-45-67', null],
  ['VOICE', '8 (916) 123-45-67', null],
  ['VOICE', '84951234567', null],
  ['VOICE', '89161234567', null],
  ['WEB_FORM', '+7 495 123-45-67', '+74951234567'],
  ['VOICE', '79161234567', '+79161234567'],
  ['VOICE', '48601123456', '+48601123456'],
  ['SMS', '447911123456', '+447911123456'],
  ['VOICE', '12125550123', '+12125550123'],
  // Messengers name people by the digits of their number; those of Telegram are shorter, and no numbers.
  ['SOCIAL', '420601123456', '+420601123456'],
  ['SOCIAL', '79161234567', '+79161234567'],
  ['SOCIAL', '84912345678', '+84912345678'],
  ['CHAT', '420601123456', '+420601123456'],
  ['SOCIAL', '+4520123456', '+4520123456'],
  ['SOCIAL', '601123456', '601123456'],
  ['SOCIAL', '7916123456', '7916123456'],
  ['SOCIAL', '24512345678901234', '24512345678901234'],
  ['SOCIAL', '420234000119', '420234000119'],
  ['SOCIAL', 'telegram:601123456', 'telegram:601123456'],
  ['SOCIAL', '120363025246125888@g.us', '120363025246125888@g.us'],
  ['CHAT', '601 123 456', '+420601123456'],
  ['SOCIAL', '@Jana', '@jana'],
  // Short and service numbers lead nowhere from outside.
  // ANONYMOUS on the keys of a telephone is a number in Prague too, but not with a +.
  ['VOICE', '266696687', '+420266696687'],
  ['VOICE', '112', null],
  ['VOICE', '158', null],
  ['VOICE', '1188', null],
  ['VOICE', '+420112', null],
  ['SMS', '90206', null],
  ['VOICE', 'sip:101@pbx', null],
  ['VOICE', 'tel:101;phone-context=pbx.example.org', null],
  ['SMS', 'MyBank', null],
  ['VOICE', '+1 800 FLOWERS', null],
  // Two people behind one switchboard.
  ['VOICE', 'tel:+420-234-000-119;ext=12', 'tel:+420234000119;ext=12'],
  ['VOICE', '+420 234 000 119 ext. 13', 'tel:+420234000119;ext=13'],
  ['VOICE', '+420 234 000 119 x13', 'tel:+420234000119;ext=13'],
  ['VOICE', '234000119 kl. 13', 'tel:+420234000119;ext=13'],
  // A SIP address is no mailbox: whoever calls may write what they like into it.
  ['VOICE', 'sip:Jana@Firma.example;transport=tcp', 'sip:jana@firma.example'],
  ['VOICE', 'jana@firma.example', 'sip:jana@firma.example'],
  ['EMAIL', 'sip:jana@firma.example', null],
  ['EMAIL', '+420601123456@sms.example', '+420601123456@sms.example'],
  ['EMAIL', 'Jana <Jana.Nova+faktury@Firma.Example>', 'jana.nova+faktury@firma.example'],
  ['EMAIL', 'mailto:jana@firma.example?subject=x', 'jana@firma.example'],
  ['EMAIL', 'jana@firma.example.', 'jana@firma.example'],
  ['EMAIL', 'jana@MÜLLER.example', 'jana@müller.example'],
  ['EMAIL', 'jana@xn--mller-kva.example', 'jana@müller.example'],
  ['EMAIL', 'jana@mu\u0308ller.example', 'jana@müller.example'],
  ['EMAIL', 'jana@straße.example', 'jana@straße.example'],
  ['EMAIL', 'jana@strasse.example', 'jana@strasse.example'],
  ['EMAIL', "o'neil_1/x=y@example.org", "o'neil_1/x=y@example.org"],
  ['EMAIL', '"jana.nova"@example.org', 'jana.nova@example.org'],
  ['EMAIL', 'noat', null],
  ['EMAIL', 'a@b@c', null],
  ['EMAIL', 'a@-b.example', null],
  ['EMAIL', 'a@b..example', null],
  ['EMAIL', 'a,b@c.example', null],
  ['EMAIL', '420601123456', null],
])('over %s, %s is kept as %s', (channel, address, value) => {
  expect(identityOf(channel, address, 'CZ')?.value ?? null).toBe(value);
});

test('a number without its country is read in the country of the contact center', () => {
  expect(phone('011 420 601 123 456', 'US')).toBe('+420601123456');
  expect(phone('00420601123456', 'US')).toBe('+420601123456');
  expect(phone('(212) 555-0123', 'US')).toBe('+12125550123');
  expect(phone('8 495 123-45-67', 'RU')).toBe('+74951234567');
  expect(phone('07911 123456', 'GB')).toBe('+447911123456');
  expect(phone('07911 123456', 'CZ')).toBeNull();
  expect(phone('+420 234 000 119 ext. 13', 'CZ')).toBe('+420234000119');
});

test('an entry point has an address that its channel can deliver', () => {
  const good: [Channel, string, string][] = [
    ['VOICE', '+420 800 000 111', '+420800000111'],
    ['VOICE', '4400', '4400'],
    ['VOICE', 'sip:4400@pbx', '4400'],
    ['VOICE', '112', '112'],
    ['VOICE', 'sip:Hotline@PBX.example.org;transport=tls', 'sip:hotline@pbx.example.org'],
    ['SMS', '90206', '90206'],
    ['EMAIL', 'Podpora@Energie.example', 'podpora@energie.example'],
    ['EMAIL', 'help@localhost', 'help@localhost'],
    ['WEB_FORM', 'web/contact', 'web/contact'],
    ['CHAT', 'web/chat/cs', 'web/chat/cs'],
    ['SOCIAL', '@Patchbay', '@patchbay'],
  ];
  for (const [channel, address, kept] of good) expect([address, entryAddress(channel, address, 'CZ')]).toEqual([address, kept]);
  const bad: [Channel, string][] = [
    ['EMAIL', 'noat'],
    ['EMAIL', 'two words@example.org'],
    ['EMAIL', 'a@b.invalid'],
    ['VOICE', 'abc'],
    ['VOICE', 'anonymous'],
    ['VOICE', '8 495 123-45-67'],
    ['SMS', 'MyBank'],
    ['FAX', 'fax@example.org'],
    ['SOCIAL', 'anonymous'],
  ];
  for (const [channel, address] of bad) expect([address, entryAddress(channel, address, 'CZ')]).toEqual([address, null]);
});

test('a search finds an address in whatever form it is kept', () => {
  expect(keysOf('00420 601 123 456', 'CZ')).toContain('+420601123456');
  expect(keysOf('Jana@Firma.example', 'CZ')).toContain('jana@firma.example');
  expect(keysOf('@Jana', 'CZ')).toContain('@jana');
});

const channel = fc.constantFrom(...CHANNELS);
const country = fc.constantFrom('CZ', 'US', 'RU', 'GB', 'IT', 'XX', '');
const pieces = fc.constantFrom(
  ...[
    'sip:',
    'sips:',
    'tel:',
    'whatsapp:',
    'mailto:',
    '<',
    '>',
    '@',
    ';',
    ';ext=',
    ';phone-context=',
    '+',
    '00',
    '%2B',
    '%',
    '?',
    ':',
    ' ',
  ],
  ...[
    '\u00a0',
    '.',
    '-',
    '(0)',
    '420',
    '601123456',
    '84951234567',
    'jana',
    'Jana',
    'example.org',
    'x.invalid',
    'xn--',
    'İ',
    'ß',
    'anonymous',
  ],
  ...['\u037e', 'c.us', '[::1]', '"', ',', 'ext', '#', '*', 'é', '\u0301', '\ud800', '٤'],
);
const anything = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.array(pieces, { maxLength: 8 }).map((some) => some.join('')),
);

test('a sign that is composed to one of punctuation counts as that from the first reading on', () => {
  for (const sign of ['\u037e', '\u1fef', '\u0387', '\u2260', '\u226e'])
    for (const address of [`${sign}x`, `x${sign}x`, `<x${sign}y>`]) {
      const identity = identityOf('TASK', address, 'CZ');
      expect({ address, identity }).toEqual({ address, identity: identity && identityOf('TASK', identity.value, 'CZ') });
    }
});

test('any text is read without failing, and what is kept is kept as it is', () => {
  fc.assert(
    fc.property(channel, anything, country, (over, address, where) => {
      const identity = identityOf(over, address, where);
      if (identity) {
        expect(identityOf(over, identity.value, where)).toEqual(identity);
        expect(isWithheld(address) && over !== 'EMAIL').toBe(false);
        if (identity.kind === 'PHONE') expect(identity.value).toMatch(/^\+\d{5,15}$/);
        if (identity.kind === 'EMAIL') expect(email(identity.value)).toBe(identity.value);
      }
      const kept = normalised(over, address, where);
      if (kept !== null) expect(normalised(over, kept, where)).toBe(kept);
      const entry = entryAddress(over, address, where);
      if (entry !== null) expect(entryAddress(over, entry, where)).toBe(entry);
    }),
    { numRuns: 1_000 },
  );
});

/** Numbers that are in use, of countries whose numbers look alike in one form or another. */
const caller = fc
  .tuple(
    fc.constantFrom(
      '+420601',
      '+420777',
      '+420234',
      '+48601',
      '+4860',
      '+7495',
      '+7916',
      '+8491',
      '+8495',
      '+1212',
      '+4479',
      '+861',
      '+39338',
    ),
    fc.integer({ min: 0, max: 9_999_999 }),
  )
  .map(([prefix, rest]) => `${prefix}${String(rest).padStart(7, '0')}`.slice(0, 13))
  .filter((number) => phone(number, 'CZ') === number && identityOf('VOICE', number.slice(1), 'CZ')?.value !== undefined);
type Form = (number: string) => string;
const FORMS: Form[] = [
  (number) => number,
  (number) => number.slice(1),
  (number) => `00${number.slice(1)}`,
  (number) => `tel:${number}`,
  (number) => `sip:${number}@pbx.example.org;user=phone`,
  (number) => `"Somebody" <sip:${encodeURIComponent(number)}@10.0.0.1>;tag=1`,
  (number) => number.replace(/(\d{3})(?=\d)/g, '$1 '),
  (number) => number.replace(/(\d{3})(?=\d)/g, '$1\u00a0'),
];
const form = fc.constantFrom(...FORMS);

test('one caller is one person in every form, and two callers never are', () => {
  fc.assert(
    fc.property(caller, form, caller, form, fc.constantFrom(...SPOKEN), (one, as, other, otherwise, over) => {
      const first = identityOf(over, as(one), 'CZ');
      const second = identityOf(over, otherwise(other), 'CZ');
      expect([as(one), first?.value]).toEqual([as(one), one]);
      if (one !== other) expect(second?.value).not.toBe(first?.value);
    }),
    { numRuns: 400 },
  );
});
