/** Says why an interaction is where it is: which agents could take it, and for each other member the first obstacle. */
import { channels } from '../platform/generated/channels.js';
import { admittedLevels, asksAgainAt, everHelps, isAdmitted, levelDropAfter } from './eligibility.js';
import type { Memory } from './memory.js';
import { memberFor, obstacleBetween, type Obstacle } from './obstacles.js';
import { compareTickets } from './order.js';
import type { AgentNode, InteractionNode, Lane, Member, Ticket } from './nodes.js';
import { channelName, count, duration, list, NAMES_SHOWN, shown, verb } from './explain-words.js';
import type { Explanation, ExplanationCode, ExplanationPoint, QueueFacts } from './facts.js';

export function explainInteraction(memory: Memory, id: string): Explanation {
  const item = memory.nodes.interactions.get(id);
  if (item === undefined) return single('NOT_WAITING', 'It is closed, or the router has not read of it yet.', { state: null });
  const { facts, queue, ticket } = item;
  if (facts.state === 'OFFERED') return explainOffered(item, memory.now);
  if (facts.state !== 'QUEUED') {
    const agent = nameOf(item.holder);
    const text = `It does not wait for an agent: ${agent} ${DOING[facts.state]}.`;
    return single('NOT_WAITING', text, { agentId: facts.agentId, agent, state: facts.state });
  }
  if (queue === null) return single('NOT_WAITING', 'It is in no queue.', { state: 'CREATED' });
  if (ticket === null || queue.facts === null) {
    return single('QUEUE_CLOSED', 'Its queue is not in use any more.', { queueId: queue.id, inUse: false });
  }
  if (!queue.facts.open) {
    return single('QUEUE_CLOSED', `Queue ${queue.facts.name} is closed.`, { queueId: queue.id, queue: queue.facts.name, inUse: true });
  }
  if (ticket.lane.paused) {
    const untilMs = (facts.roundNotBefore ?? memory.now) - memory.now;
    const text = `Everybody who could take it was asked; the next round starts in ${duration(untilMs)}.`;
    return single('ROUND_PAUSE', text, { round: facts.offerRound, untilMs });
  }
  return explainWaiting(ticket, queue.facts, memory.now);
}

const DOING = {
  ACTIVE: 'works on it',
  ON_HOLD: 'has it on hold',
  WAITING_FOR_CUSTOMER: 'waits for the customer',
  WRAP_UP: 'is in wrap-up',
} as const;

function explainOffered({ facts, holder }: InteractionNode, now: number): Explanation {
  const agent = nameOf(holder);
  const leftMs = facts.offer === null ? null : facts.offer.expiresAt - now;
  const text = leftMs === null ? `It is being offered to ${agent}.` : `It rings at ${agent} for another ${duration(leftMs)}.`;
  return single('OFFERED', text, { agentId: facts.agentId, agent, leftMs });
}

function explainWaiting(ticket: Ticket, queue: QueueFacts, now: number): Explanation {
  const { lane } = ticket;
  const { reserved } = lane;
  const members = reserved === null ? lane.queue.members : [memberFor(reserved.agent, lane.queue)];
  if (members.length === 0) return single('NO_MEMBERS', `Queue ${queue.name} has no members.`, { queueId: queue.id, queue: queue.name });

  const able: Member[] = [];
  const hindered = new Map<Obstacle, Member[]>();
  for (const member of members) {
    const obstacle = obstacleBetween(member, lane);
    if (obstacle === null) able.push(member);
    else hindered.set(obstacle, [...(hindered.get(obstacle) ?? []), member]);
  }
  const ahead = aheadOf(ticket);
  if (able.length > 0) return explainPending(able, ahead);

  const points: ExplanationPoint[] = [];
  if (reserved !== null) {
    const untilMs = (ticket.item.facts.preferred?.until ?? now) - now;
    const text = `It is kept for ${nameOf(reserved.agent)} for another ${duration(untilMs)}.`;
    const { kind, agent } = reserved;
    points.push({ code: 'PREFERRED_AGENT', text, facts: { agentId: agent.id, agent: nameOf(agent), kind, untilMs } });
  }
  const phrases: string[] = [];
  for (const obstacle of OBSTACLES) {
    const concerned = hindered.get(obstacle);
    if (concerned === undefined) continue;
    points.push(pointFor(obstacle, concerned, members, ticket, queue, now));
    phrases.push(phraseFor(obstacle, concerned.length, lane));
  }
  const noRoom = hindered.has('CAPACITY') || hindered.has('QUEUE_CAP') || hindered.has('TEAM_CAP');
  if (ahead > 0 && noRoom) points.push(aheadPoint(ahead));
  const whoever = reserved === null ? `Nobody of ${count(members.length, 'member')} can take it now` : (points[0]?.text ?? '').slice(0, -1);
  return { summary: `${whoever}: ${phrases.join(', ')}.`, points };
}

