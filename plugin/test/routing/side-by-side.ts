/** Lets a story happen to the router and to the reference, and compares them after each change. */
import { Router } from '../../src/routing/router.js';
import type { AgentFacts, ChannelFacts, Decision, Explanation, InteractionFacts, QueueFacts } from '../../src/routing/facts.js';
import { claim, copyOf } from './builders.js';
import type { Change, Outcome, Story } from './random-worlds.js';
import { Reference, type Bare } from './reference.js';

export interface Observer {
  before?: (both: SideBySide) => void;
  /** Before the database answers; `items` are as they were before the decisions. */
  after?: (both: SideBySide, decisions: Decision[], items: ReadonlyMap<string, InteractionFacts>) => void;
}

export class SideBySide {
  readonly router = new Router();
  readonly reference = new Reference();
  now = 1_000_000;
  private offers = 0;

  /** @param observer is called around each round of decisions */
  constructor(private readonly observer: Observer = {}) {}

  tell(story: Story): void {
    story.channels.forEach((facts) => this.setChannel(facts));
    story.queues.forEach((facts) => this.setQueue(facts));
    story.agents.forEach((facts) => this.setAgent(this.agentNow(facts)));
    story.interactions.forEach((facts) => this.setInteraction(this.interactionNow(facts)));
    story.changes.forEach((change) => this.apply(change));
    this.decide();
  }

  setChannel(facts: ChannelFacts): void {
    this.reference.channels.set(facts.channel, copyOf(facts));
    this.router.setChannels([copyOf(facts)]);
  }

  setQueue(facts: QueueFacts): void {
    this.reference.queues.set(facts.id, copyOf(facts));
    this.router.setQueue(copyOf(facts));
  }

  setAgent(facts: AgentFacts): void {
    this.reference.agents.set(facts.id, copyOf(facts));
    this.router.setAgent(copyOf(facts));
  }

  setInteraction(facts: InteractionFacts): void {
    this.reference.items.set(facts.id, copyOf(facts));
    this.router.setInteraction(copyOf(facts));
  }

  removeInteraction(id: string): void {
    this.reference.items.delete(id);
    this.router.removeInteraction(id);
  }

  /** Both decide; throws where they differ. The database commits everything, or does what `outcomes` say in turn. */
  decide(limit = 1_000, outcomes: Outcome[] = ['COMMITTED']): Decision[] {
    this.observer.before?.(this);
    const before = copyOf(this.reference.items);
    const expected = this.reference.decide(this.now, limit);
    const decisions = this.router.decide(this.now, limit);
    expect(decisions.map(bare)).toEqual(expected);
    this.observer.after?.(this, decisions, before);
    let n = 0;
    for (const decision of decisions) {
      if (decision.kind !== 'OFFER') continue;
      this.answer(decision, outcomes[n++ % outcomes.length] ?? 'COMMITTED', before);
    }
    return decisions;
  }

  private apply(change: Change): void {
    const { agents, items, queues } = this.reference;
    switch (change.kind) {
      case 'CHANNEL':
        return this.setChannel(change.facts);
      case 'QUEUE':
        return this.setQueue(merge(queues.get(change.facts.id), change.facts, change.fields));
      case 'AGENT': {
        const facts = merge(agents.get(change.facts.id), this.agentNow(change.facts), change.fields);
        return this.setAgent({ ...facts, disconnectedAt: facts.connected ? null : (facts.disconnectedAt ?? this.now) });
      }
      case 'INTERACTION':
        return this.setInteraction(merge(items.get(change.facts.id), this.interactionNow(change.facts), change.fields));
      case 'RUSH': {
        const facts = this.interactionNow(change.facts);
        return change.ids.forEach((id) => this.setInteraction({ ...facts, id }));
      }
      case 'REMOVE':
        return this.remove(change.what, change.pick);
      case 'ACT':
        return this.act(change.act, change.pick);
      case 'COME_BACK': {
        const agent = pickFrom([...agents.values()], change.pick);
        // A presence chosen by them, at this very moment.
        const back = {
          availability: 'AVAILABLE',
          connected: true,
          disconnectedAt: null,
          notResponding: false,
          presenceSetAt: this.now,
        } as const;
        if (agent !== undefined) this.setAgent(copyOf({ ...agent, ...back }));
        return;
      }
      case 'PULL':
        return this.pull(change.pick);
      case 'DECIDE':
        this.now += change.afterMs;
        this.decide(change.limit, change.outcomes);
    }
  }

