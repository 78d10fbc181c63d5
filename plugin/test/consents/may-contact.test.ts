/** Whether somebody may be contacted, against examples and against a slow reference that says the rules once more (C7). */
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { consentAt, mayContact, type ConsentFact, type Contact, type Facts } from '../../src/consents/may-contact.js';
import { CHANNELS } from '../../src/platform/generated/channels.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOTHING: Facts = { consents: [], bars: [], hours: [], timeZone: 'Europe/Prague', deleted: false };
const at = (local: string, zone = 'Europe/Prague'): Date => DateTime.fromISO(local, { zone }).toJSDate();
const NOON = at('2026-11-27T12:00');
const to = (purpose: Contact['purpose'], moment = NOON, channel: Contact['channel'] = 'EMAIL'): Contact => ({
  channel,
  purpose,
  at: moment,
});
const codes = (facts: Partial<Facts>, contact: Contact): string[] => {
  const answer = mayContact({ ...NOTHING, ...facts }, contact);
  return answer.allowed ? [] : answer.reasons.map(({ told }) => told.code);
};
const consent = (set: Partial<ConsentFact>): ConsentFact => ({
  channel: null,
  purpose: 'MARKETING',
  state: 'GIVEN',
  at: at('2026-01-01T00:00'),
  expiresAt: null,
  ...set,
});
const GIVEN = consent({});

describe('by example', () => {
  test.each([
    ['SERVICE', []],
    ['SURVEY', []],
    ['MARKETING', ['CONTACT_NO_CONSENT']],
    ['RECORDING', ['CONTACT_NO_CONSENT']],
  ] as const)('of whom nothing is known, %s', (purpose, expected) => {
    expect(codes({}, to(purpose))).toEqual(expected);
  });

  test('a consent for all channels holds for each, one for a channel for that alone, and none before it was given or after it expires', () => {
    expect(codes({ consents: [GIVEN] }, to('MARKETING'))).toEqual([]);
    expect(codes({ consents: [consent({ channel: 'SMS' })] }, to('MARKETING'))).toEqual(['CONTACT_NO_CONSENT']);
    const year = [consent({ expiresAt: NOON })];
    expect(codes({ consents: year }, to('MARKETING'))).toEqual(['CONTACT_EXPIRED']);
    expect(codes({ consents: year }, to('MARKETING', new Date(NOON.getTime() - 1)))).toEqual([]);
    expect(codes({ consents: [consent({ at: NOON })] }, to('MARKETING', new Date(NOON.getTime() - 1)))).toEqual(['CONTACT_NO_CONSENT']);
  });

  test('a later word for the channel goes before an earlier one for all; a later one for all only where it is stricter', () => {
    const no = consent({ state: 'WITHDRAWN', at: at('2026-02-01T00:00') });
    const yesByMail = consent({ channel: 'EMAIL', at: at('2026-03-01T00:00') });
    expect(codes({ consents: [GIVEN, no, yesByMail] }, to('MARKETING'))).toEqual([]);
    expect(codes({ consents: [GIVEN, no, yesByMail] }, to('MARKETING', NOON, 'SMS'))).toEqual(['CONTACT_WITHDRAWN']);
    const noMail = consent({ channel: 'EMAIL', state: 'WITHDRAWN', at: at('2026-02-01T00:00') });
    const yesToAll = consent({ at: at('2026-03-01T00:00') });
    expect(codes({ consents: [noMail, yesToAll] }, to('MARKETING'))).toEqual(['CONTACT_WITHDRAWN']);
    expect(codes({ consents: [yesByMail, consent({ state: 'WITHDRAWN', at: at('2026-04-01T00:00') })] }, to('MARKETING'))).toEqual([
      'CONTACT_WITHDRAWN',
    ]);
  });

  test('hours bind a survey and not an answer, by the clock of the customer, over a change of the clocks too', () => {
    const hours = [{ weekday: 7, from: '02:30', to: '04:00' }];
    const facts = { ...NOTHING, hours };
    expect(codes(facts, to('SERVICE'))).toEqual([]);
    expect(codes(facts, to('SURVEY'))).toEqual(['CONTACT_HOURS']);
    // On 29 March 2026 there is no half past two in Prague: it opens at three.
    expect(mayContact(facts, to('SURVEY', at('2026-03-28T12:00')))).toMatchObject({ until: at('2026-03-29T03:00') });
    const inTokyo = { ...facts, timeZone: 'Asia/Tokyo' };
    expect(mayContact(inTokyo, to('SURVEY', at('2026-03-28T12:00')))).toMatchObject({ until: at('2026-03-29T02:30', 'Asia/Tokyo') });
  });

  test('an entry refuses what it names alone, and says until when', () => {
    const until = at('2026-12-24T18:00');
    const bar = { channel: null, purposes: ['SURVEY'] as const, reason: 'CUSTOMER_ASKED' as const, from: NOON, until };
    expect(codes({ bars: [bar] }, to('SERVICE'))).toEqual([]);
    expect(mayContact({ ...NOTHING, bars: [bar] }, to('SURVEY'))).toMatchObject({ allowed: false, until });
    // The list ends in the evening, and the customer is asleep by then.
    const hours = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '09:00', to: '17:00' }));
    expect(mayContact({ ...NOTHING, bars: [bar], hours }, to('SURVEY'))).toMatchObject({ until: at('2026-12-25T09:00') });
    expect(mayContact({ ...NOTHING, bars: [{ ...bar, purposes: ['SERVICE'], until: null }] }, to('SERVICE'))).toMatchObject({
      allowed: false,
      until: null,
    });
  });

  test('somebody who was deleted is answered, and nothing else', () => {
    expect(codes({ deleted: true, consents: [GIVEN] }, to('SERVICE'))).toEqual([]);
    expect(codes({ deleted: true, consents: [GIVEN] }, to('MARKETING'))).toEqual(['CONTACT_DELETED']);
  });
});