/** In the order in which the explanation names them. */
const OBSTACLES: readonly Obstacle[] = [
  'SKILL',
  'MEMBERSHIP_LEVEL',
  'DECLINED',
  'TEAM_CAP',
  'QUEUE_CAP',
  'CAPACITY',
  'PRESENCE',
  'CONNECTION',
  'NOT_RESPONDING',
  'CHANNEL_OPT_IN',
];

function explainPending(able: readonly Member[], ahead: number): Explanation {
  const names = able.map(({ agent }) => nameOf(agent));
  const text = `${list(names)} can take it; the router offers it next.`;
  const facts = { count: able.length, agentIds: shown(able.map(({ agent }) => agent.id)), agents: shown(names) };
  const points: ExplanationPoint[] = [{ code: 'ROUTER_PENDING', text, facts }];
  if (ahead > 0) points.push(aheadPoint(ahead));
  return { summary: text, points };
}

function aheadPoint(ahead: number): ExplanationPoint {
  const text = `${count(ahead, 'interaction')} ${verb(ahead, 'is', 'are')} ahead of it in this queue.`;
  return { code: 'BEHIND_OTHERS', text, facts: { ahead } };
}

function aheadOf(ticket: Ticket): number {
  let ahead = 0;
  for (const lane of ticket.lane.queue.lanes.values()) {
    for (const other of lane.tickets.all()) if (compareTickets(other, ticket) < 0) ahead++;
  }
  return ahead;
}

function phraseFor(obstacle: Obstacle, n: number, { channel }: Lane): string {
  switch (obstacle) {
    case 'SKILL':
      return `${n} ${verb(n, 'lacks', 'lack')} a required skill`;
    case 'MEMBERSHIP_LEVEL':
      return `${n} ${verb(n, 'does', 'do')} not help yet`;
    case 'DECLINED':
      return `${n} ${verb(n, 'was', 'were')} asked already`;
    case 'TEAM_CAP':
      return `${n} ${verb(n, 'has', 'have')} as much at once as their team may`;
    case 'QUEUE_CAP':
      return `${n} ${verb(n, 'has', 'have')} as much of this queue at once as one agent may`;
    case 'CAPACITY':
      return `${n} ${verb(n, 'has', 'have')} no room`;
    case 'PRESENCE':
      return `${n} ${verb(n, 'is', 'are')} away or offline`;
    case 'CONNECTION':
      return `${n} ${verb(n, 'is', 'are')} not connected`;
    case 'NOT_RESPONDING':
      return `${n} ${verb(n, 'does', 'do')} not respond`;
    default:
      return `${n} ${verb(n, 'takes', 'take')} no ${channelName(channel.channel)} today`;
  }
}

