/**
 * How Vltavia, a made-up supplier of electricity, gas, internet, television and mobile services in three countries, has
 * set up its contact center. Written by hand; `contact-center.ts` makes records of it.
 */
import type { Language, Topic } from './texts.js';

export type Channel = 'VOICE' | 'CHAT' | 'EMAIL' | 'SMS' | 'SOCIAL' | 'FAX' | 'WEB_FORM' | 'CASE' | 'TASK';
export type Strategy = 'LONGEST_IDLE' | 'LEAST_OCCUPIED' | 'BEST_SKILL' | 'ROUND_ROBIN';
export type Availability = 'AVAILABLE' | 'AWAY' | 'OFFLINE';

/** The domain of every mailbox of the company; reserved, so that no mail ever leaves for it. */
export const COMPANY_DOMAIN = 'patchbay.example';

/** The agent to leave alone when somebody tries the desk: three languages, every channel, member of busy queues. */
export const TRIAL_AGENT_EMAIL = `jana.novakova@${COMPANY_DOMAIN}`;

export const SKILLS = {
  cs: { name: 'Čeština', category: 'Language' },
  pl: { name: 'Polski', category: 'Language' },
  en: { name: 'English', category: 'Language' },
  de: { name: 'Deutsch', category: 'Language' },
  uk: { name: 'Українська', category: 'Language' },
  electricity: { name: 'Electricity', category: 'Product' },
  gas: { name: 'Gas', category: 'Product' },
  internet: { name: 'Internet', category: 'Product' },
  tv: { name: 'Television', category: 'Product' },
  mobile: { name: 'Mobile', category: 'Product' },
  billing: { name: 'Billing', category: 'Expertise' },
  retention: { name: 'Retention', category: 'Expertise' },
  complaints: { name: 'Complaints', category: 'Expertise' },
  vip: { name: 'VIP care', category: 'Expertise' },
} as const;
export type SkillKey = keyof typeof SKILLS;

/** A required skill: minimum level 1 to 10, and whether relaxation may drop it. */
export interface Requirement {
  skill: SkillKey;
  minLevel: number;
  mandatory: boolean;
}

const must = (skill: SkillKey, minLevel: number): Requirement => ({ skill, minLevel, mandatory: true });
const wish = (skill: SkillKey, minLevel: number): Requirement => ({ skill, minLevel, mandatory: false });

export const PRESENCE_STATUSES: readonly { name: string; availability: Availability; reasons: readonly string[] }[] = [
  { name: 'Available', availability: 'AVAILABLE', reasons: [] },
  { name: 'Break', availability: 'AWAY', reasons: ['Lunch', 'Coffee', 'Screen break'] },
  { name: 'Meeting', availability: 'AWAY', reasons: ['Team meeting', 'One to one', 'Quality review'] },
  { name: 'Training', availability: 'AWAY', reasons: [] },
  { name: 'Offline', availability: 'OFFLINE', reasons: [] },
];

/** Targets in seconds, null where the promise is not made. */
export interface SlaTargets {
  name: string;
  acceptSeconds: number;
  firstResponseSeconds: number | null;
}

export const SLA_POLICIES = {
  voice: { name: 'Voice: 20 s', acceptSeconds: 20, firstResponseSeconds: null },
  sales: { name: 'Sales: 30 s', acceptSeconds: 30, firstResponseSeconds: null },
  chat: { name: 'Chat: 30 s', acceptSeconds: 30, firstResponseSeconds: null },
  vip: { name: 'VIP: 10 s', acceptSeconds: 10, firstResponseSeconds: 300 },
  letters: { name: 'Correspondence: answer in 4 h', acceptSeconds: 3_600, firstResponseSeconds: 14_400 },
  complaints: { name: 'Complaints: answer in one day', acceptSeconds: 7_200, firstResponseSeconds: 86_400 },
} as const satisfies Record<string, SlaTargets>;

/** After so many seconds of waiting the required levels are so much lower. */
export interface RelaxationStep {
  afterSeconds: number;
  levelDrop: number;
}

const drop = (levelDrop: number, afterSeconds: number): RelaxationStep => ({ afterSeconds, levelDrop });

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

/** Where customers turn to, and how much of the traffic comes that way: `share` is relative, of an ordinary day. */
export interface EntryPointSpec {
  channel: Channel;
  address: string;
  queue: QueueKey;
  language: Language;
  skills: readonly Requirement[];
  /** 0 to 100; null is 50. */
  priority: number | null;
  share: number;
  topics: readonly Topic[];
  vip?: true;
}

