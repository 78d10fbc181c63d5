/** What the desk computes holds for every input: clocks, durations, the order of work, selection, legal actions. */
import fc from 'fast-check';
import { fileSize, inWords, stopwatch } from '@patchbay/pages/formats';
import { CHANNELS } from '../src/generated/channels';
import type { InteractionCommand, InteractionState } from '../src/generated/operations';
import {
  actionsFor,
  canReply,
  canSplitOff,
  changedIds,
  folded,
  initials,
  matches,
  matchingDispositions,
  neighbour,
  nextDue,
  runningTime,
  sections,
  selectionAfter,
  shareLeft,
  splitQuote,
  whyNotSplitOff,
  type DueFacts,
  type HeldFacts,
} from '../src/work';

const NOON = Date.parse('2026-11-03T12:00:00.000Z');
const at = (secondsFromNoon: number): string => new Date(NOON + secondsFromNoon * 1_000).toISOString();

const STATES = ['ACTIVE', 'ON_HOLD', 'WAITING_FOR_CUSTOMER', 'WRAP_UP'] as const;
const COMMANDS: readonly InteractionCommand[] = [
  'ENQUEUE',
  'OFFER',
  'ACCEPT',
  'RETURN',
  'GIVE_BACK',
  'HOLD',
  'RESUME',
  'AWAIT_CUSTOMER',
  'CUSTOMER_REPLIED',
  'END',
  'CLOSE',
  'ABANDON',
  'TRANSFER',
  'ESCALATE',
  'REOPEN',
  'MERGE',
  'SPLIT',
];

const buildClock = (overrides: Partial<DueFacts> = {}): DueFacts => ({
  kind: 'FIRST_RESPONSE',
  state: 'RUNNING',
  dueAt: at(600),
  ...overrides,
});

const buildHeld = (overrides: Partial<HeldFacts> = {}): HeldFacts => ({
  id: 'a',
  channel: 'EMAIL',
  state: 'ACTIVE',
  acceptedAt: at(0),
  clocks: [],
  ...overrides,
});

const held = fc.uniqueArray(fc.nat(500), { maxLength: 12 }).chain((numbers) =>
  fc.tuple(
    ...numbers.map((number) =>
      fc.record({
        id: fc.constant(`id-${number}`),
        channel: fc.constantFrom(...CHANNELS),
        state: fc.constantFrom(...STATES),
        acceptedAt: fc.option(fc.integer({ min: -5_000, max: 0 }).map(at), { nil: null }),
        clocks: fc.array(
          fc.record({
            kind: fc.constantFrom('FIRST_RESPONSE' as const, 'TIME_TO_ACCEPT' as const),
            state: fc.constantFrom('RUNNING' as const, 'STOPPED' as const, 'CANCELLED' as const),
            dueAt: fc.option(fc.integer({ min: -900, max: 900 }).map(at), { nil: null }),
          }),
          { maxLength: 2 },
        ),
      }),
    ),
  ),
);

describe('durations', () => {
  it('are read back from a stopwatch to the second', () => {
    fc.assert(
      fc.property(fc.nat(400_000_000), (ms) => {
        const read = stopwatch(ms)
          .split(':')
          .reduce((sum, part) => sum * 60 + Number(part), 0);
        expect(read).toBe(Math.floor(ms / 1_000));
      }),
    );
  });

  it.each([
    [-5_000, '0:00'],
    [7_000, '0:07'],
    [750_000, '12:30'],
    [3_729_000, '1:02:09'],
  ])('stand on a stopwatch: %i ms as %s', (ms, face) => {
    expect(stopwatch(ms)).toBe(face);
  });

  it.each([
    [40_900, '40 secs'],
    [-190_000, '3 mins'],
    [7_200_000, '2 hrs'],
    [7_500_000, '2 hrs 5 mins'],
    [86_400_000, '1 day'],
    [345_600_000, '4 days'],
  ])('are said in words: %i ms as %s', (ms, words) => {
    expect(inWords(ms)).toBe(words);
  });

  it('run on a stopwatch within the day, in days after that', () => {
    expect(runningTime(86_399_000)).toBe('23:59:59');
    expect(runningTime(289_237_000)).toBe('3 days');
  });

  it('leave a share that only shrinks, from 1 to 0', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_600 }), fc.array(fc.integer({ min: -100, max: 4_000 })), (length, moments) => {
        const shares = moments.sort((a, b) => a - b).map((second) => shareLeft(at(0), at(length), NOON + second * 1_000));
        expect(shares).toEqual([...shares].sort((a, b) => b - a));
        expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
      }),
    );
    expect(shareLeft(at(5), at(5), NOON)).toBe(0);
  });
});

