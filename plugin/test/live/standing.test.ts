/** What an agent adds to the figures, by examples; and what the random days do not reach. */
import { buildBoard } from '../../src/live/board.js';
import { shareOf, stateOf, type Load } from '../../src/live/staffing.js';
import { Standing } from '../../src/live/standing.js';
import { Tallies } from '../../src/live/tallies.js';
import { WaitingLine } from '../../src/live/waiting-line.js';
import type { Channel } from '../../src/platform/generated/graphql.js';
import type { ChannelFacts } from '../../src/routing/facts.js';
import { agent, interaction, queue } from './history.js';

const load = (given: Partial<Load> = {}): Load => ({ ringing: 0, busy: 0, wrapUp: 0, channels: new Map(), ...given });
const channel = (name: Channel, weight: number, interruptible = false): ChannelFacts => ({
  channel: name,
  weight,
  waitingWeight: 10,
  interruptible,
  whenAgentLost: 'KEEP',
});
const CHANNELS = [channel('VOICE', 100), channel('CHAT', 40), channel('EMAIL', 50, true)];

describe('an agent is counted in the first state that applies', () => {
  const someone = agent('a', []);
  const everything = load({ ringing: 1, busy: 1, wrapUp: 1 });
  it.each([
    ['offline', { ...someone, availability: 'OFFLINE' as const, notResponding: true }, everything],
    ['offline', { ...someone, connected: false, disconnectedAt: null }, everything],
    ['disconnected', { ...someone, connected: false, disconnectedAt: 1, notResponding: true }, everything],
    ['notResponding', { ...someone, notResponding: true }, everything],
    ['ringing', { ...someone, availability: 'AWAY' as const }, everything],
    ['busy', { ...someone, availability: 'AWAY' as const }, load({ busy: 1, wrapUp: 1 })],
    ['wrapUp', { ...someone, availability: 'AWAY' as const }, load({ wrapUp: 1 })],
    ['away', { ...someone, availability: 'AWAY' as const }, load()],
    ['idle', someone, load()],
  ] as const)('%s', (state, facts, has) => {
    expect(stateOf(facts, has)).toBe(state);
  });
});

describe('room', () => {
  const slots = (has: Load, channels = CHANNELS, capacity = 200) =>
    Object.fromEntries(shareOf({ ...agent('a', []), capacity }, has, channels).slots);

  it('of an idle agent is the whole capacity, for each channel', () => {
    expect(slots(load())).toEqual({ VOICE: 2, CHAT: 5, EMAIL: 4 });
  });

  it('for a call is not taken by what a call may interrupt; for what may be interrupted it is taken by all', () => {
    expect(slots(load({ channels: new Map([['EMAIL', { full: 3, lowered: 0 }]]) }))).toEqual({ VOICE: 2, CHAT: 5, EMAIL: 1 });
    expect(slots(load({ channels: new Map([['VOICE', { full: 1, lowered: 0 }]]) }))).toEqual({ VOICE: 1, CHAT: 2, EMAIL: 2 });
  });

  it('is taken less by what waits for the customer', () => {
    expect(slots(load({ channels: new Map([['CHAT', { full: 0, lowered: 2 }]]) }))).toEqual({ VOICE: 1, CHAT: 4, EMAIL: 3 });
  });

  it('is never less than none', () => {
    expect(slots(load({ channels: new Map([['EMAIL', { full: 9, lowered: 0 }]]) })).EMAIL).toBe(0);
  });

  it('for a channel without weight is a number all the same', () => {
    expect(slots(load(), [channel('TASK', 0)])).toEqual({});
    expect(slots(load(), [channel('CHAT', 0)])).toEqual({ CHAT: 200 });
  });
});

describe('the line', () => {
  it('counts who has waited longer than the threshold, and not who has waited exactly as long', () => {
    const line = new WaitingLine();
    line.setThreshold(20_000);
    const first = line.enter(1_000);
    line.enter(1_001);
    expect(line.beyondThreshold(21_000)).toBe(0);
    expect(line.beyondThreshold(21_001)).toBe(1);
    line.leave(first);
    expect(line.beyondThreshold(21_001)).toBe(0);
    expect(line.longestSince).toBe(1_001);
  });

  it('takes who comes back in the place it had', () => {
    const line = new WaitingLine();
    line.setThreshold(20_000);
    line.enter(30_000);
    line.beyondThreshold(60_000);
    line.enter(5_000);
    expect(line.longestSince).toBe(5_000);
    expect(line.beyondThreshold(60_000)).toBe(2);
  });

  it('judges anew when the threshold changes', () => {
    const line = new WaitingLine();
    line.setThreshold(10_000);
    for (const since of [0, 5_000, 10_000]) line.enter(since);
    expect(line.beyondThreshold(20_000)).toBe(2);
    line.setThreshold(16_000);
    expect(line.beyondThreshold(20_000)).toBe(1);
    line.setThreshold(null);
    expect(line.beyondThreshold(20_000)).toBe(0);
    expect(line.size).toBe(3);
  });
});

describe('the whole', () => {
  it('has what is in no queue, and what is at an agent who is not known', () => {
    const standing = new Standing();
    standing.apply({
      interactions: new Map([
        ['i1', interaction('i1', 'CHAT', null, 0)],
        ['i2', { ...interaction('i2', 'CHAT', 'q1', 0), state: 'ACTIVE', agentId: 'gone' }],
      ]),
      agents: new Map(),
      queues: new Map([['q1', queue('q1', null)]]),
      channels: CHANNELS,
    });
    const sources = { tallies: new Tallies(), standing, crew: standing.form(null) };
    const board = buildBoard(sources, { queueIds: null, formula: 'ANSWERED_OF_OFFERED' }, new Date(0));
    expect(board.totals).toMatchObject({ waiting: 1, inProgress: 1 });
    expect([...board.channels.values()]).toEqual([
      { channel: 'CHAT', waiting: 1, inProgress: 1, usedUnits: 40, freeSlots: 0, agentsTaking: 0 },
    ]);
  });
});
