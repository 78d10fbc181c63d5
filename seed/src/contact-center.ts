/**
 * The records of a contact center: who works in it, what waits where, and by which rules. Pure: the seed number decides
 * all of it, so that the same seed names the same queues and people on every machine and every day.
 */
import { asciiName, personName, seedNames } from './names.js';
import { DISPOSITIONS, type DispositionKey } from './dispositions.js';
import { ENTRY_POINTS, type EntryPointSpec } from './entry-points.js';
import { CHANNELS, type Channel } from './generated/channels.js';
import {
  COMPANY_DOMAIN,
  PRESENCE_STATUSES,
  SKILLS,
  SLA_POLICIES,
  TRIAL_AGENT_EMAIL,
  type Availability,
  type Requirement,
  type SkillKey,
  type SlaTargets,
  type Strategy,
} from './organisation.js';
import { QUEUES, type QueueKey, type QueueSpec, type RelaxationStep } from './queues.js';
import { HELPERS, TEAMS, type TeamSpec } from './teams.js';
import { randomStream, type Random } from './random.js';
import type { Language } from './texts.js';
import { uuidV4 } from './uuid.js';

export interface SkillRecord {
  id: string;
  key: SkillKey;
  name: string;
  category: string;
}

/** As interactions and entry points keep it. */
export interface SkillRequirement {
  skillId: string;
  minLevel: number;
  mandatory: boolean;
}

/** As the engine keeps it. */
export interface MilestoneRecord {
  kind: 'TIME_TO_ACCEPT' | 'FIRST_RESPONSE' | 'RESOLUTION';
  targetSeconds: number;
  targets: { targetSeconds: number; tiers: string[]; channels: string[]; minPriority: null; queueIds: string[]; languages: string[] }[];
  warnings: { percent: number; secondsBefore: null }[];
  pausedIn: string[];
  reopening: 'RESUME' | 'RESTART';
  escalation: { afterSeconds: number; actions: ActionRecord[] }[];
}

export interface ActionRecord {
  type: string;
  settings: Record<string, unknown>;
}

export interface RuleRecord {
  id: string;
  name: string;
  active: boolean;
  trigger: { events: string[] };
  condition: string;
  actions: ActionRecord[];
}

export interface SlaPolicyRecord {
  id: string;
  name: string;
  version: number;
  milestones: MilestoneRecord[];
}

export interface QueueRecord {
  id: string;
  key: QueueKey;
  name: string;
  department: string;
  priority: number;
  strategy: Strategy;
  skills: SkillRequirement[];
  relaxation: RelaxationStep[];
  levelDelaySeconds: number[];
  stickySeconds: number;
  offerTimeoutSeconds: number;
  overflowAfterSeconds: number | null;
  overflowQueueId: string | null;
  slaPolicyId: string;
  wrapUp: { channel: Channel; mode: 'TIMED'; seconds: number; extensionSeconds: number; afterTransfer: true }[];
}

export interface AgentRecord {
  id: string;
  name: string;
  email: string;
  teamId: string;
  language: Language;
  capacity: number;
  extension: string;
  channels: Channel[];
  skills: { skillId: string; level: number }[];
  memberships: { queueId: string; level: number }[];
}

export interface EntryPointRecord {
  id: string;
  channel: Channel;
  address: string;
  queueId: string;
  priority: number | null;
  skills: SkillRequirement[];
  spec: EntryPointSpec;
}

export interface ContactCenter {
  teams: { id: string; name: string }[];
  skills: SkillRecord[];
  presenceStatuses: { id: string; name: string; availability: Availability; reasons: string[] }[];
  slaPolicies: SlaPolicyRecord[];
  rules: RuleRecord[];
  queues: QueueRecord[];
  dispositions: { id: string; key: DispositionKey; name: string; channels: Channel[] }[];
  entryPoints: EntryPointRecord[];
  agents: AgentRecord[];
}

/** @param seed any integer, of which 32 bits count */
const DAY = 86_400;

