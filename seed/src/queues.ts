/** The queues: what waits where, and by which rules it is handed out. */
import type { Channel } from './generated/channels.js';
import { must, type Requirement, type SLA_POLICIES, type Strategy } from './organisation.js';

/** After so many seconds of waiting the required levels are so much lower. */
export interface RelaxationStep {
  afterSeconds: number;
  levelDrop: number;
}

const drop = (levelDrop: number, afterSeconds: number): RelaxationStep => ({ afterSeconds, levelDrop });

/** What follows a conversation on the channel ends by itself; the agent may extend it once. */
export interface WrapUpByTime {
  channel: Channel;
  seconds: number;
  extensionSeconds: number;
}

export interface QueueSpec {
  name: string;
  department: 'Faults' | 'Billing' | 'Sales & Retention' | 'Technical support';
  /** 0 to 100, the higher is served first. */
  priority: number;
  strategy: Strategy;
  skills: readonly Requirement[];
  relaxation: readonly RelaxationStep[];
  /** For membership levels 2, 3, … */
  levelDelaySeconds: readonly number[];
  stickySeconds: number;
  offerTimeoutSeconds: number;
  overflow: { afterSeconds: number; to: string } | null;
  /** Left out: wrap-up lasts until the agent closes. */
  wrapUp?: readonly WrapUpByTime[];
  sla: keyof typeof SLA_POLICIES;
}

/** Open around the clock, all of them: who starts the product at night should see work flow. */
export const QUEUES = {
  faultsCs: {
    name: 'Poruchy',
    department: 'Faults',
    priority: 80,
    strategy: 'LONGEST_IDLE',
    skills: [must('cs', 5)],
    relaxation: [drop(2, 12), drop(4, 60)],
    levelDelaySeconds: [8, 20],
    stickySeconds: 0,
    offerTimeoutSeconds: 20,
    overflow: null,
    sla: 'voice',
  },
  faultsPl: {
    name: 'Awarie',
    department: 'Faults',
    priority: 80,
    strategy: 'LONGEST_IDLE',
    skills: [must('pl', 5)],
    relaxation: [drop(2, 12), drop(4, 60)],
    levelDelaySeconds: [8, 20],
    stickySeconds: 0,
    offerTimeoutSeconds: 20,
    overflow: null,
    sla: 'voice',
  },
  careEn: {
    name: 'Faults & Enquiries',
    department: 'Faults',
    priority: 70,
    strategy: 'BEST_SKILL',
    skills: [must('en', 6)],
    relaxation: [drop(1, 15), drop(3, 90)],
    levelDelaySeconds: [8, 20],
    stickySeconds: 10,
    offerTimeoutSeconds: 20,
    overflow: null,
    sla: 'voice',
  },
  billingCs: {
    name: 'Fakturace',
    department: 'Billing',
    priority: 50,
    strategy: 'ROUND_ROBIN',
    skills: [must('cs', 5)],
    relaxation: [drop(2, 15), drop(4, 90)],
    levelDelaySeconds: [8, 25],
    stickySeconds: 10,
    offerTimeoutSeconds: 20,
    overflow: { afterSeconds: 300, to: 'salesCs' },
    wrapUp: [{ channel: 'VOICE', seconds: 90, extensionSeconds: 60 }],
    sla: 'voice',
  },
  carePl: {
    name: 'Obsługa klienta',
    department: 'Billing',
    priority: 50,
    strategy: 'ROUND_ROBIN',
    skills: [must('pl', 5)],
    relaxation: [drop(2, 15), drop(4, 90)],
    levelDelaySeconds: [8, 25],
    stickySeconds: 10,
    offerTimeoutSeconds: 20,
    overflow: { afterSeconds: 360, to: 'techPl' },
    sla: 'voice',
  },
  letters: {
    name: 'Korespondence',
    department: 'Billing',
    priority: 30,
    strategy: 'LEAST_OCCUPIED',
    skills: [],
    relaxation: [drop(2, 900), drop(5, 3_600)],
    levelDelaySeconds: [180, 600],
    stickySeconds: 120,
    offerTimeoutSeconds: 45,
    overflow: null,
    sla: 'letters',
  },
  complaints: {
    name: 'Reklamace a stížnosti',
    department: 'Billing',
    priority: 60,
    strategy: 'BEST_SKILL',
    skills: [must('complaints', 5)],
    relaxation: [drop(2, 600), drop(4, 1_800)],
    levelDelaySeconds: [120, 600],
    stickySeconds: 600,
    offerTimeoutSeconds: 45,
    overflow: null,
    sla: 'complaints',
  },
  salesCs: {
    name: 'Prodej a retence',
    department: 'Sales & Retention',
    priority: 45,
    strategy: 'BEST_SKILL',
    skills: [],
    relaxation: [drop(2, 15), drop(5, 90)],
    levelDelaySeconds: [10, 30],
    stickySeconds: 20,
    offerTimeoutSeconds: 20,
    overflow: null,
    sla: 'sales',
  },
  vip: {
    name: 'VIP desk',
    department: 'Sales & Retention',
    priority: 95,
    strategy: 'BEST_SKILL',
    skills: [must('vip', 5)],
    relaxation: [drop(1, 6), drop(3, 30)],
    levelDelaySeconds: [4, 12],
    stickySeconds: 15,
    offerTimeoutSeconds: 15,
    overflow: null,
    sla: 'vip',
  },
  techCs: {
    name: 'Technická podpora',
    department: 'Technical support',
    priority: 55,
    strategy: 'LEAST_OCCUPIED',
    skills: [must('cs', 5)],
    relaxation: [drop(2, 10), drop(5, 60)],
    levelDelaySeconds: [8, 25],
    stickySeconds: 15,
    offerTimeoutSeconds: 20,
    overflow: { afterSeconds: 240, to: 'faultsCs' },
    sla: 'voice',
  },
  techPl: {
    name: 'Wsparcie techniczne',
    department: 'Technical support',
    priority: 55,
    strategy: 'LEAST_OCCUPIED',
    skills: [must('pl', 5)],
    relaxation: [drop(2, 10), drop(5, 60)],
    levelDelaySeconds: [8, 25],
    stickySeconds: 15,
    offerTimeoutSeconds: 20,
    overflow: { afterSeconds: 240, to: 'faultsPl' },
    sla: 'voice',
  },
  messaging: {
    name: 'Chat a sociální sítě',
    department: 'Technical support',
    priority: 55,
    strategy: 'LEAST_OCCUPIED',
    skills: [],
    relaxation: [drop(2, 15), drop(4, 120)],
    levelDelaySeconds: [10, 30],
    stickySeconds: 20,
    offerTimeoutSeconds: 25,
    overflow: null,
    sla: 'chat',
  },
} as const satisfies Record<string, QueueSpec>;
export type QueueKey = keyof typeof QUEUES;