const FAULT_TOPICS = ['powerOutage', 'powerOutage', 'meterFault'] as const;
const BILL_TOPICS = ['highInvoice', 'highInvoice', 'paymentPlan', 'meterReading', 'advancePayment', 'refund', 'movingHouse'] as const;
const SALES_TOPICS = ['newTariff', 'contractEnd', 'movingHouse'] as const;
const TECH_TOPICS = ['routerProblem', 'internetOutage'] as const;
const LETTER_TOPICS = ['highInvoice', 'paymentPlan', 'meterReading', 'advancePayment', 'refund', 'movingHouse', 'contractEnd', 'meterFault'] as const;
const FORM_TOPICS = ['meterReading', 'movingHouse', 'advancePayment'] as const;
const CHAT_TOPICS = ['routerProblem', 'internetOutage', 'tvBox', 'mobileData', 'highInvoice', 'newTariff', 'powerOutage'] as const;
const COMPLAINT_TOPICS = ['complaintTechnician', 'complaintInvoice'] as const;
const ANY_TOPIC = ['powerOutage', 'highInvoice', 'internetOutage', 'contractEnd', 'newTariff', 'refund'] as const;

const entry = (
  channel: Channel,
  address: string,
  queue: QueueKey,
  language: Language,
  share: number,
  topics: readonly Topic[],
  rest: Partial<Pick<EntryPointSpec, 'skills' | 'priority' | 'vip'>> = {},
): EntryPointSpec => ({ channel, address, queue, language, share, topics, skills: [], priority: null, ...rest });
const mailbox = (name: string): string => `${name}@${COMPANY_DOMAIN}`;

