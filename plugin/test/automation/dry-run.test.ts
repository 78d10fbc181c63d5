/** A rule played over history: what it sees is what was, what it would do is beside what happened, and nothing changes. */
import { DryRunService } from '../../src/automation/dry-run.service.js';
import { FactsService, type Standing } from '../../src/automation/facts.service.js';
import { PastInteraction } from '../../src/automation/replay.js';
import { InteractionsService } from '../../src/interactions/interactions.service.js';
import { legalCommands } from '../../src/interactions/lifecycle.js';
import { OffersService } from '../../src/interactions/offers.service.js';
import { Clock } from '../../src/platform/clock.js';
import type { Actor } from '../../src/platform/commands.js';
import type { LogEvent } from '../../src/platform/event-tail.js';
import { ContactCenter } from '../support/contact-center.js';
import { key, startTestEngine, type TestEngine } from '../support/engine.js';
import { until } from '../support/until.js';

let test: TestEngine;
let center: ContactCenter;

beforeAll(async () => {
  test = await startTestEngine();
  center = await ContactCenter.on(test);
});

afterAll(async () => {
  await test.stop();
});

const DRY_RUN = `query($input: DryRunRuleInput!) { dryRunRule(input: $input) {
  events tried matched interactions guarded milliseconds skipped { term times } problems
  touches { interaction { id } eventType would { action field before after } problem happened { type } }
  byDay { day tried matched } misses { interaction { id } eventType terms { term holds fields { path value } } }
} }`;

interface Answer {
  events: number;
  tried: number;
  matched: number;
  interactions: number;
  guarded: number;
  skipped: { term: string; times: number }[];
  problems: number;
  byDay: { day: string; tried: number; matched: number }[];
  misses: { interaction: { id: string }; eventType: string; terms: { term: string; holds: boolean | null; fields: object[] }[] }[];
  touches: {
    interaction: { id: string };
    eventType: string;
    would: { action: string; field: string; before: string | null; after: string | null }[];
    problem: string | null;
    happened: { type: string }[];
  }[];
}

const dryRun = async (input: Record<string, unknown>): Promise<Answer> =>
  (await center.admin.do<{ dryRunRule: Answer }>(DRY_RUN, { input })).dryRunRule;

const logLength = async (): Promise<number> =>
  (await test.database.query<{ n: number }>('SELECT count(*)::int AS n FROM events'))[0]?.n ?? 0;

const RAISE = { type: 'set-priority', settings: { by: 10 } };

describe('what a dry run sees', () => {
  it('is what a rule would have seen at the time, through whatever the interactions went', async () => {
    const { app } = test.engine;
    const [interactions, offers, facts] = [app.get(InteractionsService), app.get(OffersService), app.get(FactsService)];
    const actor: Actor = { kind: 'CLIENT', role: 'ADMIN', id: null, agentId: null, name: 'test' };
    const queues = [await center.queue(), await center.queue({ priority: 80 })];
    const dispositionId = await center.disposition();
    const customers = await Promise.all(
      ['VIP', 'STANDARD'].map(async (tier) => {
        const { createCustomer } = await center.admin.do<{ createCustomer: { customer: { id: string } } }>(
          'mutation($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } } }',
          { input: { idempotencyKey: key(), name: tier, tier, language: 'cs' } },
        );
        return createCustomer.customer.id;
      }),
    );
    await Promise.all([center.agent(queues, { capacity: 10_000 }), center.agent(queues, { capacity: 10_000 })]);
    const ids: string[] = [];
    for (let k = 0; k < 6; k += 1) ids.push(await center.open(k === 0 ? null : (queues[k % 2] ?? null), {}, 'CASE'));

    let dice = 12_345;
    const roll = (sides: number): number => {
      dice = (Math.imul(dice, 1_664_525) + 1_013_904_223) >>> 0;
      return (dice >>> 16) % sides;
    };
    const seen: { id: string; seq: bigint; standing: Standing }[] = [];
    const steps = new Set<string>();
    for (let k = 0; k < 160; k += 1) {
      const id = ids[roll(ids.length)] ?? '';
      const row = await interactions.get(id);
      const queueId = queues[roll(2)] ?? '';
      const legal = [
        ...legalCommands(row.state).filter((verb) => !['OFFER', 'RETURN', 'GIVE_BACK', 'ABANDON'].includes(verb)),
        'PRIORITY',
        'LINK',
      ] as const;
      const verb = legal[roll(legal.length)] ?? 'PRIORITY';
      // The router offers meanwhile: what has changed under a step is refused, which is as good as another step.
      await (async () => {
        if (verb === 'ENQUEUE') await interactions.enqueue(actor, { id, queueId });
        else if (verb === 'ACCEPT') {
          const [offer] = await offers.pendingOf([id]);
          if (offer) await offers.accept({ ...actor, agentId: null }, offer.id);
        } else if (verb === 'HOLD') await interactions.hold(actor, id);
        else if (verb === 'RESUME') await interactions.resume(actor, id);
        else if (verb === 'AWAIT_CUSTOMER') await interactions.awaitCustomer(actor, id);
        else if (verb === 'END') await interactions.end(actor, id);
        else if (verb === 'CLOSE') await interactions.close(actor, { id, dispositionId });
        else if (verb === 'TRANSFER') await interactions.transfer(actor, { id, queueId });
        else if (verb === 'ESCALATE') await interactions.escalate(actor, { id, queueId, note: 'up' });
        else if (verb === 'REOPEN') await interactions.reopen(actor, { id, queueId });
        else if (verb === 'LINK') await interactions.linkCustomer(actor, { id, customerId: customers[roll(2)] ?? '' });
        else await interactions.setPriority(actor, { id, priority: roll(101) });
        steps.add(verb);
      })().catch(() => undefined);
      const { seq, standing } = await until('a moment in which nothing happens', async () => {
        const last = async () => (await test.database.query<{ seq: string }>('SELECT max(seq)::text AS seq FROM events'))[0]?.seq;
        const before = await last();
        const now = (await facts.of([id])).get(id);
        return now && before === (await last()) ? { seq: BigInt(before ?? 0), standing: now } : null;
      });
      seen.push({ id, seq, standing });
    }
    expect([...steps]).toEqual(expect.arrayContaining(['ACCEPT', 'CLOSE', 'TRANSFER', 'ESCALATE', 'REOPEN', 'HOLD', 'LINK', 'PRIORITY']));

    const log = await test.database.query<Omit<LogEvent, 'seq'> & { seq: string }>(
      `SELECT seq::text AS seq, at, type, subject_id AS "subjectId", actor_kind AS "actorKind", actor_name AS "actorName", facts FROM events ORDER BY events.seq`,
    );
    const present = await facts.of(ids);
    const names = await app.get(DryRunService).names(present, log as unknown as LogEvent[]);
    for (const { id, seq, standing } of seen) {
      const own = log.filter(({ subjectId }) => subjectId === id).map((event) => ({ ...event, seq: BigInt(event.seq) }) as LogEvent);
      const past = new PastInteraction(present.get(id) as Standing, own);
      for (const event of own) if (event.seq <= seq) past.apply(event);
      const { now, ...expected } = standing;
      expect(past.at(now, names)).toEqual(expected);
    }
  });
});

