/** Makes what a test needs through the API, so that the test states only the facts it is about. */
import type { Availability, Channel } from '../../src/platform/generated/graphql.js';
import { key, type TestClient, type TestEngine } from './engine.js';
import { until } from './until.js';

export interface Person {
  id: string;
  client: TestClient;
  /** Opens the work subscription: from then on the agent counts as connected. */
  work: { items: { myWork: Work }[]; errors: unknown[]; stop: () => void };
}

export interface Work {
  offers: { id: string; expiresAt: string; interaction: { id: string; state: string }; why: { summary: string } }[];
  interactions: { id: string; state: string }[];
  agent: { notRespondingSince: string | null };
}

const WORK = `subscription { myWork { agent { notRespondingSince } offers { id expiresAt interaction { id state } why { summary } } interactions { id state } } }`;

export class ContactCenter {
  readonly statuses = new Map<Availability, string>();
  private count = 0;

  private constructor(
    readonly test: TestEngine,
    readonly admin: TestClient,
    readonly intake: TestClient,
  ) {}

  static async on(test: TestEngine): Promise<ContactCenter> {
    const center = new ContactCenter(test, test.client(await test.token('ADMIN')), test.client(await test.token('INTAKE')));
    for (const availability of ['OFFLINE', 'AVAILABLE', 'AWAY'] as const) {
      const { createPresenceStatus } = await center.admin.do<{ createPresenceStatus: { presenceStatus: { id: string } } }>(
        'mutation($input: CreatePresenceStatusInput!) { createPresenceStatus(input: $input) { presenceStatus { id } } }',
        { input: { idempotencyKey: key(), name: availability.toLowerCase(), availability } },
      );
      center.statuses.set(availability, createPresenceStatus.presenceStatus.id);
    }
    return center;
  }

  async queue(input: Record<string, unknown> = {}): Promise<string> {
    const { createQueue } = await this.admin.do<{ createQueue: { queue: { id: string } } }>(
      'mutation($input: CreateQueueInput!) { createQueue(input: $input) { queue { id } } }',
      { input: { idempotencyKey: key(), name: `Queue ${(this.count += 1)}`, department: 'Service', ...input } },
    );
    return createQueue.queue.id;
  }

  async skill(name: string): Promise<string> {
    const { createSkill } = await this.admin.do<{ createSkill: { skill: { id: string } } }>(
      'mutation($input: CreateSkillInput!) { createSkill(input: $input) { skill { id } } }',
      { input: { idempotencyKey: key(), name } },
    );
    return createSkill.skill.id;
  }

  /** A known one, with these addresses. */
  async customer(
    name: string,
    identities: readonly [kind: 'PHONE' | 'EMAIL' | 'ACCOUNT', value: string][] = [],
    facts: Record<string, unknown> = {},
  ): Promise<string> {
    const { createCustomer } = await this.admin.do<{ createCustomer: { customer: { id: string } } }>(
      'mutation($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } } }',
      { input: { idempotencyKey: key(), name, identities: identities.map(([kind, value]) => ({ kind, value })), ...facts } },
    );
    return createCustomer.customer.id;
  }

  async disposition(name = 'Solved'): Promise<string> {
    const { createDisposition } = await this.admin.do<{ createDisposition: { disposition: { id: string } } }>(
      'mutation($input: CreateDispositionInput!) { createDisposition(input: $input) { disposition { id } } }',
      { input: { idempotencyKey: key(), name: `${name} ${(this.count += 1)}` } },
    );
    return createDisposition.disposition.id;
  }

  /** An agent in these queues, with a work subscription where `connected`, and available where `available`. */
  async agent(
    queues: string[],
    { connected = true, available = true, level = 1, ...input }: Record<string, unknown> = {},
  ): Promise<Person> {
    const name = `Agent ${(this.count += 1)}`;
    const { createAgent } = await this.admin.do<{ createAgent: { agent: { id: string } } }>(
      'mutation($input: CreateAgentInput!) { createAgent(input: $input) { agent { id } } }',
      { input: { idempotencyKey: key(), name, email: `agent${this.count}@example.org`, ...input } },
    );
    const { id } = createAgent.agent;
    for (const queueId of queues) {
      await this.admin.do('mutation($input: SetQueueMemberInput!) { setQueueMember(input: $input) { queue { id } } }', {
        input: { queueId, agentId: id, level },
      });
    }
    const client = this.test.client(await this.test.token('AGENT', id));
    const work = connected ? client.subscribe<{ myWork: Work }>(WORK) : { items: [], errors: [], stop: () => undefined };
    if (connected) await until('the connection', () => this.isConnected(id));
    if (available) await this.presence(client, 'AVAILABLE');
    return { id, client, work };
  }

  private async isConnected(agentId: string): Promise<boolean> {
    const { agent } = await this.admin.do<{ agent: { connection: { connected: boolean } } }>(
      'query($id: UUID!) { agent(id: $id) { connection { connected } } }',
      { id: agentId },
    );
    return agent.connection.connected;
  }

  async presence(client: TestClient, availability: Availability): Promise<void> {
    await client.do('mutation($input: SetPresenceInput!) { setPresence(input: $input) { agent { id } } }', {
      input: { statusId: this.statuses.get(availability) },
    });
  }

  async open(queueId: string | null, input: Record<string, unknown> = {}, channel: Channel = 'VOICE'): Promise<string> {
    const { openInteraction } = await this.intake.do<{ openInteraction: { interaction: { id: string } } }>(
      'mutation($input: OpenInteractionInput!) { openInteraction(input: $input) { interaction { id } } }',
      { input: { idempotencyKey: key(), channel, queueId, customerAddress: `+42060100${1000 + (this.count += 1)}`, ...input } },
    );
    return openInteraction.interaction.id;
  }

  async state(id: string): Promise<string> {
    const { interaction } = await this.admin.do<{ interaction: { state: string } }>(
      'query($id: UUID!) { interaction(id: $id) { state } }',
      { id },
    );
    return interaction.state;
  }
}