function pointFor(
  obstacle: Obstacle,
  concerned: readonly Member[],
  members: readonly Member[],
  ticket: Ticket,
  queue: QueueFacts,
  now: number,
): ExplanationPoint {
  const agents = concerned.map(({ agent }) => agent);
  const facts: Record<string, unknown> = {
    count: concerned.length,
    of: members.length,
    agentIds: shown(agents.map(({ id }) => id)),
    agents: shown(agents.map(nameOf)),
  };
  const names = list(agents.map(nameOf));
  const n = agents.length;
  switch (obstacle) {
    case 'SKILL':
      return skillPoint(members, ticket, queue, now, facts);
    case 'MEMBERSHIP_LEVEL':
      return levelPoint(concerned, ticket, queue, now, facts);
    case 'DECLINED': {
      const againInMs = (asksAgainAt(ticket.item.facts, queue) ?? Infinity) - now;
      const again = againInMs === Infinity ? '' : `, but all again in ${duration(againInMs)} if nobody else could be`;
      const text = `${names} ${verb(n, 'was', 'were')} asked already; others are asked first${again}.`;
      return { code: obstacle, text, facts: { ...facts, againInMs: againInMs === Infinity ? null : againInMs } };
    }
    case 'TEAM_CAP': {
      const caps = [...new Set(agents.map(({ facts: agent }) => `${agent?.teamCap?.team} at most ${agent?.teamCap?.atMost}`))];
      const text = `${names} ${verb(n, 'has', 'have')} as much at once as their team may: ${list(caps)}.`;
      const teams = new Map(agents.map(({ facts: agent }) => [agent?.teamCap?.team, agent?.teamCap?.atMost]));
      return { code: obstacle, text, facts: { ...facts, teams: [...teams].map(([team, limit]) => ({ team, limit })) } };
    }
    case 'QUEUE_CAP': {
      const limit = queue.maxPerAgent;
      const text = `${names} ${verb(n, 'has', 'have')} as much of queue ${queue.name} at once as one agent may: ${limit}.`;
      return { code: obstacle, text, facts: { ...facts, queue: queue.name, limit } };
    }
    case 'CAPACITY':
      return {
        code: obstacle,
        text: `${groups(agents, (agent) => BUSY[busyWith(agent)])}.`,
        facts: { ...facts, busy: each(agents, busyWith) },
      };
    case 'PRESENCE': {
      const presences = each(agents, (agent) => presenceFacts(agent, now));
      return { code: obstacle, text: `${groups(agents, (agent) => presenceOf(agent, now))}.`, facts: { ...facts, presences } };
    }
    case 'CONNECTION':
      return { code: obstacle, text: `${names} ${verb(n, 'is', 'are')} not connected.`, facts };
    case 'NOT_RESPONDING': {
      const text = `${names} let an offer lapse and ${verb(n, 'gets', 'get')} nothing before setting a presence.`;
      return { code: obstacle, text, facts };
    }
    default: {
      const channel = channelName(ticket.lane.channel.channel);
      return {
        code: obstacle,
        text: `${names} ${verb(n, 'takes', 'take')} no ${channel} today.`,
        facts: { ...facts, channel: ticket.lane.channel.channel },
      };
    }
  }
}

/** "3 of 5 members have Czech at level 2 or higher." */
function skillPoint(
  members: readonly Member[],
  ticket: Ticket,
  queue: QueueFacts,
  now: number,
  facts: Record<string, unknown>,
): ExplanationPoint {
  const { needs, skills } = ticket.lane.requirement;
  const have = needs.map((need, i) => {
    const n = members.filter(({ agent }) => (agent.facts?.skills.get(need.skillId) ?? 0) >= need.minLevel).length;
    const who = n === 0 ? `None of ${count(members.length, 'member')}` : `${n} of ${count(members.length, 'member')}`;
    const text = `${who} ${verb(n, 'has', 'have')} ${skills[i]?.name} at level ${need.minLevel} or higher.`;
    return { n, text, fact: { skillId: need.skillId, skill: skills[i]?.name, minLevel: need.minLevel, have: n } };
  });
  const scarce = have.filter(({ n }) => n < members.length).sort((a, b) => a.n - b.n);
  const waitedMs = now - ticket.queuedAt;
  const drop = levelDropAfter(queue, waitedMs);
  const next = queue.relaxation.find((step) => step.afterMs > waitedMs && step.levelDrop > drop);
  const texts = scarce.slice(0, 3).map(({ text }) => text);
  if (next !== undefined) {
    texts.push(`Required levels fall by ${next.levelDrop - drop} in ${duration(next.afterMs - waitedMs)}.`);
  }
  return {
    code: 'SKILL',
    text: texts.join(' '),
    facts: {
      ...facts,
      needs: scarce.map(({ fact }) => fact),
      relaxesInMs: next === undefined ? null : next.afterMs - waitedMs,
      relaxesBy: next === undefined ? null : next.levelDrop - drop,
    },
  };
}

