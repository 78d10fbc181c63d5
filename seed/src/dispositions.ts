/** How contacts end, and which end is likely for which topic. */
import type { Channel } from './generated/channels.js';
import type { Topic } from './texts.js';

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
