/**
 * Vltavia, a made-up supplier of electricity, gas, internet, television and mobile services in three countries: what the
 * parts of its contact center have in common. Written by hand, as are `queues.ts`, `entry-points.ts`, `teams.ts` and
 * `dispositions.ts`; `contact-center.ts` makes records of all of it.
 */
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

export const must = (skill: SkillKey, minLevel: number): Requirement => ({ skill, minLevel, mandatory: true });
export const wish = (skill: SkillKey, minLevel: number): Requirement => ({ skill, minLevel, mandatory: false });

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
  resolutionSeconds: number | null;
}

export const SLA_POLICIES = {
  voice: { name: 'Voice: 20 s', acceptSeconds: 20, firstResponseSeconds: null, resolutionSeconds: null },
  sales: { name: 'Sales: 30 s', acceptSeconds: 30, firstResponseSeconds: null, resolutionSeconds: null },
  chat: { name: 'Chat: 30 s', acceptSeconds: 30, firstResponseSeconds: null, resolutionSeconds: null },
  vip: { name: 'VIP: 10 s', acceptSeconds: 10, firstResponseSeconds: 300, resolutionSeconds: null },
  letters: { name: 'Correspondence: answer in 4 h', acceptSeconds: 3_600, firstResponseSeconds: 14_400, resolutionSeconds: 86_400 },
  complaints: { name: 'Complaints: answer in one day', acceptSeconds: 7_200, firstResponseSeconds: 86_400, resolutionSeconds: 3 * 86_400 },
} as const satisfies Record<string, SlaTargets>;
