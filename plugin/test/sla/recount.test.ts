/** Clocks as the services write them, step by step on a real database, against a recount from the log. */
import { randomUUID } from 'node:crypto';
import type { Type } from '@nestjs/common';
import fc from 'fast-check';
import { clocksFiredOnce } from '../../../e2e/support/invariants.js';
import { InteractionsService } from '../../src/interactions/interactions.service.js';
import { OffersService } from '../../src/interactions/offers.service.js';
import { MessagesService } from '../../src/interactions/messages.service.js';
import { Clock } from '../../src/platform/clock.js';
import { Commands, type Actor } from '../../src/platform/commands.js';
import { PatchbayError } from '../../src/platform/errors.js';
import type { SlaMilestoneInput } from '../../src/platform/generated/graphql.js';
import { MigrationService } from '../../src/sla/migration.service.js';
import { PoliciesService } from '../../src/sla/policies.service.js';
import { SlaService } from '../../src/sla/sla.service.js';
import { SweepService } from '../../src/sla/sweep.service.js';
import { SwitchOffService } from '../../src/sla/switch-off.service.js';
import { ContactCenter } from '../support/contact-center.js';
import { key, startTestEngine, type TestEngine } from '../support/engine.js';

const MINUTE = 60_000;
const ADMIN: Actor = { kind: 'CLIENT', role: 'ADMIN', id: null, agentId: null, name: 'walk' };

let test: TestEngine;
let center: ContactCenter;
let agentId: string;
let dispositionId: string;
let policyIds: string[];
let queueIds: string[];
/** What the engine takes for the time is that much ahead, in ms. */
let offset = 0;

const app = <T>(service: Type<T>): T => test.engine.app.get(service);

beforeAll(async () => {
  test = await startTestEngine();
  center = await ContactCenter.on(test);
  app(Clock).now = () => new Date(Date.now() + offset);
  app(PoliciesService).checkActionsWith((actions) => Promise.resolve(actions));
  agentId = (await center.agent([], { connected: false, available: false })).id;
  dispositionId = await center.disposition();
  policyIds = await Promise.all(
    VARIANTS.map(async (milestones) => (await app(PoliciesService).create(ADMIN, { idempotencyKey: key(), name: key(), milestones })).id),
  );
  queueIds = await Promise.all([null, ...policyIds].map((slaPolicyId) => center.queue({ slaPolicyId })));
});

afterAll(async () => {
  await test.stop();
});

const milestone = (kind: SlaMilestoneInput['kind'], minutes: number, more: Partial<SlaMilestoneInput> = {}): SlaMilestoneInput => ({
  kind,
  targetSeconds: minutes * 60,
  targets: [{ targetSeconds: minutes * 30, tiers: [], channels: [], minPriority: 90, queueIds: [], languages: [] }],
  warnings: [{ percent: 50 }],
  escalation: [0, 900, 1_800].map((afterSeconds) => ({ afterSeconds, actions: [{ type: 'none', settings: {} }] })),
  ...more,
});

/** Policies that differ in all that counts: kinds, targets, pauses, reopening. */
const VARIANTS: readonly SlaMilestoneInput[][] = [
  [milestone('TIME_TO_ACCEPT', 20), milestone('FIRST_RESPONSE', 60), milestone('RESOLUTION', 120)],
  [
    milestone('NEXT_RESPONSE', 40),
    milestone('PERIODIC_UPDATE', 90, { pausedIn: ['ON_HOLD'] }),
    milestone('RESOLUTION', 45, { reopening: 'RESTART' }),
  ],
  [milestone('FIRST_RESPONSE', 30, { pausedIn: ['ON_HOLD', 'WAITING_FOR_CUSTOMER'] }), milestone('NEXT_RESPONSE', 15)],
  [milestone('TIME_TO_ACCEPT', 60), milestone('RESOLUTION', 400, { reopening: 'NEVER', pausedIn: [] })],
];

type Step =
  | { verb: 'accept' | 'hold' | 'resume' | 'await' | 'answer' | 'ask' | 'end' | 'close' | 'reopen' | 'abandon' | 'switch off' }
  | { verb: 'pass' | 'set back'; minutes: number }
  | { verb: 'priority'; priority: number }
  | { verb: 'transfer' | 'policy' | 'new version'; which: number };

const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ verb: fc.constant('pass' as const), minutes: fc.integer({ min: 1, max: 50 }) }) },
    {
      weight: 8,
      arbitrary: fc.record({
        verb: fc.constantFrom('accept', 'hold', 'resume', 'await', 'answer', 'ask', 'end', 'close', 'reopen', 'abandon', 'switch off'),
      }),
    },
    { weight: 4, arbitrary: fc.record({ verb: fc.constantFrom('transfer', 'policy', 'new version'), which: fc.nat(4) }) },
    { weight: 1, arbitrary: fc.record({ verb: fc.constant('priority' as const), priority: fc.constantFrom(50, 95) }) },
  ) as fc.Arbitrary<Step>,
  { minLength: 4, maxLength: 24 },
);

/** What the router would do with an agent who answers. */
async function accept(id: string): Promise<void> {
  const offerId = randomUUID();
  await test.database.query("UPDATE interactions SET state = 'OFFERED', version = version + 1 WHERE id = $1 AND state = 'QUEUED'", [id]);
  await test.database.query(
    `INSERT INTO offers (id, interaction_id, agent_id, queue_id, round, state, offered_at, expires_at, why)
     SELECT $1, id, $2, queue_id, offer_round, 'PENDING', now(), now() + interval '1 year', '{}' FROM interactions WHERE id = $3 AND state = 'OFFERED'`,
    [offerId, agentId, id],
  );
  await app(Commands).run(ADMIN, async (command) => void (await app(OffersService).accept(command, offerId)));
}

