/** The router: facts of a contact center go in; which agent is offered which interaction, which work comes back, and why, comes out. */
import { bestTicketFor, explainAgent, type Asked } from './explain-agent.js';
import { explainInteraction } from './explain-interaction.js';
import type { Channel } from '../platform/generated/graphql.js';
import { Memory } from './memory.js';
import { isSameInteraction, isSameQueue } from './same-facts.js';
import { nextDecision, offer } from './decisions.js';
import { explainCandidates, explainQueue, type Candidate } from './explain-queue.js';
import { whyPulled } from './explain-offer.js';
import type { AgentFacts, ChannelFacts, Decision, Explanation, InteractionFacts, OfferDecision, QueueFacts, SkillFacts } from './facts.js';

/**
 * Facts come in by `set…` and `remove…`, in any order, each replacing the facts known of its record; the same fact
 * again changes nothing. Decisions come out of `decide` and are taken for granted at once, so that one call can make
 * many; a decision that the database refused is undone by handing over the record as it really is. Times are
 * milliseconds since the epoch; a time before the latest one given counts as that one.
 */
export class Router {
  private readonly memory = new Memory();

  /** Names for explanations; without one the skill's id stands there. */
  setSkills(skills: readonly SkillFacts[]): void {
    for (const { id, name } of skills) this.memory.nodes.skill(id).name = name;
  }

  /** A channel that was never set fills an agent of capacity 100, and its work stays with an agent who is lost. */
  setChannels(channels: readonly ChannelFacts[]): void {
    for (const facts of channels) this.memory.setChannel(facts);
  }

  setQueue(facts: QueueFacts): void {
    const queue = this.memory.nodes.queue(facts.id);
    if (queue.facts === null || !isSameQueue(queue.facts, facts)) this.memory.setQueue(queue, facts);
  }

  /** The queue's interactions are offered to nobody until they are moved or the queue is set again. */
  removeQueue(id: string): void {
    const queue = this.memory.nodes.queues.get(id);
    if (queue !== undefined && queue.facts !== null) this.memory.setQueue(queue, null);
  }

  setAgent(facts: AgentFacts): void {
    this.memory.setAgent(this.memory.nodes.agent(facts.id), facts);
  }

  /** Everything that this agent still holds goes back to its queue, whatever the policy of its channel. */
  removeAgent(id: string): void {
    const agent = this.memory.nodes.agents.get(id);
    if (agent !== undefined && agent.facts !== null) this.memory.setAgent(agent, null);
  }

  setInteraction(facts: InteractionFacts): void {
    const known = this.memory.nodes.interactions.get(facts.id);
    if (known === undefined) this.memory.addInteraction(facts);
    else if (!isSameInteraction(known.facts, facts)) this.memory.changeInteraction(known, facts);
  }

  /** For one that is closed, abandoned, or not routed at all. */
  removeInteraction(id: string): void {
    const known = this.memory.nodes.interactions.get(id);
    if (known !== undefined) this.memory.removeInteraction(known);
  }

  /**
   * @param limit at most this many decisions; with fewer in the answer none is left to take at `now`
   * @returns decisions in the order in which they are to be committed
   */
  decide(now: number, limit = Infinity): Decision[] {
    this.memory.advance(now);
    const decisions: Decision[] = [];
    while (decisions.length < limit) {
      const decision = nextDecision(this.memory);
      if (decision === null) break;
      decisions.push(decision);
    }
    return decisions;
  }

  /**
   * When to call `decide` again if no fact changes before: `now` while decisions may be left, null for never. Something
   * may have become possible then, but need not.
   */
  nextDue(now: number): number | null {
    this.memory.advance(now);
    return this.memory.atRest ? this.memory.timers.next : this.memory.now;
  }

  /**
   * "Next for me": the first interaction that this agent can take, on their own request, so being away, the delay of
   * their membership level, a round's pause and having declined it before do not matter. Offers it, or says why not.
   */
  pull(agentId: string, now: number): OfferDecision | Explanation {
    this.memory.advance(now);
    const agent = this.memory.nodes.agents.get(agentId);
    const ticket = agent === undefined ? null : bestTicketFor(agent, true);
    if (agent === undefined || ticket === null) return explainAgent(this.memory, agentId, { pulls: true });
    return offer(this.memory, ticket, agent, whyPulled(ticket, agent));
  }

  /** Where the interaction is, or why nobody has it yet. */
  explainInteraction(id: string, now: number): Explanation {
    this.memory.advance(now);
    return explainInteraction(this.memory, id);
  }

  /** The interaction that the agent gets next, or why there is none. */
  explainAgent(id: string, now: number, asked?: Asked): Explanation {
    this.memory.advance(now);
    return explainAgent(this.memory, id, asked);
  }

  /** Whom an interaction could be offered to that arrived in the queue now. */
  explainQueue(id: string, channel: Channel, now: number): Candidate[] {
    this.memory.advance(now);
    return explainQueue(this.memory, id, channel);
  }

  /** Whom an interaction that waits could be offered to. */
  explainCandidates(id: string, now: number): Candidate[] {
    this.memory.advance(now);
    return explainCandidates(this.memory, id);
  }

  /** Interactions that wait in a queue, closed ones included. */
  waitingIn(queueId: string): number {
    return this.memory.nodes.queues.get(queueId)?.waiting ?? 0;
  }
}
