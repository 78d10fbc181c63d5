/**
 * Interactions as they were: folds the log into what a condition would have seen after each event. What no event tells
 * (subject, description, skills, what is known of the customer) is as it is today.
 */
import type { LogEvent } from '../platform/event-tail.js';
import type { Channel } from '../platform/generated/channels.js';
import type { InteractionState } from '../platform/generated/graphql.js';
import { KEPT_BY_MESSAGE, keptByAcceptance } from '../sla/answers.js';
import type { Facts } from './facts.js';

/** Names by id; '' where unknown. */
export interface PastNames {
  queue(id: string): Facts['queue'] & { slaPolicy: string };
  agent(id: string): string;
  slaPolicy(id: string): string;
  customer(id: string): Facts['customer'];
}

export type Present = Omit<Facts, 'event' | 'now'>;

const STATES: Readonly<Record<string, InteractionState>> = {
  'interaction.queued': 'QUEUED',
  'interaction.offered': 'OFFERED',
  'interaction.accepted': 'ACTIVE',
  'interaction.returned': 'QUEUED',
  'interaction.held': 'ON_HOLD',
  'interaction.resumed': 'ACTIVE',
  'interaction.awaits_customer': 'WAITING_FOR_CUSTOMER',
  'interaction.customer_replied': 'ACTIVE',
  'interaction.ended': 'WRAP_UP',
  'interaction.closed': 'CLOSED',
  'interaction.merged': 'CLOSED',
  'interaction.abandoned': 'ABANDONED',
};

const FINAL: readonly InteractionState[] = ['CLOSED', 'ABANDONED'];
const WAITING: readonly InteractionState[] = ['QUEUED', 'OFFERED'];
/** Escalations of before the log told what the priority had been. */
const ESCALATION_RAISE = 20;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The priority it began with, which only later events may tell. */
function firstPriority(events: readonly LogEvent[], now: number): number {
  for (const { type, facts } of events) {
    if (type === 'interaction.opened' && typeof facts.priority === 'number') return facts.priority;
    if (type === 'interaction.priority_set' && typeof facts.before === 'number') return facts.before;
    if (type === 'interaction.escalated' && typeof facts.before === 'number') return facts.before;
    if (type === 'interaction.escalated' && typeof facts.priority === 'number') return Math.max(0, facts.priority - ESCALATION_RAISE);
  }
  return now;
}

/** One interaction on its way through the log. */
export class PastInteraction {
  private state: InteractionState = 'CREATED';
  private queueId = '';
  private agentId = '';
  private customerId: string;
  private priority: number;
  private escalationLevel = 0;
  private transferCount = 0;
  private reopenCount = 0;
  private disposition = '';
  private slaPolicyId = '';
  private queuedAt: Date | null = null;
  private readonly warned = new Set<string>();
  private readonly breached = new Set<string>();
  /** Clocks that stand still. */
  private readonly paused = new Set<string>();

  /**
   * @param present what is known of it today
   * @param events all that the log holds of it, in order
   */
  constructor(
    private readonly present: Present,
    events: readonly LogEvent[],
  ) {
    this.customerId = present.customer.id;
    // Later linked to somebody: then it was nobody's, or whoever it was opened for.
    if (events.some(({ type }) => type === 'interaction.customer_linked')) this.customerId = '';
    this.priority = firstPriority(events, present.interaction.priority);
  }

  get isOpen(): boolean {
    return !FINAL.includes(this.state);
  }

  apply({ type, at, facts }: LogEvent): void {
    this.state = STATES[type] ?? this.state;
    switch (type) {
      case 'interaction.opened':
        this.customerId = text(facts.customerId);
        this.queueId = text(facts.queueId);
        if (this.queueId) {
          this.state = 'QUEUED';
          this.queuedAt = at;
        }
        break;
      case 'interaction.queued':
        this.queueId = text(facts.queueId);
        this.agentId = '';
        this.queuedAt = at;
        this.settle('TIME_TO_ACCEPT');
        break;
      case 'interaction.returned':
        this.agentId = '';
        break;
      case 'interaction.accepted':
        this.agentId = text(facts.agentId);
        this.settle(...keptByAcceptance(this.present.interaction.channel as Channel));
        break;
      case 'interaction.transferred':
        this.transferCount += 1;
        break;
      case 'interaction.escalated':
        if (typeof facts.priority === 'number') this.priority = facts.priority;
        this.escalationLevel = typeof facts.level === 'number' ? facts.level : this.escalationLevel + 1;
        break;
      case 'interaction.reopened':
        this.reopenCount += 1;
        this.disposition = '';
        break;
      case 'interaction.priority_set':
        if (typeof facts.priority === 'number') this.priority = facts.priority;
        break;
      case 'interaction.customer_linked':
        this.customerId = text(facts.customerId);
        break;
      case 'interaction.sla_policy_set':
        this.slaPolicyId = text(facts.slaPolicyId);
        break;
      case 'interaction.message_sent':
        this.settle(...KEPT_BY_MESSAGE);
        break;
      case 'interaction.closed':
        // Logs of before the name was told have the id alone.
        this.disposition = text(facts.disposition) || this.present.interaction.disposition;
        this.settle(...this.warned, ...this.breached);
        break;
      case 'interaction.abandoned':
      case 'interaction.merged':
        this.settle(...this.warned, ...this.breached);
        break;
      case 'sla.warned':
        this.warned.add(text(facts.kind));
        this.paused.delete(text(facts.kind));
        break;
      case 'sla.paused':
        this.paused.add(text(facts.kind));
        break;
      case 'sla.breached':
        this.breached.add(text(facts.kind));
        this.warned.delete(text(facts.kind));
        break;
      case 'sla.retargeted':
        this.warned.delete(text(facts.kind));
        break;
      case 'sla.ended':
        this.settle(text(facts.kind));
        break;
      case 'sla.resumed':
        if (!facts.pausedIn) this.paused.delete(text(facts.kind));
        if (facts.breachedAt) this.breached.add(text(facts.kind));
        break;
      default:
    }
  }

  /** What a condition would have seen then. */
  at(now: Date, names: PastNames): Present {
    const { interaction } = this.present;
    const queue = this.queueId ? names.queue(this.queueId) : null;
    const seconds = (since: Date): number => Math.max(0, Math.floor((now.getTime() - since.getTime()) / 1_000));
    return {
      interaction: {
        ...interaction,
        state: this.state,
        priority: this.priority,
        agent: this.agentId ? names.agent(this.agentId) : '',
        escalationLevel: this.escalationLevel,
        transferCount: this.transferCount,
        reopenCount: this.reopenCount,
        ageSeconds: seconds(interaction.createdAt),
        waitingSeconds: WAITING.includes(this.state) ? seconds(this.queuedAt ?? interaction.createdAt) : 0,
        slaPolicy: this.slaPolicyId ? names.slaPolicy(this.slaPolicyId) : (queue?.slaPolicy ?? ''),
        atRisk: [...this.warned].some((kind) => !this.paused.has(kind)),
        breached: this.breached.size > 0,
        disposition: this.disposition,
      },
      customer: names.customer(this.customerId),
      queue: queue
        ? { name: queue.name, department: queue.department, priority: queue.priority }
        : { name: '', department: '', priority: 0 },
    };
  }

  /** These promises are kept, or do not count any more. */
  private settle(...kinds: string[]): void {
    for (const kind of kinds) {
      this.warned.delete(kind);
      this.breached.delete(kind);
    }
  }
}
