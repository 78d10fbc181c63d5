/** The numbers, mailboxes, forms and desks by which work comes in. */
import type { Channel } from './generated/channels.js';
import { COMPANY_DOMAIN, must, wish, type Requirement } from './organisation.js';
import type { QueueKey } from './queues.js';
import type { Language, Topic } from './texts.js';

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
const LETTER_TOPICS = [
  'highInvoice',
  'paymentPlan',
  'meterReading',
  'advancePayment',
  'refund',
  'movingHouse',
  'contractEnd',
  'meterFault',
] as const;
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
  entry('VOICE', '+420800000111', 'faultsCs', 'cs', 100, FAULT_TOPICS, { skills: [wish('electricity', 4)] }),
  entry('VOICE', '+420800000112', 'faultsCs', 'cs', 16, ['gasSmell'], { skills: [must('gas', 5)], priority: 90 }),
  entry('VOICE', '+420800000121', 'billingCs', 'cs', 112, BILL_TOPICS, { skills: [wish('billing', 4)] }),
  entry('VOICE', '+420800000129', 'billingCs', 'cs', 5, BILL_TOPICS, { skills: [must('de', 4)] }),
  entry('VOICE', '+420800000131', 'salesCs', 'cs', 53, SALES_TOPICS, { skills: [must('cs', 5)] }),
  entry('VOICE', '+420800000132', 'salesCs', 'cs', 23, ['contractEnd'], { skills: [must('cs', 5), wish('retention', 6)], priority: 65 }),
  entry('VOICE', '+420800000113', 'techCs', 'cs', 62, TECH_TOPICS, { skills: [wish('internet', 5)] }),
  entry('VOICE', '+420800000114', 'techCs', 'cs', 17, ['tvBox'], { skills: [wish('tv', 4)] }),
  entry('VOICE', '+420800000115', 'techCs', 'cs', 17, ['mobileData'], { skills: [wish('mobile', 4)] }),
  entry('VOICE', '+420800000900', 'vip', 'cs', 18, ANY_TOPIC, { skills: [must('cs', 5)], priority: 70, vip: true }),
  entry('VOICE', '+48800000111', 'faultsPl', 'pl', 48, FAULT_TOPICS, { skills: [wish('electricity', 4)] }),
  entry('VOICE', '+48800000112', 'faultsPl', 'pl', 8, ['gasSmell'], { skills: [must('gas', 5)], priority: 90 }),
  entry('VOICE', '+48800000121', 'carePl', 'pl', 66, [...BILL_TOPICS, ...SALES_TOPICS], { skills: [wish('billing', 4)] }),
  entry('VOICE', '+48800000113', 'techPl', 'pl', 36, [...TECH_TOPICS, 'tvBox', 'mobileData'], { skills: [wish('internet', 4)] }),
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
  entry('SOCIAL', '@vltavia_cz', 'messaging', 'cs', 12, ['powerOutage', 'internetOutage', 'complaintTechnician'], {
    skills: [must('cs', 4)],
  }),
  entry('SOCIAL', '@vltavia_pl', 'messaging', 'pl', 6, ['powerOutage', 'internetOutage', 'complaintTechnician'], {
    skills: [must('pl', 4)],
  }),

  entry('EMAIL', mailbox('fakturace'), 'letters', 'cs', 29, LETTER_TOPICS, { skills: [must('cs', 4)] }),
  entry('EMAIL', mailbox('rozliczenia'), 'letters', 'pl', 11, LETTER_TOPICS, { skills: [must('pl', 4)] }),
  entry('EMAIL', mailbox('billing'), 'letters', 'en', 7, LETTER_TOPICS, { skills: [must('en', 4)] }),
  entry('EMAIL', mailbox('podpora'), 'letters', 'cs', 9, [...TECH_TOPICS, 'tvBox', 'mobileData'], {
    skills: [must('cs', 4), wish('internet', 3)],
  }),
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
