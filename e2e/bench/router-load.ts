/**
 * A contact center at its limit, for measuring the router: work is finished as fast as it is given out, and what is
 * given out is replaced by an arrival in the same queue, so what waits stays the same in number and kind. The same seed
 * tells the same day. Facts are made and offers are checked outside the measured time.
 */
import type { Router } from '../../plugin/src/routing/router.js';
import type {
  AgentFacts,
  ChannelFacts,
  Decision,
  InteractionFacts,
  OfferDecision,
  QueueFacts,
  SkillNeed,
} from '../../plugin/src/routing/facts.js';
import { seeded } from '../support/seeded.js';

export interface LoadSize {
  agents: number;
  waiting: number;
}

/** What a number of rounds took; the few new rounds of offers that come between are part of it. */
export interface Spent {
  offers: number;
  /** Inside `decide`. */
  decideMs: number;
  /** Inside `decide`, and handing over every fact that changed since. */
  cycleMs: number;
}

const QUEUES = 200;
const SKILLS = 50;
/** The last of the skills: languages, which interactions ask for themselves. */
const LANGUAGES = 10;
/** Decisions committed together, as the engine does. */
const BATCH = 200;
/** The clock of the simulated day goes on as if decisions were made at the rate that is aimed for. */
const MS_PER_BATCH = 2;
const MINUTE = 60_000;

const CHANNELS = [
  { channel: 'VOICE', weight: 100, waitingWeight: 100, interruptible: false, whenAgentLost: 'REQUEUE' },
  { channel: 'CHAT', weight: 50, waitingWeight: 10, interruptible: false, whenAgentLost: 'REQUEUE' },
  { channel: 'EMAIL', weight: 30, waitingWeight: 0, interruptible: true, whenAgentLost: 'KEEP' },
] as const satisfies readonly ChannelFacts[];
type RoutedChannel = (typeof CHANNELS)[number]['channel'];

const STRATEGIES = ['LONGEST_IDLE', 'LEAST_OCCUPIED', 'BEST_SKILL', 'ROUND_ROBIN'] as const;

interface Queue {
  facts: QueueFacts;
  mainChannel: RoutedChannel;
  /** Skills that are asked for by interactions. */
  languages: string[];
  members: AgentFacts[];
}

export class RouterLoad {
  private now = 1_800_000_000_000;
  private readonly chance: () => number;
  private readonly queues = new Map<string, Queue>();
  private readonly agents = new Map<string, AgentFacts>();
  private readonly waiting = new Map<string, InteractionFacts>();
  private offered: InteractionFacts[] = [];
  private readonly active: InteractionFacts[] = [];
  /** Units taken of each agent: by everything, and by what a call may not interrupt. */
  private readonly used = new Map<string, { all: number; firm: number }>();

  /** Fills the router; nobody works on anything yet. */
  constructor(
    private readonly router: Router,
    size: LoadSize,
    seed = 1,
  ) {
    this.chance = seeded(seed);
    const queues = Array.from({ length: QUEUES }, (_, i) => this.makeQueue(i));
    for (const queue of queues) this.queues.set(queue.facts.id, queue);
    for (let i = 0; i < size.agents; i++) this.makeAgent(queues);
    router.setSkills(Array.from({ length: SKILLS }, (_, i) => ({ id: skillId(i), name: `Skill ${i}` })));
    router.setChannels(CHANNELS);
    for (const { facts } of queues) router.setQueue(facts);
    for (const agent of this.agents.values()) router.setAgent(agent);

    // Where much waits, it waits in what comes last.
    const shares = queues.flatMap((queue) => new Array<Queue>((100 - queue.facts.priority) ** 2 / 100).fill(queue));
    while (this.waiting.size < size.waiting) this.arrive(this.pick(shares), this.now - Math.floor(this.chance() * 10 * MINUTE));
    while (this.decideOnce().length === BATCH);
  }

  /** Everybody is busy before and after; each round, a batch's worth of work is finished, and given out again. */
  run(rounds: number): Spent {
    const spent: Spent = { offers: 0, decideMs: 0, cycleMs: 0 };
    for (let round = 0; round < rounds; round++) {
      const facts = this.nextFacts();
      const start = performance.now();
      this.hand(facts);
      const handed = performance.now();
      const decisions = this.router.decide(this.now, BATCH);
      const decided = performance.now();
      const committed = this.commit(decisions);
      const again = performance.now();
      for (const row of committed) this.router.setInteraction(row);
      const end = performance.now();
      spent.offers += this.offered.length;
      spent.decideMs += decided - handed;
      spent.cycleMs += decided - start + (end - again);
    }
    return spent;
  }

  private decideOnce(): Decision[] {
    this.now += MS_PER_BATCH;
    const decisions = this.router.decide(this.now, BATCH);
    for (const row of this.commit(decisions)) this.router.setInteraction(row);
    return decisions;
  }

