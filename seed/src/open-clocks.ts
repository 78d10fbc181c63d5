/** The SLA clocks of open cases, as the engine would have them by now. Times in milliseconds since the epoch. */
import type { ContactCenter, MilestoneRecord, SlaPolicyRecord } from './contact-center.js';
import type { CustomerRecord } from './customers.js';
import type { InteractionRecord } from './history-records.js';
import type { Random } from './random.js';
import type { Row } from './rows.js';
import { uuidV7 } from './uuid.js';

type ClockRow = Row<'sla_clocks'>;

const time = (at: number): string => new Date(at).toISOString();

/** What waits in a queue has used the time since it came; what somebody holds waited for its customer in between. */
export function openClocks(
  random: Random,
  center: ContactCenter,
  people: readonly CustomerRecord[],
  cases: readonly InteractionRecord[],
  reference: number,
): ClockRow[] {
  const tiers = new Map(people.map(({ id, tier }) => [id, tier]));
  return cases.flatMap((row) => {
    const queue = center.queues.find(({ id }) => id === row.queueId);
    const policy = center.slaPolicies.find(({ id }) => id === queue?.slaPolicyId);
    if (!policy) return [];
    const isVip = row.customerId !== null && tiers.get(row.customerId) === 'VIP';
    return policy.milestones
      .filter(({ kind }) => row.state === 'QUEUED' || kind === 'RESOLUTION')
      .map((milestone) => clock(random, row, policy, milestone, isVip, reference));
  });
}

function clock(
  random: Random,
  row: InteractionRecord,
  policy: SlaPolicyRecord,
  { kind, targetSeconds: general, targets, warnings, pausedIn, escalation }: MilestoneRecord,
  isVip: boolean,
  reference: number,
): ClockRow {
  const own = isVip ? targets[0] : undefined;
  const targetMs = (own?.targetSeconds ?? general) * 1_000;
  const waits = row.state === 'QUEUED';
  const usedMs = waits ? 0 : Math.floor(targetMs * (0.2 + random.float() * 0.7));
  const paused = pausedIn.includes(row.state);
  const since = waits ? row.createdAt : reference;
  const steps = [
    ...warnings.map(({ percent }) => (targetMs * percent) / 100),
    targetMs,
    ...escalation.map(({ afterSeconds }) => targetMs + afterSeconds * 1_000),
  ];
  const fires = steps.map((at) => time(since + Math.max(0, at - usedMs)));
  const step = steps.filter((at) => at <= usedMs).length;
  return {
    id: uuidV7(random, row.createdAt),
    interaction_id: row.id,
    queue_id: row.queueId,
    policy_id: policy.id,
    policy_version: policy.version,
    kind,
    matched: own ? 'customer VIP' : '',
    state: paused ? 'PAUSED' : 'RUNNING',
    started_at: time(row.createdAt),
    target_ms: targetMs,
    used_ms: usedMs,
    running_since: paused ? null : time(since),
    paused_in: paused ? row.state : null,
    due_at: paused ? null : time(since + targetMs - usedMs),
    fires,
    warnings: warnings.length,
    step,
    warned_at: step > 0 ? time(reference - 60_000) : null,
    fire_at: paused ? null : fires[step],
  };
}
