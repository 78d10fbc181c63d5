/** The contract's closed sets in the reader's language. */
import type {
  Availability,
  CustomerTier,
  InteractionState,
  Role,
  RoutingStrategy,
  SlaMilestoneKind,
  SlaReopening,
  SlaStanding,
  UserState,
} from './generated/operations';
import { channels, type Channel } from './generated/channels';
import { language, t } from './language';

export const roleWord = (role: Role): string =>
  ({
    ADMIN: t('Administrator'),
    SUPERVISOR: t('Supervisor'),
    TEAM_LEAD: t('Team lead'),
    AGENT: t('Agent'),
    ANALYST: t('Analyst'),
    CLIENT: t('Client'),
    WALLBOARD: t('Wallboard'),
    INTAKE: t('Intake system'),
  })[role];

/** What somebody of the role may do, in a sentence. */
export const roleHint = (role: Role): string | undefined =>
  ({
    ADMIN: t('Sets everything up, and may do what a supervisor may.'),
    SUPERVISOR: t('Watches, moves capacity, and steps into any interaction.'),
    TEAM_LEAD: t('Does for one part of the contact center what a supervisor does for all of it, and changes no settings.'),
    AGENT: t('Works interactions on the desk.'),
    ANALYST: t('Reads figures, and no words or addresses of customers.'),
    CLIENT: t('An outside party: sees what is shared with it, and nothing else.'),
    WALLBOARD: undefined,
    INTAKE: undefined,
  })[role];

/** Of people who sign in; the other roles are those of programs and screens. */
export const PEOPLE_ROLES: readonly Role[] = ['ADMIN', 'SUPERVISOR', 'TEAM_LEAD', 'AGENT', 'ANALYST', 'CLIENT'];
/** Whose right can be bounded to a part of the contact center. */
export const BOUNDED_ROLES: readonly Role[] = ['SUPERVISOR', 'TEAM_LEAD', 'ANALYST'];

export const userStateWord = (state: UserState): string =>
  ({ INVITED: t('Invited'), ACTIVE: t('Active'), DEACTIVATED: t('Deactivated') })[state];

export const USER_STATES: readonly UserState[] = ['INVITED', 'ACTIVE', 'DEACTIVATED'];

export const stateWord = (state: InteractionState): string =>
  ({
    CREATED: t('In no queue'),
    QUEUED: t('Waiting'),
    OFFERED: t('Ringing'),
    ACTIVE: t('With an agent'),
    ON_HOLD: t('On hold'),
    WAITING_FOR_CUSTOMER: t('Waiting for the customer'),
    WRAP_UP: t('Wrap-up'),
    CLOSED: t('Closed'),
    ABANDONED: t('Abandoned'),
  })[state];

export const STATES: readonly InteractionState[] = [
  'CREATED',
  'QUEUED',
  'OFFERED',
  'ACTIVE',
  'ON_HOLD',
  'WAITING_FOR_CUSTOMER',
  'WRAP_UP',
  'CLOSED',
  'ABANDONED',
];

export const strategyWord = (strategy: RoutingStrategy): string =>
  ({
    LONGEST_IDLE: t('Longest idle'),
    LEAST_OCCUPIED: t('Least occupied'),
    BEST_SKILL: t('Best skills'),
    ROUND_ROBIN: t('In turn'),
  })[strategy];

export const STRATEGIES: readonly RoutingStrategy[] = ['LONGEST_IDLE', 'LEAST_OCCUPIED', 'BEST_SKILL', 'ROUND_ROBIN'];

export const availabilityWord = (availability: Availability): string =>
  ({ AVAILABLE: t('Takes work'), AWAY: t('Keeps work, gets none'), OFFLINE: t('Gone') })[availability];

export const AVAILABILITIES: readonly Availability[] = ['AVAILABLE', 'AWAY', 'OFFLINE'];

export const MILESTONE_KINDS: readonly SlaMilestoneKind[] = [
  'TIME_TO_ACCEPT',
  'FIRST_RESPONSE',
  'NEXT_RESPONSE',
  'PERIODIC_UPDATE',
  'RESOLUTION',
];

export const standingWord = (standing: SlaStanding): string =>
  ({ ON_TIME: t('On time'), AT_RISK: t('At risk'), BREACHED: t('Broken') })[standing];

export const STANDINGS: readonly SlaStanding[] = ['ON_TIME', 'AT_RISK', 'BREACHED'];

/** What an interaction on a channel is called. */
export function channelWord(channel: Channel): string {
  const said: Readonly<Record<string, string> & { en: string }> = channels[channel].one;
  return said[language()] ?? said.en;
}

/** What the channel itself is called. */
export function channelTitle(channel: Channel): string {
  const said: Readonly<Record<string, string> & { en: string }> = channels[channel].name;
  return said[language()] ?? said.en;
}

export const CHANNEL_LIST = Object.keys(channels) as Channel[];

export const milestoneWord = (kind: SlaMilestoneKind): string =>
  ({
    TIME_TO_ACCEPT: t('Acceptance'),
    FIRST_RESPONSE: t('First response'),
    NEXT_RESPONSE: t('Next response'),
    PERIODIC_UPDATE: t('Update'),
    RESOLUTION: t('Resolution'),
  })[kind];

export const milestoneHint = (kind: SlaMilestoneKind): string =>
  ({
    TIME_TO_ACCEPT: t('From entering the queue until an agent accepts.'),
    FIRST_RESPONSE: t('From the beginning to the first answer to the customer.'),
    NEXT_RESPONSE: t('From the customer’s message to the answer to it.'),
    PERIODIC_UPDATE: t('From each message to the customer to the next one.'),
    RESOLUTION: t('From the beginning until it is closed.'),
  })[kind];

export const reopeningWord = (reopening: SlaReopening): string =>
  ({ RESUME: t('The clock goes on'), RESTART: t('The clock begins from zero'), NEVER: t('The clock stays off') })[reopening];

export const tierWord = (tier: CustomerTier): string => ({ STANDARD: t('Standard'), VIP: t('VIP') })[tier];
