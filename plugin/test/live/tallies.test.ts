/** The last hour: what counts, where, and when it is forgotten. */
import { Tallies, type Happening } from '../../src/live/tallies.js';

const MINUTE = 60_000;
/** The start of a minute. */
const NINE = Date.UTC(2026, 10, 21, 9, 0);
const target20s = (): number => 20_000;

const queued = (at: number, because = 'OPENED', queueId: string | null = 'q1'): Happening => ({
  type: 'interaction.queued',
  at: new Date(at),
  facts: { queueId, because },
});
const accepted = (at: number, waitMs: number, first = true): Happening => ({
  type: 'interaction.accepted',
  at: new Date(at),
  facts: { queueId: 'q1', waitMs, first },
});
const abandoned = (at: number, waitMs: number, queueId: string | null = 'q1'): Happening => ({
  type: 'interaction.abandoned',
  at: new Date(at),
  facts: { queueId, waitMs },
});
const closed = (at: number, handleMs: number | null): Happening => ({
  type: 'interaction.closed',
  at: new Date(at),
  facts: { queueId: 'q1', handleMs },
});

function tallied(now: number, ...events: Happening[]): Tallies {
  const tallies = new Tallies();
  for (const event of events) tallies.fold(event, target20s, now);
  return tallies;
}

describe('the window', () => {
  it.each([
    ['the first moment of its minute', NINE],
    ['the last moment of its minute', NINE + MINUTE - 1],
  ])('holds an event of %s until its minute is more than 60 minutes back', (_, at) => {
    const tallies = tallied(at, queued(at));
    tallies.advance(NINE + 61 * MINUTE - 1);
    expect(tallies.hour('q1').arrived).toBe(1);
    expect(tallies.flow(null)[0]).toEqual({ minute: new Date(NINE), arrived: 1, handled: 0, abandoned: 0 });
    tallies.advance(NINE + 61 * MINUTE);
    expect(tallies.hour('q1').arrived).toBe(0);
    expect(tallies.flow(null).every(({ arrived }) => arrived === 0)).toBe(true);
  });

  it('is the running minute and the 60 before it, oldest first', () => {
    const flow = tallied(NINE + 30_000, queued(NINE + 30_000)).flow(['q1']);
    expect(flow).toHaveLength(61);
    expect(flow[0]?.minute).toEqual(new Date(NINE - 60 * MINUTE));
    expect(flow[60]).toEqual({ minute: new Date(NINE), arrived: 1, handled: 0, abandoned: 0 });
  });

  it('takes an event that comes late into its own minute', () => {
    const tallies = tallied(NINE + 5 * MINUTE, queued(NINE + 5 * MINUTE), queued(NINE + 2 * MINUTE));
    expect(
      tallies
        .flow(null)
        .slice(-4)
        .map(({ arrived }) => arrived),
    ).toEqual([1, 0, 0, 1]);
  });

  it('passes over what is older than it', () => {
    expect(tallied(NINE, queued(NINE - 60 * MINUTE - 1)).hour(null).arrived).toBe(0);
    expect(tallied(NINE, queued(NINE - 60 * MINUTE)).hour(null).arrived).toBe(1);
  });

  it("counts what another engine's faster clock dates ahead in the running minute", () => {
    expect(
      tallied(NINE, queued(NINE + 3 * MINUTE))
        .flow(null)
        .at(-1)?.arrived,
    ).toBe(1);
  });

  it('does not run back with a clock that is set back', () => {
    const tallies = tallied(NINE, queued(NINE));
    tallies.advance(NINE - 30 * MINUTE);
    expect(tallies.flow(null).at(-1)).toEqual({ minute: new Date(NINE), arrived: 1, handled: 0, abandoned: 0 });
  });
});

describe('what counts', () => {
  it('counts a transfer as an arrival in the queue, not in the contact center', () => {
    const tallies = tallied(
      NINE,
      queued(NINE),
      queued(NINE, 'TRANSFERRED', 'q2'),
      queued(NINE, 'OVERFLOWED', 'q2'),
      queued(NINE, 'ESCALATED', 'q2'),
      queued(NINE, 'REOPENED'),
    );
    expect(tallies.hour('q2').arrived).toBe(3);
    expect(tallies.hour('q1').arrived).toBe(2);
    expect(tallies.hour(null).arrived).toBe(2);
  });

  it('counts only the first acceptance since the queue was entered', () => {
    const { answered, waitMs } = tallied(NINE, accepted(NINE, 5_000), accepted(NINE, 90_000, false)).hour('q1');
    expect({ answered, waitMs }).toEqual({ answered: 1, waitMs: 5_000 });
  });

  it('counts a wait of exactly the threshold as within it', () => {
    const { answeredWithin, abandonedWithin } = tallied(
      NINE,
      accepted(NINE, 20_000),
      accepted(NINE, 20_001),
      abandoned(NINE, 20_000),
      abandoned(NINE, 20_001),
    ).hour('q1');
    expect({ answeredWithin, abandonedWithin }).toEqual({ answeredWithin: 1, abandonedWithin: 1 });
  });

  it('judges by the threshold of the moment, and nothing while there is none', () => {
    const tallies = new Tallies();
    tallies.fold(accepted(NINE, 15_000), () => 20_000, NINE);
    tallies.fold(accepted(NINE, 15_000), () => 10_000, NINE);
    tallies.fold(accepted(NINE, 15_000), () => null, NINE);
    tallies.fold(abandoned(NINE, 15_000), () => null, NINE);
    expect(tallies.hour('q1')).toMatchObject({ answered: 3, judgedAnswered: 2, answeredWithin: 1, abandoned: 1, judgedAbandoned: 0 });
  });

  it('counts as handled what an agent closed', () => {
    expect(tallied(NINE, closed(NINE, 60_000), closed(NINE, null)).hour('q1')).toMatchObject({ handled: 1, handleMs: 60_000 });
  });

  it('counts what was in no queue for the whole only', () => {
    const tallies = tallied(NINE, abandoned(NINE, 1_000, null));
    expect(tallies.hour(null).abandoned).toBe(1);
    expect(tallies.flow(['q1']).at(-1)?.abandoned).toBe(0);
    expect(tallies.flow(null).at(-1)?.abandoned).toBe(1);
  });

  it('passes over other events', () => {
    expect(tallied(NINE, { type: 'interaction.held', at: new Date(NINE), facts: { queueId: 'q1' } }).hour(null)).toEqual(
      new Tallies().hour(null),
    );
  });
});