/** What the engine would keep of these targets. A resolution waits for the customer, and climbs when it is late. */
function milestones({ acceptSeconds, firstResponseSeconds, resolutionSeconds }: SlaTargets, taskQueueId: string): MilestoneRecord[] {
  const milestone = (kind: MilestoneRecord['kind'], targetSeconds: number): MilestoneRecord => ({
    kind,
    targetSeconds,
    targets: [],
    warnings: [{ percent: 75, secondsBefore: null }],
    pausedIn: [],
    reopening: 'RESTART',
    escalation: [],
  });
  return [
    milestone('TIME_TO_ACCEPT', acceptSeconds),
    ...(firstResponseSeconds === null ? [] : [milestone('FIRST_RESPONSE', firstResponseSeconds)]),
    ...(resolutionSeconds === null
      ? []
      : [
          {
            ...milestone('RESOLUTION', resolutionSeconds),
            targets: [
              { targetSeconds: resolutionSeconds / 2, tiers: ['VIP'], channels: [], minPriority: null, queueIds: [], languages: [] },
            ],
            pausedIn: ['WAITING_FOR_CUSTOMER'],
            reopening: 'RESUME' as const,
            escalation: [
              {
                afterSeconds: 0,
                actions: [
                  { type: 'set-priority', settings: { by: 20 } },
                  { type: 'notify', settings: { agents: [], roles: ['SUPERVISOR'], text: 'Case {{ interaction.number }} is late.' } },
                ],
              },
              {
                afterSeconds: DAY / 2,
                actions: [
                  {
                    type: 'create-task',
                    settings: { queue: taskQueueId, subject: 'Tell {{ customer.name }} how far {{ interaction.number }} is' },
                  },
                ],
              },
              {
                afterSeconds: DAY,
                actions: [
                  { type: 'notify', settings: { agents: [], roles: ['ADMIN'], text: 'Case {{ interaction.number }} is a day late.' } },
                ],
              },
            ],
          },
        ]),
  ];
}

export function contactCenter(seed: number): ContactCenter {
  const id = (kind: string, name: string): string => uuidV4(randomStream(seed, 'id', kind, name));
  const skills = entries<SkillKey, { name: string; category: string }>(SKILLS).map(([key, skill]) => ({
    id: id('skill', key),
    key,
    ...skill,
  }));
  const skillId = (key: SkillKey): string => id('skill', key);
  const requirements = (list: readonly Requirement[]): SkillRequirement[] =>
    list.map(({ skill, minLevel, mandatory }) => ({ skillId: skillId(skill), minLevel, mandatory }));

  const teams = TEAMS.map(({ name }) => ({ id: id('team', name), name }));
  return {
    teams,
    skills,
    presenceStatuses: PRESENCE_STATUSES.map((status) => ({
      id: id('presence', status.name),
      name: status.name,
      availability: status.availability,
      reasons: [...status.reasons],
    })),
    slaPolicies: entries<string, SlaTargets>(SLA_POLICIES).map(([key, policy]) => ({
      id: id('sla', key),
      name: policy.name,
      version: 1,
      milestones: milestones(policy, id('queue', 'complaints')),
    })),
    rules: [
      {
        id: id('rule', 'late'),
        name: 'What is about to be late comes first',
        active: true,
        trigger: { events: ['sla.warned'] },
        condition: 'interaction.channel in ["EMAIL", "CASE", "WEB_FORM"] && interaction.priority < 90',
        actions: [{ type: 'set-priority', settings: { by: 10 } }],
      },
      {
        id: id('rule', 'vip'),
        name: 'VIPs who call the ordinary lines go to the VIP desk',
        active: false,
        trigger: { events: ['interaction.opened'] },
        condition: 'customer.tier == "VIP" && interaction.channel == "VOICE"',
        actions: [{ type: 'set-queue', settings: { queue: id('queue', 'vip') } }],
      },
    ],
    queues: entries<QueueKey, QueueSpec>(QUEUES).map(([key, queue]) => ({
      id: id('queue', key),
      key,
      name: queue.name,
      department: queue.department,
      priority: queue.priority,
      strategy: queue.strategy,
      skills: requirements(queue.skills),
      relaxation: [...queue.relaxation],
      levelDelaySeconds: [...queue.levelDelaySeconds],
      stickySeconds: queue.stickySeconds,
      offerTimeoutSeconds: queue.offerTimeoutSeconds,
      overflowAfterSeconds: queue.overflow?.afterSeconds ?? null,
      overflowQueueId: queue.overflow ? id('queue', queue.overflow.to) : null,
      slaPolicyId: id('sla', queue.sla),
      wrapUp: (queue.wrapUp ?? []).map((rule) => ({ ...rule, mode: 'TIMED', afterTransfer: true })),
    })),
    dispositions: entries<DispositionKey, { name: string; channels: readonly Channel[] }>(DISPOSITIONS).map(
      ([key, { name, channels }]) => ({
        id: id('disposition', key),
        key,
        name,
        channels: [...channels],
      }),
    ),
    entryPoints: ENTRY_POINTS.map((spec) => ({
      id: id('entry', `${spec.channel} ${spec.address}`),
      channel: spec.channel,
      address: spec.address,
      queueId: id('queue', spec.queue),
      priority: spec.priority,
      skills: requirements(spec.skills),
      spec,
    })),
    agents: agents(seed, id),
  };
}