const ZONES = ['Europe/Prague', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC'];
const PURPOSES = ['SERVICE', 'MARKETING', 'SURVEY', 'RECORDING'] as const;
/** Around both changes of the clocks, to the half hour: so that moments meet. */
const moments = fc
  .tuple(fc.constantFrom('2026-03-27T00:00Z', '2026-10-23T00:00Z', '2026-11-27T00:00Z'), fc.integer({ min: 0, max: 4 * 48 }))
  .map(([day, halfHours]) => new Date(Date.parse(day) + halfHours * 30 * MINUTE));
const scopes = fc.constantFrom(null, ...CHANNELS.slice(0, 3));
const consents = fc.array(
  fc.record({
    channel: scopes,
    purpose: fc.constantFrom(...PURPOSES),
    state: fc.constantFrom('GIVEN' as const, 'WITHDRAWN' as const),
    at: moments,
    expiresAt: fc.option(moments),
  }),
  { maxLength: 8 },
);
const bars = fc.array(
  fc.record({
    channel: scopes,
    purposes: fc.subarray([...PURPOSES], { minLength: 1 }),
    reason: fc.constantFrom('CUSTOMER_ASKED' as const, 'REGISTER' as const),
    from: moments,
    until: fc.option(moments),
  }),
  { maxLength: 4 },
);
const hours = fc.array(
  fc
    .record({ weekday: fc.integer({ min: 1, max: 7 }), hours: fc.tuple(fc.integer({ min: 0, max: 47 }), fc.integer({ min: 1, max: 48 })) })
    .filter(({ hours: [from, until] }) => from < until)
    .map(({ weekday, hours: [from, until] }) => ({ weekday, from: clock(from), to: clock(until) })),
  { maxLength: 6 },
);
const clock = (halfHours: number): string => `${String(Math.floor(halfHours / 2)).padStart(2, '0')}:${halfHours % 2 ? '30' : '00'}`;
const facts = fc.record({
  consents,
  bars,
  hours: hours.map((all) => all.filter((one, index) => all.findIndex(({ weekday }) => weekday === one.weekday) === index)),
  timeZone: fc.constantFrom(...ZONES),
  deleted: fc.boolean(),
});
const contacts = fc.record({ channel: fc.constantFrom(...CHANNELS.slice(0, 3)), purpose: fc.constantFrom(...PURPOSES), at: moments });

/** The rules, said once more and slowly. */
function isAllowed(
  { consents: all, bars: entries, hours: open, timeZone, deleted }: Facts,
  { channel, purpose, at: now }: Contact,
): boolean {
  for (const entry of entries)
    if (
      entry.purposes.includes(purpose) &&
      (entry.channel === null || entry.channel === channel) &&
      entry.from.getTime() <= now.getTime() &&
      (entry.until === null || now.getTime() < entry.until.getTime())
    )
      return false;
  if (purpose === 'SERVICE') return true;
  if (deleted) return false;
  const local = DateTime.fromJSDate(now, { zone: timeZone });
  const wall = local.toFormat('HH:mm:ss');
  if (
    open.length > 0 &&
    !open.some(({ weekday, from, to: end }) => weekday === local.weekday && `${from}:00` <= wall && wall < `${end}:00`)
  )
    return false;
  const word = (scope: string | null): { rank: number; at: number } | null => {
    let found: { rank: number; at: number } | null = null;
    for (const one of all) {
      if (one.purpose !== purpose || one.channel !== scope || one.at.getTime() > now.getTime()) continue;
      const rank = one.state === 'WITHDRAWN' ? 2 : one.expiresAt !== null && one.expiresAt.getTime() <= now.getTime() ? 1 : 0;
      if (!found || one.at.getTime() > found.at || (one.at.getTime() === found.at && rank > found.rank))
        found = { rank, at: one.at.getTime() };
    }
    return found;
  };
  const [own, general] = [word(channel), word(null)];
  let rank = own?.rank ?? general?.rank ?? null;
  if (own && general && general.at >= own.at) rank = Math.max(own.rank, general.rank);
  return purpose === 'SURVEY' ? rank !== 2 : rank === 0;
}

test('the answer is that of the rules, whatever is known', () => {
  fc.assert(
    fc.property(facts, contacts, (known, contact) => {
      expect(mayContact(known, contact).allowed).toBe(isAllowed(known, contact));
    }),
    { numRuns: 2_000 },
  );
});

test('until is the first moment at which it is allowed; before it, and where there is none, it is not', () => {
  fc.assert(
    fc.property(facts, contacts, (known, contact) => {
      // What is said later is not known yet.
      const now = { ...known, consents: known.consents.filter((one) => one.at <= contact.at) };
      const answer = mayContact(now, contact);
      if (answer.allowed) return;
      const end = answer.until?.getTime() ?? contact.at.getTime() + 9 * 24 * HOUR;
      for (let moment = contact.at.getTime(); moment < end; moment += 30 * MINUTE)
        expect(isAllowed(now, { ...contact, at: new Date(moment) })).toBe(false);
      if (answer.until) expect(isAllowed(now, { ...contact, at: answer.until })).toBe(true);
    }),
    { numRuns: 150 },
  );
});

test('one more withdrawal never allows what was refused, and one more entry neither', () => {
  fc.assert(
    fc.property(facts, contacts, scopes, moments, (known, contact, channel, moment) => {
      if (mayContact(known, contact).allowed) return;
      const withdrawal = { channel, purpose: contact.purpose, state: 'WITHDRAWN' as const, at: moment, expiresAt: null };
      expect(mayContact({ ...known, consents: [...known.consents, withdrawal] }, contact).allowed).toBe(false);
      const entry = { channel, purposes: [contact.purpose], reason: 'OTHER' as const, from: moment, until: null };
      expect(mayContact({ ...known, bars: [...known.bars, entry] }, contact).allowed).toBe(false);
    }),
    { numRuns: 500 },
  );
});

test('the order in which consents are known makes no difference', () => {
  fc.assert(
    fc.property(consents, contacts, (known, contact) => {
      expect(consentAt(known.toReversed(), contact).standing).toBe(consentAt(known, contact).standing);
    }),
  );
});