describe('SLA clocks', () => {
  it('that ran out or do not apply are never due', () => {
    expect(nextDue([buildClock({ state: 'STOPPED' }), buildClock({ state: 'CANCELLED' }), buildClock({ dueAt: null })])).toBeUndefined();
    expect(nextDue([buildClock(), buildClock({ dueAt: at(30) }), buildClock({ state: 'STOPPED', dueAt: at(1) })])?.dueAt).toBe(at(30));
  });
});

describe('the list of work', () => {
  const order = (items: readonly HeldFacts[]): string[] => sections(items).flatMap((section) => section.items.map((item) => item.id));

  it('shows each piece once, in the same order however it arrives', () => {
    fc.assert(
      fc.property(held, fc.infiniteStream(fc.nat()), (items, chance) => {
        const shuffled = items.map((item) => ({ item, key: chance.next().value as number })).sort((a, b) => a.key - b.key);
        expect(order(shuffled.map(({ item }) => item))).toEqual(order(items));
        expect([...order(items)].sort()).toEqual(items.map((item) => item.id).sort());
        expect(sections(items).every((section) => section.items.length > 0)).toBe(true);
      }),
    );
  });

  it('puts a call before a chat before a mail, and what is due before what is not', () => {
    const mail = buildHeld({ id: 'mail' });
    const dueMail = buildHeld({ id: 'due', clocks: [buildClock()] });
    const chat = buildHeld({ id: 'chat', channel: 'CHAT' });
    const call = buildHeld({ id: 'call', channel: 'VOICE' });
    expect(order([mail, dueMail, chat, call])).toEqual(['call', 'chat', 'due', 'mail']);
  });

  it('keeps what waits for the customer and what is to be finished apart', () => {
    const shown = sections([
      buildHeld({ id: 'w', state: 'WAITING_FOR_CUSTOMER' }),
      buildHeld({ id: 'f', state: 'WRAP_UP' }),
      buildHeld({ id: 'h', state: 'ON_HOLD' }),
    ]);
    expect(shown.map(({ kind, items }) => [kind, items[0]?.id])).toEqual([
      ['now', 'h'],
      ['finish', 'f'],
      ['waiting', 'w'],
    ]);
  });

  it('reports exactly what changed between two snapshots', () => {
    const one = buildHeld({ id: 'one' });
    const two = buildHeld({ id: 'two' });
    expect(changedIds([one, two], [{ ...one }, { ...two, state: 'ON_HOLD' }, buildHeld({ id: 'new' })])).toEqual(['two', 'new']);
    expect(changedIds([one, two], [one])).toEqual([]);
    const ticking = (usedSeconds: number) => ({ ...one, clocks: [{ ...buildClock(), usedSeconds }] });
    expect(changedIds([ticking(3)], [ticking(9)])).toEqual([]);
  });
});

describe('selection', () => {
  const ids: fc.Arbitrary<string[]> = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'));
  const perhaps = fc.option(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { nil: null });

  it('is always a row that is there, and none only where there is no row', () => {
    fc.assert(
      fc.property(ids, ids, perhaps, perhaps, (before, after, selected, accepted) => {
        const next = selectionAfter(before, after, selected, accepted);
        if (after.length === 0) expect(next).toBeNull();
        else expect(after).toContain(next);
        if (accepted !== null && after.includes(accepted)) expect(next).toBe(accepted);
        else if (selected !== null && after.includes(selected)) expect(next).toBe(selected);
      }),
    );
  });

  it('goes to the row that moved up when the selected one left', () => {
    expect(selectionAfter(['a', 'b', 'c'], ['a', 'c'], 'b', null)).toBe('c');
    expect(selectionAfter(['a', 'b'], ['a'], 'b', null)).toBe('a');
  });

  it('moves by steps and stops at both ends', () => {
    fc.assert(
      fc.property(ids, perhaps, fc.constantFrom(1, -1, Infinity, -Infinity), (all, selected, step) => {
        const next = neighbour(all, selected, step);
        if (all.length === 0) expect(next).toBeNull();
        else if (selected === null || !all.includes(selected)) expect(next).toBe(all[0]);
        else expect(Math.abs(all.indexOf(next ?? '') - all.indexOf(selected))).toBeLessThanOrEqual(Math.abs(step));
      }),
    );
    expect(neighbour(['a', 'b'], 'b', 1)).toBe('b');
    expect(neighbour(['a', 'b', 'c'], 'a', Infinity)).toBe('c');
  });
});

