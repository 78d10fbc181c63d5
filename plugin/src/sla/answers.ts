/** What counts as an answer to the customer, and which promises it keeps. */
import { channels } from '../platform/generated/channels.js';
import type { Channel, SlaMilestoneKind } from '../platform/generated/graphql.js';

/** Kept when somebody writes to the customer. */
export const KEPT_BY_MESSAGE: readonly SlaMilestoneKind[] = ['FIRST_RESPONSE', 'NEXT_RESPONSE', 'PERIODIC_UPDATE'];

/** Kept when somebody accepts: where the customer is spoken to from then on, that is the first answer. */
export const keptByAcceptance = (channel: Channel): readonly SlaMilestoneKind[] =>
  isAnswer(channel) ? ['TIME_TO_ACCEPT', 'FIRST_RESPONSE'] : ['TIME_TO_ACCEPT'];

/** Whether what the customer wrote before somebody accepted is still owed an answer in writing: the acceptance was none to it. */
export const owesWords = (channel: Channel): boolean => isAnswer(channel) && channels[channel].conversation !== 'SPOKEN';

const isAnswer = (channel: Channel): boolean => channels[channel].firstAnswer === 'ACCEPTANCE';
