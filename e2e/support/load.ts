/**
 * Full load with an exact account: agents who hold their work subscription open and do what agents do, and clients who
 * open and end interactions and repeat every call with its idempotency key until it is acknowledged. Whatever was
 * acknowledged is written down here, for `invariants.ts` to look for.
 */
import { randomUUID } from 'node:crypto';
import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { BusyCenter } from './busy-center.js';
import { MAILBOX } from './busy-center.js';

const ANSWER_MS = 8_000;
/** A paused engine keeps its sockets: who hears nothing for this long goes elsewhere. */
const SILENCE_MS = 2_500;

export interface Account {
  /** Idempotency key → interaction, as acknowledged. */
  opened: Map<string, string>;
  /** Every key that was ever sent, acknowledged or not. */
  keys: Set<string>;
  /** Offers whose acceptance was acknowledged. */
  accepted: Set<string>;
  /** Interactions whose end was acknowledged, by how. */
  closed: Set<string>;
  abandoned: Set<string>;
  /** Idempotency key → message, as acknowledged. */
  sent: Map<string, string>;
  /** What must never happen, in words. */
  wrong: string[];
  calls: number;
  failures: number;
  /** Refusals and failures by code: what the callers were told. */
  told: Map<string, number>;
}

interface Work {
  agent: { notRespondingSince: string | null; presence: { status: { id: string } } };
  offers: { id: string; interaction: { id: string } }[];
  interactions: { id: string; state: string; channel: string }[];
}

const WORK = `subscription { myWork {
  agent { notRespondingSince presence { status { id } } }
  offers { id interaction { id } }
  interactions { id state channel }
} }`;

type Answer = { data: Record<string, never> | null; code: string | null; message: string };

export class Load {
  readonly account: Account = {
    opened: new Map(),
    keys: new Set(),
    accepted: new Set(),
    closed: new Set(),
    abandoned: new Set(),
    sent: new Map(),
    wrong: [],
    calls: 0,
    failures: 0,
    told: new Map(),
  };
  private readonly open = new Set<string>();
  private readonly tasks: Promise<void>[] = [];
  private readonly sockets: Client[] = [];
  private opening = true;
  private frozen = false;
  private stopped = false;

  /**
   * @param urls where the engines are; a client that fails at one goes on at the next
   * @param mostOpen how many interactions this load keeps open at once
   */
  constructor(
    private readonly center: BusyCenter,
    private readonly urls: () => string[],
    private readonly mostOpen = 24,
  ) {}

  start(clients = 4): void {
    this.center.agents.forEach((agent, index) => this.tasks.push(this.agent(agent.token, index)));
    for (let number = 0; number < clients; number += 1) this.tasks.push(this.client(number));
  }

  /** Nothing new comes; what is under way goes on. */
  stopOpening(): void {
    this.opening = false;
  }

  /** Nobody acts while frozen: what rings rings, what is held is held. */
  async freeze(): Promise<void> {
    this.frozen = true;
    while (this.acting > 0) await breath();
  }

  thaw(): void {
    this.frozen = false;
  }

  /** How many calls have been acknowledged so far. */
  get acknowledged(): number {
    return this.account.calls - this.account.failures;
  }

  /** How many interactions this load knows to be open. */
  get openCount(): number {
    return this.open.size;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.opening = false;
    this.frozen = false;
    for (const socket of this.sockets) void socket.dispose();
    await Promise.all(this.tasks);
  }

  private acting = 0;

  private async act<T>(work: () => Promise<T>): Promise<T> {
    this.acting += 1;
    try {
      return await work();
    } finally {
      this.acting -= 1;
    }
  }