/** "Level-2 members help in 14 s." */
function levelPoint(
  concerned: readonly Member[],
  ticket: Ticket,
  queue: QueueFacts,
  now: number,
  facts: Record<string, unknown>,
): ExplanationPoint {
  const waitedMs = now - ticket.queuedAt;
  const levels = [...new Set(concerned.map(({ level }) => level))].sort((a, b) => a - b);
  const helps = levels
    .filter((level) => !isAdmitted(level, admittedLevels(queue, waitedMs)))
    .map((level) => ({ level, inMs: everHelps(queue, level) ? (queue.levelDelayMs[level - 2] ?? 0) - waitedMs : null }));
  const text = helps
    .map(({ level, inMs }) => `Level-${level} members ${inMs === null ? 'never help' : `help in ${duration(inMs)}`}.`)
    .join(' ');
  return { code: 'MEMBERSHIP_LEVEL', text, facts: { ...facts, levels: helps } };
}

/** "2 are on a call (Anna and Boris), 1 is in wrap-up (Cyril)". */
function groups(agents: readonly AgentNode[], what: (agent: AgentNode) => string): string {
  const byWhat = new Map<string, string[]>();
  for (const agent of agents) byWhat.set(what(agent), [...(byWhat.get(what(agent)) ?? []), nameOf(agent)]);
  const texts = [...byWhat].map(([state, names]) => ({ state, names })).sort((a, b) => b.names.length - a.names.length);
  let left = 5;
  return texts
    .map(({ state, names }) => {
      const named = names.slice(0, left);
      left -= named.length;
      const who = `${names.length} ${verb(names.length, 'is', 'are')} ${state}`;
      if (named.length === 0) return who;
      return `${who} (${named.join(', ')}${named.length < names.length ? ', …' : ''})`;
    })
    .join(', ');
}

/** The first few agents, each with what is said of them. */
const each = <T>(agents: readonly AgentNode[], what: (agent: AgentNode) => T): { agent: string; is: T }[] =>
  agents.slice(0, NAMES_SHOWN).map((agent) => ({ agent: nameOf(agent), is: what(agent) }));

/** What leaves an agent no room. */
export type Busy = 'ON_A_CALL' | 'BEING_OFFERED' | 'IN_WRAP_UP' | 'TOO_SMALL' | 'WORKING';

export const BUSY: Readonly<Record<Busy, string>> = {
  ON_A_CALL: 'on a call',
  BEING_OFFERED: 'being offered something else',
  IN_WRAP_UP: 'in wrap-up',
  TOO_SMALL: 'too small for this channel',
  WORKING: 'working on something else',
};

export function busyWith(agent: AgentNode): Busy {
  const held = [...agent.holds].map(({ facts }) => facts);
  if (held.some(({ channel, state }) => channels[channel].conversation === 'SPOKEN' && (state === 'ACTIVE' || state === 'ON_HOLD')))
    return 'ON_A_CALL';
  if (held.some(({ state }) => state === 'OFFERED')) return 'BEING_OFFERED';
  if (held.some(({ state }) => state === 'WRAP_UP') || agent.wrappingUp.count > 0) return 'IN_WRAP_UP';
  return held.length === 0 ? 'TOO_SMALL' : 'WORKING';
}

export const presenceFacts = ({ facts }: AgentNode, now: number): Record<string, unknown> => ({
  availability: facts?.availability ?? 'OFFLINE',
  presence: facts?.presenceName ?? null,
  forMs: facts === null ? null : now - facts.presenceSince,
});

export function presenceOf({ facts }: AgentNode, now: number): string {
  if (facts === null || facts.availability === 'OFFLINE') return 'offline';
  return `away: ${facts.presenceName} for ${duration(now - facts.presenceSince)}`;
}

function nameOf(agent: AgentNode | null): string {
  return agent?.facts?.name ?? 'an agent who left';
}

function single(code: ExplanationCode, text: string, facts: Record<string, unknown> = {}): Explanation {
  return { summary: text, points: [{ code, text, facts }] };
}