describe('actions', () => {
  const needs: Record<string, InteractionCommand> = {
    resume: 'RESUME',
    hold: 'HOLD',
    await: 'AWAIT_CUSTOMER',
    transfer: 'TRANSFER',
    escalate: 'ESCALATE',
    end: 'END',
    close: 'CLOSE',
  };

  it('are only ever what the life cycle allows, with a key of their own', () => {
    fc.assert(
      fc.property(fc.constantFrom(...CHANNELS), fc.constantFrom(...STATES), fc.subarray([...COMMANDS]), (channel, state, legalCommands) => {
        const actions = actionsFor({ channel, state, legalCommands });
        expect(actions.every((action) => legalCommands.includes(needs[action.kind] ?? 'OFFER'))).toBe(true);
        const keys = actions.filter((action) => action.kind !== 'resume').map((action) => action.key);
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  it('never hang up on a customer by closing, and never end a case', () => {
    const kinds = (channel: (typeof CHANNELS)[number], state: InteractionState): string[] =>
      actionsFor({ channel, state, legalCommands: COMMANDS }).map((action) => action.kind);
    expect(kinds('VOICE', 'ACTIVE')).not.toContain('close');
    expect(kinds('VOICE', 'ACTIVE')).not.toContain('await');
    expect(kinds('VOICE', 'WRAP_UP')).toContain('close');
    expect(kinds('CASE', 'ACTIVE')).not.toContain('end');
    expect(kinds('CASE', 'ACTIVE')).toContain('close');
  });

  it('allow a reply on a channel of letters while the conversation lasts', () => {
    expect(canReply({ channel: 'EMAIL', state: 'WAITING_FOR_CUSTOMER' })).toBe(true);
    expect(canReply({ channel: 'EMAIL', state: 'WRAP_UP' })).toBe(false);
    expect(canReply({ channel: 'VOICE', state: 'ACTIVE' })).toBe(false);
    expect(canReply({ channel: 'CASE', state: 'ACTIVE' })).toBe(false);
  });
});

describe('finding', () => {
  it('ignores case and accents, and takes words in any order', () => {
    expect(folded('Dvořáková Łódź')).toBe('dvorakova lodz');
    expect(matches('Jana Dvořáková', 'dvorak jan')).toBe(true);
    expect(matches('Jana Dvořáková', 'petr')).toBe(false);
    fc.assert(fc.property(fc.string(), (text) => matches(text, text)));
  });

  it("offers a channel's own dispositions and those of all channels, never the retired", () => {
    const all = [
      { name: 'Resolved', translations: [{ language: 'en', name: 'Solved' }], channels: [], active: true },
      { name: 'Wrong number', translations: [], channels: ['VOICE' as const], active: true },
      { name: 'Old', translations: [], channels: [], active: false },
    ];
    expect(matchingDispositions(all, 'EMAIL', '').map(({ name }) => name)).toEqual(['Resolved']);
    expect(matchingDispositions(all, 'EMAIL', 'solv')).toHaveLength(1);
    expect(matchingDispositions(all, 'VOICE', 'wro').map(({ name }) => name)).toEqual(['Wrong number']);
  });
});

describe('messages', () => {
  it('can be split off where some are chosen and some stay, at most a hundred at once, and never from a call', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(300), (one, other) => {
        const [chosen, all] = one < other ? [one, other] : [other, one];
        expect(whyNotSplitOff(chosen, all) === null).toBe(chosen > 0 && chosen < all && chosen <= 100);
      }),
    );
    expect(CHANNELS.filter((channel) => !canSplitOff({ channel, state: 'ACTIVE' }))).toEqual(['VOICE']);
    expect(canSplitOff({ channel: 'EMAIL', state: 'CLOSED' })).toBe(false);
  });

  it('lose not a letter when their quote is folded away', () => {
    const line = fc.oneof(fc.string(), fc.constantFrom('', '> quoted', 'On Monday Jan wrote:', '>'));
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const text = lines.join('\n');
        const { own, quoted } = splitQuote(text);
        expect(own + quoted).toBe(text);
      }),
    );
  });

  it('fold away the earlier mail with the line that announces it', () => {
    expect(splitQuote('Yes.\n\nOn Monday Jan wrote:\n> Will you?\n> Jan\n')).toEqual({
      own: 'Yes.\n',
      quoted: '\nOn Monday Jan wrote:\n> Will you?\n> Jan\n',
    });
    expect(splitQuote('> only a quote').quoted).toBe('');
    expect(splitQuote('> asked\nanswered between').quoted).toBe('');
  });

  it.each([
    [0, '0B'],
    [999, '999B'],
    [12_400, '12 kB'],
    [999_600, '1 MB'],
    [3_440_000, '3.4 MB'],
  ])('have attachments of %i bytes: %s', (bytes, words) => {
    expect(fileSize(bytes)).toBe(words);
  });

  it('have a face of up to two letters', () => {
    expect(initials('Jana Dvořáková')).toBe('JD');
    expect(initials('Hotel Pod Różą sp.')).toBe('HS');
    expect(initials('čeněk')).toBe('Č');
    expect(initials('+420 602')).toBe('');
  });
});