  /** What happened since the last batch: offers were accepted, as much was finished, and as much came in. */
  private nextFacts(): { closed: string[]; freed: AgentFacts[]; rows: InteractionFacts[] } {
    this.now += MS_PER_BATCH;
    const accepted = this.offered.map((facts): InteractionFacts => ({ ...facts, state: 'ACTIVE', offer: null }));
    this.offered = [];
    this.active.push(...accepted);

    const closed: string[] = [];
    const freed = new Map<string, AgentFacts>();
    while (closed.length < BATCH && this.active.length > 0) {
      const one = this.finishOne();
      closed.push(one.id);
      const agent = readAgain({ ...this.agentOf(one), idleSince: this.now });
      this.agents.set(agent.id, agent);
      freed.set(agent.id, agent);
    }
    const arrived = accepted.map(({ queueId }) => this.makeInteraction(this.queues.get(queueId ?? '') as Queue, this.now));
    for (const row of arrived) this.waiting.set(row.id, row);
    return { closed, freed: [...freed.values()], rows: [...accepted, ...arrived] };
  }

  private hand({ closed, freed, rows }: { closed: string[]; freed: AgentFacts[]; rows: InteractionFacts[] }): void {
    for (const row of rows) this.router.setInteraction(row);
    for (const id of closed) this.router.removeInteraction(id);
    for (const agent of freed) this.router.setAgent(agent);
  }

  private finishOne(): InteractionFacts {
    const at = Math.floor(this.chance() * this.active.length);
    const one = this.active[at] as InteractionFacts;
    const last = this.active.pop() as InteractionFacts;
    if (last !== one) this.active[at] = last;
    this.occupy(one, -1);
    return one;
  }

  /** Checks that each decision is a real one, and gives the rows as the database would have them then. */
  private commit(decisions: readonly Decision[]): InteractionFacts[] {
    return decisions.map((decision) => {
      const { interactionId: id } = decision;
      const facts = this.waiting.get(id);
      if (facts === undefined) throw new Error(`${id} does not wait`);
      if (decision.kind === 'OFFER') return this.offer(facts, decision);
      if (decision.kind !== 'NEW_ROUND') throw new Error(`${decision.kind} where nothing asks for it`);
      const row: InteractionFacts = {
        ...facts,
        declinedBy: [],
        lastDeclinedAt: null,
        offerRound: decision.round,
        roundNotBefore: decision.notBefore,
      };
      this.waiting.set(id, row);
      return row;
    });
  }

  private offer(facts: InteractionFacts, { agentId, queueId, expiresAt, why }: OfferDecision): InteractionFacts {
    const { id } = facts;
    if (facts.queueId !== queueId || why.summary === '') throw new Error(`${id} does not wait in ${queueId}`);
    this.waiting.delete(id);
    const row: InteractionFacts = { ...facts, state: 'OFFERED', agentId, offer: { id: `offer of ${id}`, offeredAt: this.now, expiresAt } };
    this.occupy(row, 1);
    this.offered.push(row);
    const agent = this.agentOf(row);
    const memberships = new Map(agent.memberships);
    const level = memberships.get(queueId)?.level;
    if (level !== undefined) memberships.set(queueId, { level, lastOfferedAt: this.now });
    this.agents.set(agentId, { ...agent, memberships, idleSince: this.now });
    return row;
  }

  private occupy(facts: InteractionFacts, times: 1 | -1): void {
    const agent = this.agentOf(facts);
    const channel = CHANNELS.find((one) => one.channel === facts.channel) as ChannelFacts;
    const used = this.used.get(agent.id) ?? { all: 0, firm: 0 };
    used.all += times * channel.weight;
    if (!channel.interruptible) used.firm += times * channel.weight;
    this.used.set(agent.id, used);
    if (times === 1 && (channel.interruptible ? used.all : used.firm) > agent.capacity) throw new Error(`${agent.id} is given too much`);
    if (times === 1 && !agent.channels.has(facts.channel)) throw new Error(`${agent.id} takes no ${facts.channel}`);
  }

  private agentOf({ agentId }: InteractionFacts): AgentFacts {
    const agent = this.agents.get(agentId ?? '');
    if (agent === undefined) throw new Error(`${agentId} is nobody`);
    return agent;
  }

  private arrive(queue: Queue, at: number): void {
    const facts = this.makeInteraction(queue, at);
    this.waiting.set(facts.id, facts);
    this.router.setInteraction(facts);
  }

  // ---- what there is

