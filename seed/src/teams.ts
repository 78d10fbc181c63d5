/** The teams: what their people know, which channels they take, and which queues they serve. */
import type { Channel } from './generated/channels.js';
import type { SkillKey } from './organisation.js';
import type { QueueKey } from './queues.js';
import type { Language } from './texts.js';

/** A skill that agents of a team have, with the levels it is drawn from, and the share of them that has it. */
export interface TeamSkill {
  skill: SkillKey;
  levels: readonly [low: number, high: number];
  share: number;
}

export interface TeamSpec {
  name: string;
  language: Language;
  size: number;
  channels: readonly Channel[];
  skills: readonly TeamSkill[];
  /** Membership level by queue. */
  queues: Partial<Record<QueueKey, 1 | 2 | 3>>;
}

const has = (skill: SkillKey, low: number, high: number, share = 1): TeamSkill => ({ skill, levels: [low, high], share });
const LETTERS: readonly Channel[] = ['EMAIL', 'WEB_FORM', 'FAX', 'CASE', 'TASK'];

/** Sixty people. A share below 1 counts from the first of the team on, so that no skill ends up with nobody. */
export const TEAMS: readonly TeamSpec[] = [
  {
    name: 'Praha – Poruchy',
    language: 'cs',
    size: 9,
    channels: ['VOICE'],
    queues: { faultsCs: 1, techCs: 2, billingCs: 3 },
    skills: [
      has('cs', 9, 10),
      has('electricity', 6, 10),
      has('gas', 5, 9, 0.7),
      has('internet', 3, 5, 0.5),
      has('en', 4, 7, 0.5),
      has('vip', 5, 6, 0.25),
      has('uk', 7, 10, 0.2),
      has('billing', 2, 4, 0.6),
    ],
  },
  {
    name: 'Praha – Fakturace',
    language: 'cs',
    size: 8,
    channels: ['VOICE'],
    queues: { billingCs: 1, salesCs: 2, faultsCs: 3 },
    skills: [
      has('cs', 9, 10),
      has('billing', 6, 10),
      has('electricity', 3, 6),
      has('retention', 3, 6, 0.5),
      has('de', 5, 9, 0.4),
      has('en', 3, 7, 0.4),
      has('vip', 5, 7, 0.25),
    ],
  },
  {
    name: 'Brno – Technická podpora',
    language: 'cs',
    size: 6,
    channels: ['VOICE'],
    queues: { techCs: 1, faultsCs: 2 },
    skills: [
      has('cs', 9, 10),
      has('internet', 6, 10),
      has('tv', 4, 8, 0.85),
      has('mobile', 4, 9, 0.85),
      has('electricity', 3, 5),
      has('gas', 5, 6, 0.34),
      has('en', 5, 8, 0.5),
    ],
  },
  {
    name: 'Brno – Prodej',
    language: 'cs',
    size: 4,
    channels: ['VOICE'],
    queues: { salesCs: 1, billingCs: 2, vip: 3 },
    skills: [
      has('cs', 9, 10),
      has('retention', 6, 10),
      has('billing', 3, 6),
      has('internet', 3, 6),
      has('vip', 5, 8, 0.6),
      has('en', 5, 8, 0.4),
    ],
  },
  {
    name: 'Katowice – Technika',
    language: 'pl',
    size: 5,
    channels: ['VOICE'],
    queues: { faultsPl: 1, techPl: 1, carePl: 2 },
    skills: [
      has('pl', 9, 10),
      has('electricity', 5, 9),
      has('gas', 5, 8, 0.67),
      has('internet', 5, 9),
      has('tv', 3, 7, 0.5),
      has('mobile', 4, 8, 0.5),
      has('billing', 2, 4, 0.5),
      has('cs', 3, 5, 0.34),
      has('en', 4, 7, 0.34),
    ],
  },
  {
    name: 'Katowice – Obsługa klienta',
    language: 'pl',
    size: 6,
    channels: ['VOICE', 'EMAIL', 'WEB_FORM'],
    queues: { carePl: 1, faultsPl: 2, techPl: 3, letters: 2 },
    skills: [
      has('pl', 9, 10),
      has('billing', 5, 9),
      has('retention', 4, 8, 0.67),
      has('electricity', 3, 6),
      has('internet', 3, 5, 0.5),
      has('gas', 5, 6, 0.34),
      has('vip', 5, 7, 0.34),
      has('en', 4, 7, 0.5),
    ],
  },
  {
    name: 'London – Customer Care',
    language: 'en',
    size: 4,
    channels: ['VOICE'],
    queues: { careEn: 1, vip: 3 },
    skills: [
      has('en', 9, 10),
      has('electricity', 5, 8),
      has('internet', 4, 7),
      has('billing', 4, 8),
      has('vip', 5, 7, 0.5),
      has('de', 5, 8, 0.25),
    ],
  },
  {
    name: 'VIP',
    language: 'cs',
    size: 3,
    channels: ['VOICE', 'CHAT'],
    queues: { vip: 1, careEn: 2, salesCs: 3 },
    skills: [
      has('cs', 8, 10),
      has('en', 7, 9),
      has('pl', 6, 9),
      has('vip', 8, 10),
      has('billing', 6, 9),
      has('retention', 6, 9),
      has('de', 5, 8, 0.67),
    ],
  },
  {
    name: 'Chat a sociální sítě',
    language: 'cs',
    size: 4,
    channels: ['CHAT', 'SMS', 'SOCIAL'],
    queues: { messaging: 1 },
    skills: [
      has('cs', 8, 10),
      has('en', 5, 9),
      has('pl', 5, 9),
      has('internet', 5, 8),
      has('mobile', 4, 8),
      has('billing', 3, 6),
      has('uk', 8, 10, 0.2),
    ],
  },
  {
    name: 'Back office',
    language: 'cs',
    size: 11,
    channels: LETTERS,
    queues: { letters: 1, complaints: 1 },
    skills: [
      has('cs', 8, 10),
      has('complaints', 5, 9, 0.75),
      has('billing', 6, 10),
      has('pl', 5, 8, 0.6),
      has('en', 5, 8, 0.6),
      has('internet', 3, 6, 0.5),
      has('electricity', 4, 7),
    ],
  },
];

/** Members who help outside their team: the first agents of a team, by its name. */
export const HELPERS: readonly { team: string; count: number; queue: QueueKey; level: 1 | 2 | 3; channels?: readonly Channel[] }[] = [
  { team: 'Praha – Poruchy', count: 2, queue: 'vip', level: 2 },
  { team: 'Praha – Poruchy', count: 3, queue: 'careEn', level: 2 },
  { team: 'Praha – Fakturace', count: 2, queue: 'vip', level: 2 },
  { team: 'Praha – Fakturace', count: 2, queue: 'letters', level: 3, channels: ['EMAIL'] },
  { team: 'Brno – Technická podpora', count: 3, queue: 'careEn', level: 3 },
  { team: 'Brno – Technická podpora', count: 2, queue: 'messaging', level: 2, channels: ['CHAT'] },
  { team: 'Katowice – Obsługa klienta', count: 2, queue: 'vip', level: 2 },
  { team: 'Katowice – Obsługa klienta', count: 2, queue: 'messaging', level: 3, channels: ['CHAT', 'SOCIAL'] },
  { team: 'VIP', count: 1, queue: 'messaging', level: 3 },
];