function agents(seed: number, id: (kind: string, name: string) => string): AgentRecord[] {
  const random = randomStream(seed, 'agents');
  seedNames(random);
  const emails = new Set<string>();
  const records: AgentRecord[] = [];
  for (const [teamIndex, team] of TEAMS.entries()) {
    for (let index = 0; index < team.size; index++) {
      const { name, email } =
        records.length === 0 ? { name: 'Jana Nováková', email: TRIAL_AGENT_EMAIL } : unusedName(random, team.language, emails);
      emails.add(email);
      const helps = HELPERS.filter((helper) => helper.team === team.name && index < helper.count);
      records.push({
        id: id('agent', String(records.length)),
        name,
        email,
        teamId: id('team', team.name),
        language: team.language,
        capacity: 100,
        extension: String(4_000 + (teamIndex + 1) * 100 + index + 1),
        channels: [...new Set([...team.channels, ...helps.flatMap(({ channels }) => channels ?? [])])],
        skills: skillsOf(random, team, index).map(([skill, level]) => ({ skillId: id('skill', skill), level })),
        memberships: [
          ...entries(team.queues).map(([queue, level]) => ({ queueId: id('queue', queue), level: level ?? 1 })),
          ...helps.map(({ queue, level }) => ({ queueId: id('queue', queue), level })),
        ],
      });
    }
  }
  return records.map((agent) => (agent.email === TRIAL_AGENT_EMAIL ? versatile(agent, id) : agent));
}

/** Levels of one agent; where only a share of the team has a skill, it is the first of the team, as for helpers. */
function skillsOf(random: Random, team: TeamSpec, index: number): [SkillKey, number][] {
  return team.skills
    .filter(({ share }) => index < Math.ceil(team.size * share))
    .map(({ skill, levels: [low, high] }) => [skill, random.int(low, high)]);
}

/** The trial agent takes everything, so that whoever tries the desk meets every channel within minutes. */
function versatile(agent: AgentRecord, id: (kind: string, name: string) => string): AgentRecord {
  const levels: Partial<Record<SkillKey, number>> = {
    cs: 10,
    en: 9,
    pl: 7,
    electricity: 8,
    gas: 7,
    internet: 7,
    tv: 5,
    mobile: 6,
    billing: 7,
    retention: 6,
    complaints: 7,
    vip: 7,
  };
  const memberships: Partial<Record<QueueKey, number>> = {
    faultsCs: 1,
    billingCs: 1,
    techCs: 2,
    careEn: 2,
    vip: 2,
    messaging: 1,
    letters: 1,
    complaints: 1,
  };
  return {
    ...agent,
    channels: CHANNELS,
    skills: entries(levels).map(([skill, level]) => ({ skillId: id('skill', skill), level: level ?? 1 })),
    memberships: entries(memberships).map(([queue, level]) => ({ queueId: id('queue', queue), level: level ?? 1 })),
  };
}

function unusedName(random: Random, language: Language, taken: ReadonlySet<string>): { name: string; email: string } {
  for (;;) {
    const { first, last } = personName(random, language);
    const email = `${asciiName(first)}.${asciiName(last)}@${COMPANY_DOMAIN}`;
    if (!taken.has(email)) return { name: `${first} ${last}`, email };
  }
}

function entries<K extends string, V>(record: Partial<Record<K, V>>): [K, V][] {
  return Object.entries(record) as [K, V][];
}
