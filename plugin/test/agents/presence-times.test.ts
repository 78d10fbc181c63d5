/** How long agents had each presence: days of all lengths, what began before them and what goes on, and who may ask. */
import fc from 'fast-check';
import { daysOf, presenceDays, type PresenceChoice } from '../../src/agents/presence-times.js';
import { choicesOf } from '../../src/agents/presence-times.service.js';
import { ContactCenter, type Person } from '../support/contact-center.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';

const HOUR = 3_600_000;
const choice = (at: string, status: string, reason: string | null = null): PresenceChoice => ({
  at: new Date(at),
  status,
  availability: status === 'Available' ? 'AVAILABLE' : status === 'Offline' ? 'OFFLINE' : 'AWAY',
  reason,
});

describe('a day', () => {
  const told = (choices: PresenceChoice[], from: string, to: string, now: string, zone = 'Europe/Prague') =>
    presenceDays(choices, daysOf(from, to, zone), new Date(now)).map(({ date, presences }) => [
      date,
      ...presences.map(({ status, reason, milliseconds, times, running }) =>
        [reason ? `${status}, ${reason}` : status, milliseconds / HOUR, times, running ? 'running' : ''].join(' ').trim(),
      ),
    ]);

  it('has what was chosen on it, what went on from before, and what goes on to now', () => {
    const choices = [
      choice('2026-11-25T07:00:00Z', 'Available'),
      choice('2026-11-26T11:00:00Z', 'Break', 'Lunch'),
      choice('2026-11-26T11:30:00Z', 'Available'),
      // Other channels were chosen, the presence went on.
      choice('2026-11-26T12:00:00Z', 'Available'),
      choice('2026-11-26T14:00:00Z', 'Break', 'Coffee'),
    ];
    expect(told(choices, '2026-11-24', '2026-11-27', '2026-11-26T14:15:00Z')).toEqual([
      ['2026-11-24'],
      ['2026-11-25', 'Available 16 1'],
      ['2026-11-26', 'Available 14.5 1', 'Break, Lunch 0.5 1', 'Break, Coffee 0.25 1 running'],
      ['2026-11-27'],
    ]);
  });

  it('is 25 or 23 hours long where the clocks of its zone change, and begins at one where there is no midnight', () => {
    const always = [choice('2018-01-01T00:00:00Z', 'Available')];
    expect(told(always, '2026-10-25', '2026-10-25', '2026-12-01T00:00:00Z')).toEqual([['2026-10-25', 'Available 25 0']]);
    expect(told(always, '2026-03-29', '2026-03-29', '2026-12-01T00:00:00Z')).toEqual([['2026-03-29', 'Available 23 0']]);
    expect(told(always, '2018-11-04', '2018-11-04', '2026-12-01T00:00:00Z', 'America/Sao_Paulo')).toEqual([
      ['2018-11-04', 'Available 23 0'],
    ]);
    expect(told(always, '2026-11-26', '2026-11-26', '2026-11-26T12:00:00Z', 'Pacific/Kiritimati')).toEqual([
      ['2026-11-26', 'Available 24 0'],
    ]);
  });

  it('shares out each moment since the first choice once: any choices, zone and range', () => {
    const zone = fc.constantFrom('Europe/Prague', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/Sao_Paulo', 'UTC');
    const moment = fc.integer({ min: Date.parse('2018-10-20T00:00:00Z'), max: Date.parse('2018-11-12T00:00:00Z') });
    const chosen = fc.tuple(moment, fc.constantFrom('Available', 'Break', 'Offline'), fc.constantFrom(null, 'Lunch'));
    fc.assert(
      fc.property(fc.array(chosen, { maxLength: 12 }), zone, fc.nat(20), fc.nat(10), moment, (given, where, skip, length, now) => {
        const choices = given
          .filter(([at]) => at <= now)
          .sort(([a], [b]) => a - b)
          .map(([at, status, reason]) => choice(new Date(at).toISOString(), status, reason));
        const from = new Date(Date.parse('2018-10-20') + skip * 24 * HOUR).toISOString().slice(0, 10);
        const to = new Date(Date.parse(from) + length * 24 * HOUR).toISOString().slice(0, 10);
        const days = daysOf(from, to, where);
        for (const [index, day] of days.entries()) expect(days[index + 1]?.start ?? day.end).toBe(day.end);
        const sum = presenceDays(choices, days, new Date(now))
          .flatMap(({ presences }) => presences)
          .reduce((total, { milliseconds }) => total + milliseconds, 0);
        const first = Math.max(days[0]?.start ?? 0, choices[0]?.at.getTime() ?? Infinity);
        expect(sum).toBe(Math.max(0, Math.min(days.at(-1)?.end ?? 0, now) - first) || 0);
        // A naive reader: who had what at some moment.
        for (const { start, end } of days) {
          const probe = start + (end - start) / 2;
          const had = choices.filter(({ at }) => at.getTime() <= probe).at(-1);
          const told = presenceDays(choices, [{ date: '', start: probe, end: probe + 1 }], new Date(now))[0]?.presences.filter(
            ({ milliseconds }) => milliseconds > 0,
          );
          const next = choices.find(({ at }) => at.getTime() > probe);
          if (probe < now && (!next || next.at.getTime() > probe + 1) && probe + 1 <= now)
            expect(told?.map(({ status, reason }) => [status, reason])).toEqual(had ? [[had.status, had.reason]] : []);
        }
      }),
    );
  });
});

describe('asking', () => {
  let test: TestEngine;
  let center: ContactCenter;
  let jana: Person;
  let petr: Person;
  const TIMES = `query($agentIds: [UUID!], $from: String!, $to: String, $timeZone: String!) {
    presenceTimes(agentIds: $agentIds, from: $from, to: $to, timeZone: $timeZone) { agent { id } days { date presences { status availability reason times running } } }
  }`;
  const today = () => new Date().toISOString().slice(0, 10);

  beforeAll(async () => {
    test = await startTestEngine();
    center = await ContactCenter.on(test);
    const queueId = await center.queue();
    jana = await center.agent([queueId]);
    petr = await center.agent([queueId]);
  });
  afterAll(async () => {
    await test.stop();
  });

  it('is for supervisors about all, and for an agent about the own times', async () => {
    const range = { from: new Date(Date.now() - 24 * HOUR).toISOString().slice(0, 10), to: today(), timeZone: 'UTC' };
    const own = await jana.client.do<{ presenceTimes: { agent: { id: string }; days: { presences: object[] }[] }[] }>(TIMES, range);
    expect(own.presenceTimes).toMatchObject([{ agent: { id: jana.id } }]);
    expect(own.presenceTimes[0]?.days.at(-1)?.presences).toContainEqual(
      expect.objectContaining({ status: 'available', availability: 'AVAILABLE', reason: null, running: true }),
    );
    const { errors } = await jana.client.ask(TIMES, { ...range, agentIds: [petr.id] });
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const all = await center.admin.do<{ presenceTimes: { agent: { id: string } }[] }>(TIMES, { ...range, agentIds: [jana.id, petr.id] });
    expect(all.presenceTimes.map(({ agent }) => agent.id)).toEqual([jana.id, petr.id]);
  });

  it.each([
    [{ from: 'yesterday' }, 'from'],
    [{ from: '2026-02-30' }, 'from'],
    [{ to: '2020-01-01' }, 'to'],
    [{ from: '2026-01-01', to: '2026-12-31' }, 'to'],
    [{ timeZone: 'Prague' }, 'timeZone'],
    [{ agentIds: [] }, 'agentIds'],
  ])('is refused for %j', async (wrong, field) => {
    const { errors } = await center.admin.ask(TIMES, { agentIds: [jana.id], from: '2026-11-01', timeZone: 'UTC', ...wrong });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID', facts: { field } });
  });

  it('reads an index of presences alone, however long the log is', async () => {
    const { text, values } = choicesOf([jana.id], new Date(Date.now() - 24 * HOUR), new Date());
    const plan = await test.database.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${text}`, values);
    const lines = plan.map((row) => row['QUERY PLAN']).join('\n');
    expect(lines.match(/events_presence_set/g)).toHaveLength(2);
    expect(lines).not.toContain('Seq Scan');
  });
});