export const ENTRY_POINTS: readonly EntryPointSpec[] = [
  entry('VOICE', '+420800000111', 'faultsCs', 'cs', 120, FAULT_TOPICS, { skills: [wish('electricity', 4)] }),
  entry('VOICE', '+420800000112', 'faultsCs', 'cs', 18, ['gasSmell'], { skills: [must('gas', 5)], priority: 90 }),
  entry('VOICE', '+420800000121', 'billingCs', 'cs', 125, BILL_TOPICS, { skills: [wish('billing', 4)] }),
  entry('VOICE', '+420800000129', 'billingCs', 'cs', 6, BILL_TOPICS, { skills: [must('de', 4)] }),
  entry('VOICE', '+420800000131', 'salesCs', 'cs', 42, SALES_TOPICS, { skills: [must('cs', 5)] }),
  entry('VOICE', '+420800000132', 'salesCs', 'cs', 18, ['contractEnd'], { skills: [must('cs', 5), wish('retention', 6)], priority: 65 }),
  entry('VOICE', '+420800000113', 'techCs', 'cs', 55, TECH_TOPICS, { skills: [wish('internet', 5)] }),
  entry('VOICE', '+420800000114', 'techCs', 'cs', 15, ['tvBox'], { skills: [wish('tv', 4)] }),
  entry('VOICE', '+420800000115', 'techCs', 'cs', 15, ['mobileData'], { skills: [wish('mobile', 4)] }),
  entry('VOICE', '+420800000900', 'vip', 'cs', 18, ANY_TOPIC, { skills: [must('cs', 5)], priority: 70, vip: true }),
  entry('VOICE', '+48800000111', 'faultsPl', 'pl', 52, FAULT_TOPICS, { skills: [wish('electricity', 4)] }),
  entry('VOICE', '+48800000112', 'faultsPl', 'pl', 8, ['gasSmell'], { skills: [must('gas', 5)], priority: 90 }),
  entry('VOICE', '+48800000121', 'carePl', 'pl', 72, [...BILL_TOPICS, ...SALES_TOPICS], { skills: [wish('billing', 4)] }),
  entry('VOICE', '+48800000113', 'techPl', 'pl', 40, [...TECH_TOPICS, 'tvBox', 'mobileData'], { skills: [wish('internet', 4)] }),
  entry('VOICE', '+48800000900', 'vip', 'pl', 7, ANY_TOPIC, { skills: [must('pl', 5)], priority: 70, vip: true }),
  entry('VOICE', '+448081570111', 'careEn', 'en', 40, [...FAULT_TOPICS, ...TECH_TOPICS]),
  entry('VOICE', '+448081570121', 'careEn', 'en', 38, [...BILL_TOPICS, ...SALES_TOPICS], { skills: [wish('billing', 3)] }),
  entry('VOICE', '+448081570900', 'vip', 'en', 7, ANY_TOPIC, { skills: [must('en', 6)], priority: 70, vip: true }),

  entry('CHAT', 'web/chat/cs', 'messaging', 'cs', 58, CHAT_TOPICS, { skills: [must('cs', 4)] }),
  entry('CHAT', 'web/chat/pl', 'messaging', 'pl', 21, CHAT_TOPICS, { skills: [must('pl', 4)] }),
  entry('CHAT', 'web/chat/en', 'messaging', 'en', 18, CHAT_TOPICS, { skills: [must('en', 5)] }),
  entry('CHAT', 'app/vip', 'vip', 'cs', 5, ANY_TOPIC, { skills: [must('cs', 4)], vip: true }),
  entry('SMS', '+420736000100', 'messaging', 'cs', 13, ['powerOutage', 'mobileData', 'meterReading'], { skills: [must('cs', 4)] }),
  entry('SMS', '+48690000100', 'messaging', 'pl', 6, ['powerOutage', 'mobileData', 'meterReading'], { skills: [must('pl', 4)] }),
  entry('SOCIAL', '@vltavia_cz', 'messaging', 'cs', 12, ['powerOutage', 'internetOutage', 'complaintTechnician'], { skills: [must('cs', 4)] }),
  entry('SOCIAL', '@vltavia_pl', 'messaging', 'pl', 6, ['powerOutage', 'internetOutage', 'complaintTechnician'], { skills: [must('pl', 4)] }),

  entry('EMAIL', mailbox('fakturace'), 'letters', 'cs', 29, LETTER_TOPICS, { skills: [must('cs', 4)] }),
  entry('EMAIL', mailbox('rozliczenia'), 'letters', 'pl', 11, LETTER_TOPICS, { skills: [must('pl', 4)] }),
  entry('EMAIL', mailbox('billing'), 'letters', 'en', 7, LETTER_TOPICS, { skills: [must('en', 4)] }),
  entry('EMAIL', mailbox('podpora'), 'letters', 'cs', 9, [...TECH_TOPICS, 'tvBox', 'mobileData'], { skills: [must('cs', 4), wish('internet', 3)] }),
  entry('EMAIL', mailbox('vip'), 'letters', 'cs', 3, ANY_TOPIC, { skills: [must('cs', 4)], priority: 80, vip: true }),
  entry('EMAIL', mailbox('reklamace'), 'complaints', 'cs', 7, COMPLAINT_TOPICS, { skills: [must('cs', 4)] }),
  entry('EMAIL', mailbox('reklamacje'), 'complaints', 'pl', 3, COMPLAINT_TOPICS, { skills: [must('pl', 4)] }),
  entry('EMAIL', mailbox('complaints'), 'complaints', 'en', 3, COMPLAINT_TOPICS, { skills: [must('en', 4)] }),
  entry('WEB_FORM', 'web/odecet', 'letters', 'cs', 12, FORM_TOPICS, { skills: [must('cs', 4)] }),
  entry('WEB_FORM', 'web/stehovani', 'letters', 'cs', 8, ['movingHouse'], { skills: [must('cs', 4)] }),
  entry('WEB_FORM', 'web/odczyt', 'letters', 'pl', 6, FORM_TOPICS, { skills: [must('pl', 4)] }),
  entry('FAX', '+420234000119', 'letters', 'cs', 2, ['contractEnd'], { skills: [must('cs', 4)] }),
  entry('CASE', 'backoffice/complaint', 'complaints', 'cs', 6, COMPLAINT_TOPICS, { skills: [must('cs', 4)] }),
  entry('CASE', 'backoffice/skarga', 'complaints', 'pl', 3, COMPLAINT_TOPICS, { skills: [must('pl', 4)] }),
  entry('TASK', 'backoffice/callback', 'letters', 'cs', 9, ['newTariff', 'contractEnd', 'highInvoice'], { skills: [must('cs', 4)] }),
];