  /** One call at one engine; the code is null where it was acknowledged. */
  private async call(at: number, token: string, query: string, variables: Record<string, unknown>): Promise<Answer> {
    const urls = this.urls();
    this.account.calls += 1;
    let answer: Answer;
    try {
      const response = await fetch(`${urls[at % urls.length]}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ query, variables }),
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      const { data, errors } = (await response.json()) as {
        data: Answer['data'];
        errors?: { message: string; extensions?: { code?: string } }[];
      };
      const failure = errors?.[0];
      answer = { data, code: failure ? (failure.extensions?.code ?? 'NO_CODE') : null, message: failure?.message ?? '' };
    } catch (error) {
      answer = { data: null, code: 'NO_ANSWER', message: String(error) };
    }
    if (answer.code) {
      this.account.failures += 1;
      this.account.told.set(answer.code, (this.account.told.get(answer.code) ?? 0) + 1);
      // Whatever fails, a caller hears a code of the contract; a failure of the engine's own is a finding.
      if (['INTERNAL', 'NO_CODE', 'UNAUTHENTICATED'].includes(answer.code))
        this.account.wrong.push(`${answer.code}: ${answer.message} (${query.slice(0, 60)})`);
    }
    return answer;
  }

  /** Repeats a call with its idempotency key until it is acknowledged or refused for good. */
  private async insist(
    first: number,
    token: string,
    query: string,
    variables: { input: { idempotencyKey: string } },
  ): Promise<Answer | null> {
    this.account.keys.add(variables.input.idempotencyKey);
    for (let at = first; !this.stopped; at += 1) {
      const answer = await this.call(at, token, query, variables);
      if (!answer.code) return answer;
      if (!['NO_ANSWER', 'UNAVAILABLE', 'CONFLICT', 'INTERNAL', 'NO_CODE', 'UNAUTHENTICATED'].includes(answer.code)) return answer;
      await breath(150);
    }
    return null;
  }

  /** A customer's program: opens, now and then repeats what was acknowledged already, now and then hangs up. */
  private async client(number: number): Promise<void> {
    let at = number;
    while (!this.stopped) {
      if (!this.opening || this.frozen || this.open.size >= this.mostOpen) {
        await breath();
        continue;
      }
      await this.act(async () => {
        const key = `open-${randomUUID()}`;
        const channel = pick(['VOICE', 'CHAT', 'EMAIL', 'SMS'] as const);
        const input = {
          idempotencyKey: key,
          channel,
          queueId: pick(this.center.queueIds),
          customerAddress:
            channel === 'EMAIL'
              ? `customer${Math.floor(Math.random() * 50)}@home.example`
              : `+4206011${10_000 + Math.floor(Math.random() * 50)}`,
          ...(channel === 'EMAIL' && { entryAddress: MAILBOX }),
          subject: 'Vyúčtování',
          externalId: key,
        };
        const open = 'mutation($input: OpenInteractionInput!) { openInteraction(input: $input) { interaction { id } } }';
        const id = await this.opened(key, await this.insist(at, this.center.intakeToken, open, { input }));
        if (id && chance(0.2)) {
          const again = await this.opened(key, await this.insist((at += 1), this.center.intakeToken, open, { input }));
          if (again && again !== id) this.account.wrong.push(`The key ${key} gave ${id} and then ${again}.`);
        }
        if (id && chance(0.08)) {
          this.open.delete(id);
          const { code } = await this.call(
            at,
            this.center.intakeToken,
            'mutation($id: UUID!) { abandonInteraction(id: $id) { interaction { id } } }',
            { id },
          );
          if (!code) this.account.abandoned.add(id);
        }
      });
      await breath(2 + Math.random() * 15);
      at += 1;
    }
  }

  private async opened(key: string, answer: Answer | null): Promise<string | null> {
    if (!answer) return null;
    if (answer.code) {
      this.account.wrong.push(`An opening was refused: ${answer.code}: ${answer.message}`);
      return null;
    }
    const { openInteraction } = answer.data as unknown as { openInteraction: { interaction: { id: string } } };
    const { id } = openInteraction.interaction;
    if (!this.account.opened.has(key)) this.open.add(id);
    this.account.opened.set(key, id);
    return id;
  }

  /** An agent at the desk: sees the work subscription's last frame, and acts on each thing in it, one call at a time each. */
  private async agent(token: string, number: number): Promise<void> {
    let at = number;
    let work: Work | null = null;
    let seenAt = performance.now();
    const inHand = new Set<string>();
    let socket: Client | null = null;
    const connect = (): void => {
      void socket?.dispose();
      work = null;
      seenAt = performance.now();
      const urls = this.urls();
      const fresh = createClient({
        url: `${urls[at % urls.length]?.replace('http', 'ws')}/graphql`,
        webSocketImpl: WebSocket,
        connectionParams: { authorization: `Bearer ${token}` },
        retryAttempts: 0,
        keepAlive: 500,
        on: { pong: () => (seenAt = performance.now()) },
      });
      let ended = false;
      const end = (): void => {
        if (ended || socket !== fresh) return;
        ended = true;
        work = null;
        seenAt = -Infinity;
      };
      socket = fresh;
      this.sockets.push(fresh);
      fresh.subscribe<{ myWork: Work }>(
        { query: WORK },
        {
          next: ({ data }) => {
            if (socket !== fresh) return;
            seenAt = performance.now();
            if (data) work = data.myWork;
          },
          error: end,
          complete: end,
        },
      );
    };
    connect();
    while (!this.stopped) {
      if (performance.now() - seenAt > SILENCE_MS) {
        at += 1;
        await breath(150);
        if (!this.stopped) connect();
      }
      const now: Work | null = work;
      if (now && !this.frozen) {
        for (const [key, action] of this.todo(now, token, at)) {
          if (inHand.has(key)) continue;
          inHand.add(key);
          void this.act(async () => {
            await breath(Math.random() * 60);
            await action();
          }).finally(() => inHand.delete(key));
        }
      }
      await breath();
    }
    await (socket as Client | null)?.dispose();
  }

  private todo({ agent, offers, interactions }: Work, token: string, at: number): [string, () => Promise<unknown>][] {
    const mutate = (name: string, id: string): Promise<Answer> =>
      this.call(at, token, `mutation($id: UUID!) { ${name}(id: $id) { __typename } }`, { id });
    const input = (name: string, type: string, value: Record<string, unknown>): Promise<Answer> =>
      this.call(at, token, `mutation($input: ${type}!) { ${name}(input: $input) { __typename } }`, { input: value });
    const list: [string, () => Promise<unknown>][] = [];
    if (agent.notRespondingSince || agent.presence.status.id !== this.center.availableId) {
      list.push(['presence', () => input('setPresence', 'SetPresenceInput', { statusId: this.center.availableId })]);
    }
    if (offers.length + interactions.length === 0 && chance(0.02)) {
      list.push(['pull', () => this.call(at, token, 'mutation { pullWork { offer { id } } }', {})]);
    }
    for (const { id } of offers) {
      if (chance(0.06)) list.push([id, () => input('declineOffer', 'DeclineOfferInput', { id, reason: 'On another line' })]);
      // Now and then nobody picks up, and the offer is left to lapse unless a later look at it does.
      else if (chance(0.9)) {
        list.push([
          id,
          async () => {
            if (!(await mutate('acceptOffer', id)).code) this.account.accepted.add(id);
          },
        ]);
      }
    }
    for (const { id, state, channel } of interactions) {
      const close = async (): Promise<void> => {
        // An answer that is lost tells nothing: what is open still, the desk shows again.
        this.open.delete(id);
        const { code } = await input('closeInteraction', 'CloseInteractionInput', { id, dispositionId: this.center.dispositionId });
        if (!code) this.account.closed.add(id);
      };
      const fate = Math.random();
      let action: () => Promise<unknown>;
      if (state === 'ON_HOLD') action = () => mutate('resumeInteraction', id);
      else if (state === 'WRAP_UP') action = close;
      else if (state === 'WAITING_FOR_CUSTOMER') {
        const key = `reply-${randomUUID()}`;
        action = () =>
          this.insist(
            at,
            this.center.intakeToken,
            'mutation($input: AddCustomerMessageInput!) { addCustomerMessage(input: $input) { message { id } } }',
            { input: { idempotencyKey: key, interactionId: id, text: 'Děkuji.' } as { idempotencyKey: string } },
          );
      } else if (channel === 'EMAIL' && fate < 0.3) action = () => this.send(at, token, id);
      else if (fate < 0.6) action = () => mutate('endInteraction', id);
      else if (fate < 0.7) action = close;
      else if (fate < 0.8) action = () => mutate('awaitCustomer', id);
      else if (fate < 0.88) action = () => mutate('holdInteraction', id);
      else if (fate < 0.97)
        action = () => input('transferInteraction', 'TransferInteractionInput', { id, queueId: pick(this.center.queueIds) });
      else action = () => input('escalateInteraction', 'EscalateInteractionInput', { id, note: 'Needs a second look' });
      list.push([id, action]);
    }
    return list;
  }

  private async send(at: number, token: string, interactionId: string): Promise<void> {
    const key = `send-${randomUUID()}`;
    const answer = await this.insist(at, token, 'mutation($input: SendMessageInput!) { sendMessage(input: $input) { message { id } } }', {
      input: { idempotencyKey: key, interactionId, text: 'Faktura je v příloze.' } as { idempotencyKey: string },
    });
    if (!answer || answer.code) return;
    this.account.sent.set(key, (answer.data as unknown as { sendMessage: { message: { id: string } } }).sendMessage.message.id);
  }
}

/** The pace of the people and programs of the load. */
const breath = (milliseconds = 20): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
const chance = (share: number): boolean => Math.random() < share;
const pick = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)]!;