describe('a dry run', () => {
  it('says what the rule would have changed beside what happened, which terms did not hold, and changes nothing', async () => {
    const queueId = await center.queue();
    const low = await center.open(queueId, { priority: 20, subject: 'Invoice' }, 'CASE');
    const high = await center.open(queueId, { priority: 60, subject: 'Invoice' }, 'CASE');
    await center.admin.do('mutation($id: UUID!) { abandonInteraction(id: $id) { interaction { id } } }', { id: low });
    const before = await logLength();
    const name = (await center.admin.do<{ queue: { name: string } }>('query($id: UUID!) { queue(id: $id) { name } }', { id: queueId }))
      .queue.name;
    const answer = await dryRun({
      trigger: { events: ['interaction.opened'] },
      condition: `queue.name == "${name}" && interaction.subject.matches("(?i)^INV") && interaction.priority < 50`,
      actions: [RAISE],
    });
    expect(answer).toMatchObject({ matched: 1, interactions: 1 });
    expect(answer.touches).toEqual([
      {
        interaction: { id: low },
        eventType: 'interaction.opened',
        would: [{ action: 'set-priority', field: 'priority', before: '20', after: '30' }],
        problem: null,
        happened: [{ type: 'interaction.queued' }, { type: 'interaction.abandoned' }],
      },
    ]);
    expect(answer.skipped).toContainEqual({ term: 'interaction.priority < 50', times: 1 });
    const day = new Date().toISOString().slice(0, 10);
    expect(answer.byDay.reduce((sum, one) => sum + one.tried, 0)).toBe(answer.tried);
    expect(answer.byDay.at(-1)).toMatchObject({ matched: 1, day: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as unknown });
    expect([day, new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10)]).toContain(answer.byDay.at(-1)?.day);
    expect(answer.misses).toContainEqual({
      interaction: { id: high },
      eventType: 'interaction.opened',
      terms: [
        { term: `queue.name == "${name}"`, holds: true, fields: [{ path: 'queue.name', value: `"${name}"` }] },
        {
          term: 'interaction.subject.matches("(?i)^INV")',
          holds: true,
          fields: [{ path: 'interaction.subject', value: '"Invoice"' }],
        },
        { term: 'interaction.priority < 50', holds: false, fields: [{ path: 'interaction.priority', value: '60' }] },
      ],
    });
    expect(await logLength()).toBe(before);
    const { interaction } = await center.admin.do<{ interaction: object }>(
      'query($id: UUID!) { interaction(id: $id) { priority ruleRuns { edges { cursor } } } }',
      {
        id: high,
      },
    );
    expect(interaction).toEqual({ priority: 60, ruleRuns: { edges: [] } });
  });

  it('says why an action could not have been done, and goes on', async () => {
    const queueId = await center.queue({ department: 'Broken' });
    const id = await center.open(queueId, { subject: 'x' }, 'CASE');
    const answer = await dryRun({
      trigger: { events: ['interaction.opened'] },
      condition: 'queue.department == "Broken"',
      actions: [RAISE, { type: 'set-fields', settings: { subject: '{% for i in (1..2000000) %}{% endfor %}' } }],
    });
    expect(answer).toMatchObject({
      matched: 1,
      problems: 1,
      touches: [
        {
          interaction: { id },
          would: [],
          problem: expect.stringMatching(/^actions\[1\] set-fields: The template cannot be filled/) as unknown,
        },
      ],
    });
  });

  it('touches what the same rule touched when it was in force', async () => {
    const queueId = await center.queue({ department: 'Dry' });
    const rule = {
      trigger: { events: ['interaction.queued', 'interaction.priority_set'] },
      condition: 'queue.department == "Dry" && interaction.priority >= 50 && interaction.state == "QUEUED"',
      actions: [{ type: 'notify', settings: { roles: ['SUPERVISOR'], text: 'Look at {{ interaction.number }}' } }],
    };
    const { createAutomationRule } = await center.admin.do<{ createAutomationRule: { automationRule: { id: string } } }>(
      'mutation($input: CreateAutomationRuleInput!) { createAutomationRule(input: $input) { automationRule { id } } }',
      { input: { idempotencyKey: key(), name: 'Look', active: true, ...rule } },
    );
    const { id } = createAutomationRule.automationRule;
    const opened = await Promise.all([30, 50, 70].map((priority) => center.open(queueId, { priority }, 'CASE')));
    const read = async () =>
      (
        await center.admin.do<{ automationRule: { runs: { edges: { node: { interaction: { id: string }; eventType: string } }[] } } }>(
          'query($id: UUID!) { automationRule(id: $id) { runs { edges { node { interaction { id } eventType } } } } }',
          { id },
        )
      ).automationRule.runs.edges.map(({ node }) => `${node.eventType} ${node.interaction.id}`);
    await until('the runs on opening', async () => (await read()).length === 2);
    await center.admin.do(
      'mutation($input: SetInteractionPriorityInput!) { setInteractionPriority(input: $input) { interaction { id } } }',
      {
        input: { id: opened[0], priority: 90 },
      },
    );
    const live = await until('the run on the change', async () => {
      const runs = await read();
      return runs.length === 3 ? runs : null;
    });
    const { touches } = await dryRun({ ...rule, days: 1 });
    expect(touches.map(({ interaction, eventType }) => `${eventType} ${interaction.id}`).sort()).toEqual([...live].sort());
  });

  it('tries a schedule on what was open at each of its times', async () => {
    const queueId = await center.queue({ department: 'Nightly' });
    const clock = test.engine.app.get(Clock);
    const real = clock.now.bind(clock);
    const stays = await center.open(queueId, {}, 'CASE');
    const leaves = await center.open(queueId, {}, 'CASE');
    await center.admin.do('mutation($id: UUID!) { abandonInteraction(id: $id) { interaction { id } } }', { id: leaves });
    clock.now = () => new Date(real().getTime() + 3 * 3_600_000);
    try {
      const { touches } = await dryRun({
        trigger: { schedule: { cron: '0 * * * *', timeZone: 'UTC' } },
        condition: 'queue.department == "Nightly" && interaction.waitingSeconds > 0',
        actions: [RAISE],
        days: 1,
      });
      expect(touches.map(({ interaction }) => interaction.id)).toEqual([stays, stays, stays]);
    } finally {
      clock.now = real;
    }
  });

  it('is given up when nobody waits for it any more', async () => {
    await center.open(await center.queue(), {}, 'CASE');
    const clock = test.engine.app.get(Clock);
    const real = clock.now.bind(clock);
    clock.now = () => new Date(real().getTime() + 20 * 3_600_000);
    try {
      const run = test.engine.app.get(DryRunService).run(
        {
          trigger: { schedule: { cron: '* * * * *', timeZone: 'UTC' } },
          condition: '',
          actions: [RAISE],
          days: 1,
          timeZone: 'UTC',
        },
        () => true,
      );
      await expect(run).rejects.toThrow('Nobody waits for this dry run any more.');
    } finally {
      clock.now = real;
    }
  });

  it.each([
    [{ days: 0 }, 'days'],
    [{ timeZone: 'Prague' }, 'timeZone'],
    [{ condition: 'interaction.priorty > 1' }, 'condition'],
    [{ actions: [{ type: 'set-queue', settings: { queue: 'Nowhere' } }] }, 'actions[0].settings.queue'],
    [{ trigger: { events: ['interaction.opend'] } }, 'trigger.events[0]'],
  ])('refuses %j with its place', async (wrong, field) => {
    const { errors } = await center.admin.ask(DRY_RUN, {
      input: { trigger: { events: ['interaction.opened'] }, condition: '', actions: [RAISE], ...wrong },
    });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID', facts: { field } });
  });
});
