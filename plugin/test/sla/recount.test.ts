/** Clocks as the services write them, step by step on a real database, against a recount from the log. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { InteractionsService } from '../../src/interactions/interactions.service.js';
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
let offset = 0;

beforeAll(async () => {
  test = await startTestEngine();
  center = await ContactCenter.on(test);
  test.engine.app.get(Clock).now = () => new Date(Date.now() + offset);
  test.engine.app.get(PoliciesService).checkActionsWith((actions) => Promise.resolve(actions));
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
  | { verb: 'pass'; minutes: number }
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

it('whatever happens in whatever order, the clocks are those of a recount from the log', async () => {
  const app = test.engine.app;
  const [interactions, messages, commands] = [app.get(InteractionsService), app.get(MessagesService), app.get(Commands)];
  const [policies, migrations, sla, off] = [
    app.get(PoliciesService),
    app.get(MigrationService),
    app.get(SlaService),
    app.get(SwitchOffService),
  ];
  const agent = await center.agent([], { connected: false, available: false });
  const dispositionId = await center.disposition();
  const policyIds = await Promise.all(
    VARIANTS.map(async (milestones) => (await policies.create(ADMIN, { idempotencyKey: key(), name: key(), milestones })).id),
  );
  const queueIds = await Promise.all([null, ...policyIds].map((slaPolicyId) => center.queue({ slaPolicyId })));

  /** What the router would do with an agent who answers. */
  const accept = async (id: string): Promise<void> => {
    const offerId = randomUUID();
    await test.database.query("UPDATE interactions SET state = 'OFFERED', version = version + 1 WHERE id = $1 AND state = 'QUEUED'", [id]);
    await test.database.query(
      `INSERT INTO offers (id, interaction_id, agent_id, queue_id, round, state, offered_at, expires_at, why)
       SELECT $1, id, $2, queue_id, offer_round, 'PENDING', now(), now() + interval '1 year', '{}' FROM interactions WHERE id = $3 AND state = 'OFFERED'`,
      [offerId, agent.id, id],
    );
    await commands.run(ADMIN, async (command) => void (await interactions.accept(command, offerId)));
  };
  const take = async (id: string, step: Step): Promise<void> => {
    switch (step.verb) {
      case 'accept':
        return accept(id);
      case 'hold':
        return void (await interactions.hold(ADMIN, id));
      case 'resume':
        return void (await interactions.resume(ADMIN, id));
      case 'await':
        return void (await interactions.awaitCustomer(ADMIN, id));
      case 'answer':
        return void (await messages.send(ADMIN, { idempotencyKey: key(), interactionId: id, text: 'We are at it.' }));
      case 'ask':
        return void (await messages.addCustomerMessage(ADMIN, { idempotencyKey: key(), interactionId: id, text: 'And now?' }));
      case 'end':
        return void (await interactions.end(ADMIN, id));
      case 'close':
        return void (await interactions.close(ADMIN, { id, dispositionId }));
      case 'reopen':
        return void (await interactions.reopen(ADMIN, { id }));
      case 'abandon':
        return void (await interactions.abandon(ADMIN, id));
      case 'switch off':
        return void (await off.switchOff(ADMIN, { interactionId: id, kinds: [] }, 'It was agreed.'));
      case 'priority':
        return void (await interactions.setPriority(ADMIN, { id, priority: step.priority }));
      case 'transfer':
        return void (await interactions.transfer(ADMIN, { id, queueId: queueIds[step.which] }));
      case 'policy':
        return void (await interactions.setSlaPolicy(ADMIN, { id, slaPolicyId: policyIds[step.which] ?? null }));
      case 'new version': {
        const policyId = policyIds[step.which % policyIds.length]!;
        const { milestones: before } = await policies.get(policyId);
        const milestones = VARIANTS[before.length % VARIANTS.length]!;
        await policies.update(ADMIN, { id: policyId, milestones });
        return void (await migrations.migrate(ADMIN, policyId));
      }
      case 'pass':
        offset += step.minutes * MINUTE;
        while ((await app.get(SweepService).sweep()) > 0);
    }
  };

  await fc.assert(
    fc.asyncProperty(fc.constantFrom('CHAT' as const, 'CASE' as const), fc.nat(4), steps, async (channel, queue, wanted) => {
      const id = await center.open(queueIds[queue]!, {}, channel);
      const taken: string[] = [];
      for (const step of wanted) {
        const refused = await take(id, step).then(
          () => false,
          (error: unknown) => {
            if (error instanceof PatchbayError) return true;
            throw error;
          },
        );
        if (refused) continue;
        taken.push(JSON.stringify(step));
        // Under the row's lock, as services read it: the router gives work of a lost agent back meanwhile.
        const plan = await commands.run(ADMIN, ({ tx }) => sla.plan({ tx }, [id], app.get(Clock).now(), { lock: true }));
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