/** Dispositions with the channels that show them (empty: all). The key says when the simulator chooses one. */
export const DISPOSITIONS = {
  resolved: { name: 'Resolved', channels: [] },
  informed: { name: 'Information given', channels: [] },
  outage: { name: 'Outage reported', channels: ['VOICE', 'CHAT', 'SMS', 'SOCIAL', 'EMAIL'] },
  engineer: { name: 'Engineer booked', channels: [] },
  emergency: { name: 'Emergency crew sent', channels: ['VOICE', 'CHAT'] },
  invoiceCorrected: { name: 'Invoice corrected', channels: [] },
  paymentPlan: { name: 'Payment plan agreed', channels: [] },
  reading: { name: 'Meter reading taken', channels: [] },
  contractChanged: { name: 'Contract changed', channels: [] },
  customerKept: { name: 'Customer kept', channels: [] },
  contractEnded: { name: 'Contract ended', channels: [] },
  sale: { name: 'Sale made', channels: [] },
  offerDeclined: { name: 'Offer declined', channels: [] },
  complaintAccepted: { name: 'Complaint accepted', channels: [] },
  complaintRejected: { name: 'Complaint rejected', channels: ['CASE', 'EMAIL', 'WEB_FORM', 'FAX'] },
  passedOn: { name: 'Passed to back office', channels: ['VOICE', 'CHAT', 'SMS', 'SOCIAL'] },
  noAnswer: { name: 'No answer from customer', channels: ['CHAT', 'SMS', 'SOCIAL', 'EMAIL', 'WEB_FORM', 'CASE', 'TASK'] },
  wrongNumber: { name: 'Wrong number', channels: ['VOICE', 'SMS'] },
  spam: { name: 'Spam', channels: ['EMAIL', 'WEB_FORM', 'SOCIAL', 'CHAT'] },
} as const satisfies Record<string, { name: string; channels: readonly Channel[] }>;
export type DispositionKey = keyof typeof DISPOSITIONS;

/** How contacts about a topic end, with relative weights. */
export const OUTCOMES: Record<Topic, Partial<Record<DispositionKey, number>>> = {
  powerOutage: { outage: 6, informed: 3, engineer: 1 },
  gasSmell: { emergency: 9, informed: 1 },
  internetOutage: { outage: 5, resolved: 3, engineer: 2 },
  meterFault: { engineer: 7, resolved: 3 },
  highInvoice: { informed: 5, invoiceCorrected: 4, passedOn: 1 },
  paymentPlan: { paymentPlan: 9, informed: 1 },
  meterReading: { reading: 1 },
  advancePayment: { contractChanged: 8, informed: 2 },
  refund: { resolved: 8, passedOn: 2 },
  movingHouse: { contractChanged: 8, informed: 2 },
  contractEnd: { customerKept: 5, contractEnded: 5 },
  newTariff: { sale: 5, offerDeclined: 3, informed: 2 },
  routerProblem: { resolved: 7, engineer: 3 },
  tvBox: { resolved: 8, engineer: 2 },
  mobileData: { resolved: 9, informed: 1 },
  complaintTechnician: { complaintAccepted: 8, complaintRejected: 2 },
  complaintInvoice: { complaintAccepted: 6, complaintRejected: 4 },
};

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
    skills: [has('cs', 9, 10), has('billing', 6, 10), has('electricity', 3, 6), has('retention', 3, 6, 0.5), has('de', 5, 9, 0.4), has('en', 3, 7, 0.4), has('vip', 5, 7, 0.25)],
  },
  {
    name: 'Brno – Technická podpora',
    language: 'cs',
    size: 6,
    channels: ['VOICE'],
    queues: { techCs: 1, faultsCs: 2 },
    skills: [has('cs', 9, 10), has('internet', 6, 10), has('tv', 4, 8, 0.85), has('mobile', 4, 9, 0.85), has('electricity', 3, 5), has('gas', 5, 6, 0.34), has('en', 5, 8, 0.5)],
  },
  {
    name: 'Brno – Prodej',
    language: 'cs',
    size: 4,
    channels: ['VOICE'],
    queues: { salesCs: 1, billingCs: 2, vip: 3 },
    skills: [has('cs', 9, 10), has('retention', 6, 10), has('billing', 3, 6), has('internet', 3, 6), has('vip', 5, 8, 0.6), has('en', 5, 8, 0.4)],
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
    skills: [has('en', 9, 10), has('electricity', 5, 8), has('internet', 4, 7), has('billing', 4, 8), has('vip', 5, 7, 0.5), has('de', 5, 8, 0.25)],
  },
  {
    name: 'VIP',
    language: 'cs',
    size: 3,
    channels: ['VOICE', 'CHAT'],
    queues: { vip: 1, careEn: 2, salesCs: 3 },
    skills: [has('cs', 8, 10), has('en', 7, 9), has('pl', 6, 9), has('vip', 8, 10), has('billing', 6, 9), has('retention', 6, 9), has('de', 5, 8, 0.67)],
  },
  {
    name: 'Chat a sociální sítě',
    language: 'cs',
    size: 4,
    channels: ['CHAT', 'SMS', 'SOCIAL'],
    queues: { messaging: 1 },
    skills: [has('cs', 8, 10), has('en', 6, 9, 0.6), has('pl', 5, 9, 0.8), has('internet', 5, 8), has('mobile', 4, 8), has('billing', 3, 6), has('uk', 8, 10, 0.2)],
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