/** @returns false where it was refused */
async function take(id: string, step: Step): Promise<boolean> {
  try {
    await demand(id, step);
    return true;
  } catch (error) {
    if (error instanceof PatchbayError) return false;
    throw error;
  }
}

async function demand(id: string, step: Step): Promise<unknown> {
  switch (step.verb) {
    case 'accept':
      return accept(id);
    case 'hold':
      return app(InteractionsService).hold(ADMIN, id);
    case 'resume':
      return app(InteractionsService).resume(ADMIN, id);
    case 'await':
      return app(InteractionsService).awaitCustomer(ADMIN, id);
    case 'answer':
      return app(MessagesService).send(ADMIN, { idempotencyKey: key(), interactionId: id, text: 'We are at it.' });
    case 'ask':
      return app(MessagesService).addCustomerMessage(ADMIN, { idempotencyKey: key(), interactionId: id, text: 'And now?' });
    case 'end':
      return app(InteractionsService).end(ADMIN, id);
    case 'close':
      return app(InteractionsService).close(ADMIN, { id, dispositionId });
    case 'reopen':
      return app(InteractionsService).reopen(ADMIN, { id });
    case 'abandon':
      return app(InteractionsService).abandon(ADMIN, id);
    case 'switch off':
      return app(SwitchOffService).switchOff(ADMIN, { interactionId: id, kinds: [] }, 'It was agreed.');
    case 'priority':
      return app(InteractionsService).setPriority(ADMIN, { id, priority: step.priority });
    case 'transfer':
      return app(InteractionsService).transfer(ADMIN, { id, queueId: queueIds[step.which] });
    case 'policy':
      return app(InteractionsService).setSlaPolicy(ADMIN, { id, slaPolicyId: policyIds[step.which] ?? null });
    case 'new version': {
      const policyId = policyIds[step.which % policyIds.length]!;
      const { milestones: before } = await app(PoliciesService).get(policyId);
      const milestones = VARIANTS[before.length % VARIANTS.length]!;
      await app(PoliciesService).update(ADMIN, { id: policyId, milestones });
      return app(MigrationService).migrate(ADMIN, policyId);
    }
    case 'set back':
      offset -= step.minutes * MINUTE;
      return;
    case 'pass':
      offset += step.minutes * MINUTE;
      while ((await app(SweepService).sweep()) > 0);
  }
}

it('whatever happens in whatever order, the clocks are those of a recount from the log', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('CHAT' as const, 'CASE' as const), fc.nat(4), steps, async (channel, queue, wanted) => {
      const id = await center.open(queueIds[queue]!, {}, channel);
      const taken: string[] = [];
      for (const step of wanted) {
        if (!(await take(id, step))) continue;
        taken.push(JSON.stringify(step));
        // Under the row's lock, as services read it: the router gives work of a lost agent back meanwhile.
        const plan = await app(Commands).run(ADMIN, ({ tx }) => app(SlaService).plan({ tx }, [id], app(Clock).now(), { lock: true }));
        const differences = plan.filter(({ what }) => what !== 'STAY');
        expect({ taken, differences }).toEqual({ taken, differences: [] });
      }
      // No step is said twice of one promise, whatever it went through.
      const twice = await test.database.query(
        `SELECT facts->>'clockId', type, coalesce(facts->>'rung', '') FROM events WHERE subject_id = $1 AND type IN ('sla.breached', 'sla.escalated')
         GROUP BY 1, 2, 3 HAVING count(*) > 1`,
        [id],
      );
      expect({ taken, twice }).toEqual({ taken, twice: [] });
    }),
    { numRuns: 24, endOnFailure: true },
  );
});

const stepsAroundSetBacks = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ verb: fc.constant('pass' as const), minutes: fc.integer({ min: 1, max: 50 }) }) },
    { weight: 2, arbitrary: fc.record({ verb: fc.constant('set back' as const), minutes: fc.integer({ min: 1, max: 90 }) }) },
    { weight: 2, arbitrary: fc.record({ verb: fc.constant('transfer' as const), which: fc.nat(1) }) },
    {
      weight: 6,
      arbitrary: fc.record({
        verb: fc.constantFrom('accept', 'hold', 'resume', 'await', 'answer', 'ask', 'end', 'close', 'reopen', 'abandon'),
      }),
    },
  ) as fc.Arbitrary<Step>,
  { minLength: 4, maxLength: 24 },
);

it('where the wall clock is set back, no step is said twice, and each row says what its clock said', async () => {
  const milestones = [
    milestone('TIME_TO_ACCEPT', 20),
    milestone('FIRST_RESPONSE', 60),
    milestone('RESOLUTION', 45, { reopening: 'RESTART' }),
  ];
  const { id: slaPolicyId } = await app(PoliciesService).create(ADMIN, { idempotencyKey: key(), name: key(), milestones });
  queueIds = await Promise.all([0, 1].map(() => center.queue({ slaPolicyId })));

  await fc.assert(
    fc.asyncProperty(fc.constantFrom('CHAT' as const, 'CASE' as const), stepsAroundSetBacks, async (channel, wanted) => {
      const id = await center.open(queueIds[0]!, {}, channel);
      const taken: string[] = [];
      for (const step of wanted) if (await take(id, step)) taken.push(JSON.stringify(step));
      const amiss = await clocksFiredOnce(test.database.query, id);
      expect({ taken, amiss }).toEqual({ taken, amiss: [] });
    }),
    { numRuns: 24, endOnFailure: true },
  );
});