  private act(act: Extract<Change, { kind: 'ACT' }>['act'], pick: number): void {
    const rings = (item: InteractionFacts): boolean => item.state === 'OFFERED' && item.offer !== null;
    const isHeld = (item: InteractionFacts): boolean => item.state !== 'QUEUED' && item.state !== 'OFFERED';
    const answers = act === 'ACCEPT' || act === 'DECLINE';
    const found = pickFrom([...this.reference.items.values()].filter(answers ? rings : isHeld), pick);
    if (found === undefined) return;
    const item = copyOf(found);
    const to = (changes: Partial<InteractionFacts>): void => this.setInteraction({ ...item, ...changes });
    switch (act) {
      case 'ACCEPT':
        return to({ state: 'ACTIVE', offer: null });
      case 'DECLINE': {
        const declinedBy = [...new Set(item.declinedBy).add(item.agentId ?? '')];
        return to({ state: 'QUEUED', agentId: null, offer: null, declinedBy, lastDeclinedAt: this.now });
      }
      case 'HOLD':
        return to({ state: 'ON_HOLD' });
      case 'WAIT':
        return to({ state: 'WAITING_FOR_CUSTOMER' });
      case 'RESUME':
        return to({ state: 'ACTIVE' });
      case 'WRAP_UP':
        return to({ state: 'WRAP_UP' });
      case 'CLOSE':
        return this.removeInteraction(item.id);
    }
  }

  private remove(what: 'QUEUE' | 'AGENT' | 'INTERACTION', pick: number): void {
    const { agents, items, queues } = this.reference;
    const map = what === 'QUEUE' ? queues : what === 'AGENT' ? agents : items;
    const id = pickFrom([...map.keys()], pick);
    if (id === undefined) return;
    map.delete(id);
    if (what === 'QUEUE') this.router.removeQueue(id);
    else if (what === 'AGENT') this.router.removeAgent(id);
    else this.router.removeInteraction(id);
  }

  private pull(pick: number): void {
    const agent = pickFrom([...this.reference.agents.values()], pick);
    if (agent === undefined) return;
    const expected = this.reference.pull(agent.id, this.now);
    const got = this.router.pull(agent.id, this.now);
    if ('kind' in got) {
      expect(bare(got)).toEqual(expected);
      this.commit(got.interactionId, got.expiresAt);
    } else {
      expect(expected).toBeNull();
      expectWords(got);
      expect(got.points.map(({ code }) => code)).not.toContain('ROUTER_PENDING');
    }
  }

  private answer(decision: Extract<Decision, { kind: 'OFFER' }>, outcome: Outcome, before: Map<string, InteractionFacts>): void {
    const id = decision.interactionId;
    const was = before.get(id);
    if (outcome === 'COMMITTED') this.commit(id, decision.expiresAt);
    else if (outcome === 'TAKEN') this.removeInteraction(id);
    else if (outcome === 'UNDONE' && was?.state === 'QUEUED') this.setInteraction(was);
  }

  /** The database has written the offer. */
  commit(id: string, expiresAt: number): void {
    const item = this.reference.items.get(id);
    if (item?.state !== 'OFFERED') return;
    this.setInteraction(copyOf({ ...item, offer: { id: `o${++this.offers}`, offeredAt: this.now, expiresAt } }));
  }

  private agentNow(facts: AgentFacts): AgentFacts {
    const at = (relative: number): number => this.now + relative;
    return {
      ...facts,
      memberships: new Map(
        [...facts.memberships].map(([id, { level, lastOfferedAt }]) => [id, { level, lastOfferedAt: at(-lastOfferedAt) }]),
      ),
      disconnectedAt: facts.disconnectedAt === null ? null : at(facts.disconnectedAt),
      presenceSince: at(facts.presenceSince),
      presenceSetAt: at(facts.presenceSetAt),
      idleSince: at(facts.idleSince),
    };
  }

  private interactionNow(facts: InteractionFacts): InteractionFacts {
    const at = (relative: number): number => this.now + relative;
    return {
      ...facts,
      queuedAt: at(facts.queuedAt),
      arrivedAt: at(facts.arrivedAt),
      lastDeclinedAt: facts.lastDeclinedAt === null ? null : at(facts.lastDeclinedAt),
      dueAt: facts.dueAt === null ? null : at(facts.dueAt),
      offer:
        facts.offer === null
          ? null
          : { id: `o${++this.offers}`, offeredAt: at(facts.offer.offeredAt), expiresAt: at(facts.offer.expiresAt) },
      preferred: facts.preferred === null ? null : { ...facts.preferred, until: at(facts.preferred.until) },
      roundNotBefore: facts.roundNotBefore === null ? null : at(facts.roundNotBefore),
    };
  }
}

export function bare(decision: Decision): Bare {
  if (decision.kind !== 'OFFER') return decision;
  const { why, ...rest } = decision;
  expectWords(why);
  return rest;
}

export function expectWords(explanation: Explanation): void {
  const { summary, points } = explanation;
  const texts = [summary, ...points.map(({ text }) => text)];
  const isWhole = points.length > 0 && texts.every((text) => /^\S.*\.$/.test(text));
  const json = JSON.stringify(explanation);
  claim(isWhole && !/undefined|NaN|null [a-z]/.test(json), () => json);
}

function merge<T extends object>(known: T | undefined, next: T, fields: (keyof T)[]): T {
  if (known === undefined) return next;
  const merged = copyOf(known);
  for (const field of fields) merged[field] = next[field];
  return merged;
}

function pickFrom<T>(all: T[], pick: number): T | undefined {
  return all[pick % Math.max(1, all.length)];
}