  private makeQueue(index: number): Queue {
    const products = this.some(this.upTo(2), SKILLS - LANGUAGES);
    const facts: QueueFacts = {
      id: this.uuid(),
      name: `Queue ${index}`,
      priority: this.pick([20, 40, 50, 50, 60, 80]),
      strategy: this.pick(STRATEGIES),
      skills: products.map((i) => ({ skillId: skillId(i), minLevel: 1 + this.upTo(2), mandatory: this.chance() < 0.3 })),
      relaxation: this.pick([[], [{ afterMs: 2 * MINUTE, levelDrop: 1 }], RELAXING_TWICE]),
      levelDelayMs: this.pick([[], [20_000], [15_000, 45_000]]),
      offerTimeoutMs: 20_000,
      overflow: null,
      askAgainMs: MINUTE,
      keepsPlace: false,
      maxPerAgent: null,
      open: true,
    };
    const languages = this.some(3, LANGUAGES).map((i) => skillId(SKILLS - 1 - i));
    return { facts, mainChannel: this.pick(CHANNELS).channel, languages, members: [] };
  }

  /** In three to eight queues, with most of the skills that these ask for, and some of their languages. */
  private makeAgent(all: readonly Queue[]): void {
    const queues = this.some(3 + this.upTo(5), QUEUES).map((i) => all[i] as Queue);
    const skills = new Map<string, number>();
    for (const { facts } of queues) {
      for (const { skillId: id } of facts.skills) if (this.chance() < 0.9) skills.set(id, 1 + this.upTo(4));
    }
    for (const { languages } of queues) if (this.chance() < 0.5) skills.set(this.pick(languages), 2 + this.upTo(3));
    const agent: AgentFacts = {
      id: this.uuid(),
      name: `Agent ${this.agents.size}`,
      capacity: this.pick([100, 100, 100, 150, 200]),
      skills,
      memberships: new Map(queues.map(({ facts }) => [facts.id, { level: this.pick([1, 1, 1, 2, 3]), lastOfferedAt: 0 }])),
      channels: new Set(this.pick<RoutedChannel[]>([ROUTED, ROUTED, ROUTED, ['VOICE', 'CHAT'], ['CHAT', 'EMAIL']])),
      availability: 'AVAILABLE',
      presenceName: 'Available',
      presenceSince: this.now - 60 * MINUTE,
      connected: true,
      disconnectedAt: null,
      graceMs: 10_000,
      notResponding: false,
      presenceSetAt: 0,
      wrapUps: [],
      teamCap: null,
      idleSince: this.now - Math.floor(this.chance() * 10 * MINUTE),
    };
    this.agents.set(agent.id, agent);
    for (const queue of queues) queue.members.push(agent);
  }

  /** Some ask for a language, some are kept for somebody, some were declined once. */
  private makeInteraction({ facts: queue, mainChannel, languages, members }: Queue, queuedAt: number): InteractionFacts {
    const somebody = members.length === 0 ? null : this.pick(members);
    const language: SkillNeed = { skillId: this.pick(languages), minLevel: 1 + this.upTo(2), mandatory: true };
    const isSticky = somebody !== null && this.chance() < 0.03;
    const wasDeclined = somebody !== null && this.chance() < 0.02;
    return {
      id: this.uuid(),
      channel: this.chance() < 0.8 ? mainChannel : this.pick(CHANNELS).channel,
      state: 'QUEUED',
      queueId: queue.id,
      priority: this.pick([50, 50, 50, 50, 60, 70]),
      skills: this.chance() < 0.3 ? [language] : [],
      queuedAt,
      arrivedAt: queuedAt,
      dueAt: this.chance() < 0.6 ? queuedAt + this.pick([1, 5, 15]) * MINUTE : null,
      agentId: null,
      offer: null,
      preferred: isSticky ? { agentId: somebody.id, until: queuedAt + 2 * MINUTE, kind: 'STICKY' } : null,
      declinedBy: wasDeclined ? [somebody.id] : [],
      offerRound: 0,
      lastDeclinedAt: null,
      roundNotBefore: null,
    };
  }

  // ---- chance

  private upTo(max: number): number {
    return Math.floor(this.chance() * (max + 1));
  }

  private pick<T>(all: readonly T[]): T {
    return all[Math.floor(this.chance() * all.length)] as T;
  }

  /** So many different numbers below `limit`. */
  private some(count: number, limit: number): number[] {
    const chosen = new Set<number>();
    while (chosen.size < count) chosen.add(Math.floor(this.chance() * limit));
    return [...chosen];
  }

  private uuid(): string {
    const hex = Array.from({ length: 4 }, () =>
      Math.floor(this.chance() * 2 ** 32)
        .toString(16)
        .padStart(8, '0'),
    ).join('');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
  }
}

/** As a row read from the database would be: equal, and new all through. */
function readAgain(agent: AgentFacts): AgentFacts {
  const memberships = new Map([...agent.memberships].map(([id, membership]) => [id, { ...membership }]));
  return { ...agent, skills: new Map(agent.skills), memberships, channels: new Set(agent.channels) };
}

const ROUTED: RoutedChannel[] = CHANNELS.map(({ channel }) => channel);

const RELAXING_TWICE = [
  { afterMs: 30_000, levelDrop: 1 },
  { afterMs: 3 * MINUTE, levelDrop: 2 },
];

function skillId(index: number): string {
  return `5c1110${String(index).padStart(2, '0')}-0000-4000-8000-000000000000`;
}
