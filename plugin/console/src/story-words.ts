/** What happened to an interaction, told with the names, numbers and times that the log has of it. */
import { asNamed } from '@patchbay/pages/names';
import { eventWord } from './event-words';
import type { Channel, SlaMilestoneKind } from './generated/operations';
import { duration, moment, number, t } from './language';
import type { Clock, Line } from './story';
import { channelTitle, milestoneWord } from './words';

type Facts = Readonly<Record<string, unknown>>;

const factsOf = ({ event: { facts } }: Line): Facts => (facts ?? {}) as Facts;
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const count = (value: unknown): string => (typeof value === 'number' ? number(value) : '');
const time = (ms: unknown): string => duration((typeof ms === 'number' ? ms : 0) / 1_000);
const when = (at: unknown): string => (typeof at === 'string' && at !== '' ? moment(at) : '');

function nameOf(id: unknown, rows: readonly { id: string; name: string }[], unseen: string): string {
  return rows.find((row) => row.id === id)?.name ?? unseen;
}
const queue = (line: Line, id: unknown): string => nameOf(id, line.queues.map(asNamed), t('another queue'));
const agent = (line: Line, id: unknown): string => nameOf(id, line.agents, t('another agent'));
const clockOf = (facts: Facts): string => milestoneWord(facts['kind'] as SlaMilestoneKind);

const returned = (line: Line, { because, agentId, offerId, reason }: Facts): string => {
  const who = { agent: agent(line, agentId) };
  if (because === 'DECLINED') return t('Declined by {{agent}}: {{reason}}', { ...who, reason: text(reason) });
  if (because === 'LAPSED') return t('The offer to {{agent}} expired without an answer.', who);
  if (because === 'WITHDRAWN') return t('The offer to {{agent}} was taken back.', who);
  return offerId === undefined
    ? t('Back in its queue: its agent {{agent}} is lost.', who)
    : t('The offer to {{agent}} was taken back: the agent is lost.', who);
};

/** Events that say more than their kind. */
const TOLD: Readonly<Record<string, (line: Line, facts: Facts) => string>> = {
  'interaction.opened': (_, { direction, channel }) =>
    direction === 'OUTBOUND'
      ? t('Made, to go out: {{channel}}', { channel: channelTitle(channel as Channel) })
      : t('Came in: {{channel}}', { channel: channelTitle(channel as Channel) }),
  'interaction.queued': (line, { queueId }) => t('Entered queue {{queue}}', { queue: queue(line, queueId) }),
  'interaction.offered': (line, { agentId }) => t('Offered to {{agent}}', { agent: agent(line, agentId) }),
  'interaction.accepted': (line, { agentId, waitMs }) =>
    t('Accepted by {{agent}} after {{time}} of waiting', { agent: agent(line, agentId), time: time(waitMs) }),
  'interaction.returned': returned,
  'interaction.transferred': (line, { toQueueId, toAgentId }) =>
    typeof toAgentId === 'string'
      ? t('Transferred to agent {{agent}}', { agent: agent(line, toAgentId) })
      : t('Transferred to queue {{queue}}', { queue: queue(line, toQueueId) }),
  'interaction.escalated': (line, { toQueueId, before, priority }) =>
    t('Escalated to queue {{queue}}, priority {{before}} → {{after}}', {
      queue: queue(line, toQueueId),
      before: count(before),
      after: count(priority),
    }),
  'interaction.overflowed': (line, { fromQueueId, toQueueId }) =>
    t('Waited too long in {{from}} and moved on to {{to}}', { from: queue(line, fromQueueId), to: queue(line, toQueueId) }),
  'interaction.priority_set': (_, { before, priority }) =>
    t('Priority {{before}} → {{after}}', { before: count(before), after: count(priority) }),
  'interaction.closed': (_, { disposition }) =>
    typeof disposition === 'string' ? t('Closed: {{disposition}}', { disposition }) : t('Closed without a disposition'),
  'interaction.abandoned': (_, { waitMs }) => t('The customer left after {{time}} of waiting', { time: time(waitMs) }),
  'interaction.merged': (_, { intoNumber }) => t('Merged into #{{number}}', { number: intoNumber }),
  'interaction.absorbed': (_, { fromNumber }) => t('#{{number}} was merged into it', { number: fromNumber }),
  'interaction.split': (_, { fromNumber }) => t('Split from #{{number}} again', { number: fromNumber }),
  'interaction.message_received': ({ message }) =>
    message ? t('Message from {{who}}', { who: message.fromName ?? message.from ?? t('the customer') }) : t('The customer wrote.'),
  'interaction.message_sent': ({ message }) => (message?.author ? t('Message to the customer') : t('Automatic message to the customer')),
  'sla.warned': (_, facts) => t('{{clock}}: the time is nearly over, due {{when}}', { clock: clockOf(facts), when: when(facts['dueAt']) }),
  'sla.breached': (_, facts) => t('{{clock}}: not kept by {{when}}', { clock: clockOf(facts), when: when(facts['dueAt']) }),
  'sla.escalated': (_, facts) =>
    t('{{clock}}: step {{rung}} of {{rungs}} of the escalation', {
      clock: clockOf(facts),
      rung: count(facts['rung']),
      rungs: count(facts['rungs']),
    }),
  'sla.paused': (_, facts) =>
    t('{{clock}}: paused after {{used}} of {{target}}', {
      clock: clockOf(facts),
      used: time(facts['usedMs']),
      target: time(facts['targetMs']),
    }),
  'sla.resumed': (_, facts) => t('{{clock}}: goes on, due {{when}}', { clock: clockOf(facts), when: when(facts['dueAt']) }),
  'sla.reset': (_, facts) => t('{{clock}}: began anew, due {{when}}', { clock: clockOf(facts), when: when(facts['dueAt']) }),
  'sla.retargeted': (_, facts) => t('{{clock}}: now due {{when}}', { clock: clockOf(facts), when: when(facts['dueAt']) }),
  'sla.ended': (_, facts) => t('{{clock}}: promised no longer', { clock: clockOf(facts) }),
  'sla.switched_off': (_, facts) => t('{{clock}}: switched off', { clock: clockOf(facts) }),
};

export const lineWord = (line: Line): string => {
  const { type } = line.event;
  return TOLD[type]?.(line, factsOf(line)) ?? eventWord(type, type);
};

/** Events whose message is told with them; what became of it later is told without. */
const SAYS = /^interaction\.(message_received|message_sent|note_added)$/;

/** What somebody wrote along with it; null where nothing was. */
export function lineNote(line: Line): string | null {
  const { note, reason } = factsOf(line);
  if (line.message && SAYS.test(line.event.type)) return line.message.text;
  if (typeof note === 'string' && note !== '') return note;
  return line.event.type === 'sla.switched_off' && typeof reason === 'string' ? reason : null;
}

export const beganWord = ({ kind, dueAt, state }: Clock): string =>
  dueAt && state === 'RUNNING'
    ? t('{{clock}}: began, due {{when}}', { clock: milestoneWord(kind), when: moment(dueAt) })
    : t('{{clock}}: began', { clock: milestoneWord(kind) });

export function endedWord({ kind, state, breachedAt, usedSeconds }: Clock): string {
  const facts = { clock: milestoneWord(kind), used: duration(usedSeconds) };
  if (state === 'CANCELLED') return t('{{clock}}: promised no longer', { clock: facts.clock });
  return breachedAt ? t('{{clock}}: ended late, after {{used}}', facts) : t('{{clock}}: kept, after {{used}}', facts);
}
