/** What the engine says, by its code and facts: for languages other than English. What somebody outside said is quoted in it. */
import { firstStartWord, ladderWord, startWord } from '@patchbay/pages/actor-words';
import { CONTACT_WORDS } from '@patchbay/pages/contact-words';
import { MAIL_WORDS } from '@patchbay/pages/mail-words';
import { toldRefusal } from '@patchbay/pages/refusals';
import { CRM_WORDS } from './crm-told-words';
import type { Channel, ToldCode } from './generated/operations';
import { duration, number, t } from './language';
import { actionWord } from './action-words';
import { people, RULE_TOLD_WORDS } from './rule-told-words';
import { toldWord, type Told } from './told-words';
import { channelTitle } from './words';

type Facts = Readonly<Record<string, unknown>>;

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
const count = (value: unknown): number => (typeof value === 'number' ? value : 0);

const actionOf = ({ action, place }: Facts, why: string): string =>
  typeof action === 'string'
    ? t('Action {{place}}, {{action}}: {{why}}', { place: number(count(place)), action: actionWord(action, action), why })
    : why;

export const TOLD_WORDS: Readonly<Record<ToldCode, (facts: Facts) => string>> = {
  REFUSAL: (facts) => actionOf(facts, toldRefusal({ code: text(facts['refusal']), message: text(facts['message']) })),
  ENGINE_FAILED: (facts) => actionOf(facts, t('The engine failed ({{error}}); its log says why.', { error: text(facts['error']) })),
  SEVERAL: ({ all }) => (all as { text: string; told: Told }[]).map((one) => toldWord(one.told, one.text)).join(' '),
  LADDER: ladderWord,
  START: startWord,
  FIRST_START: firstStartWord,

  RULE_CAUSED_EVENT: ({ others }) =>
    others === 0
      ? t('The rule itself caused this event, and does not set itself off.')
      : t('The rule caused this event through {{count}} other rules, and does not set itself off.', { count: count(others) }),
  RULE_IN_CHAIN: ({ rules }) =>
    t('{{count}} rules have led to this event, one setting off the next; there it ends.', { count: count(rules) }),
  RULE_TOO_OFTEN: ({ runs, most }) =>
    t('The rule ran {{count}} times on this record within an hour; at most {{most}} are let through.', {
      count: count(runs),
      most: number(count(most)),
    }),
  RULE_STOPPED: ({ rule }) =>
    typeof rule === 'string'
      ? t('The rule {{rule}} had matched, and stops those after it.', { rule })
      : t('An earlier rule stops at its match.'),
  RULE_UNDECIDED: ({ term, error }) => t('The condition cannot be told: {{term}} ({{error}})', { term: text(term), error: text(error) }),
  RULE_OUTDATED: () => t('The condition cannot be told: it speaks of something that is gone; save it anew.'),

  EFFECT_AGENT: () => t('Agent'),
  EFFECT_DESCRIPTION: () => t('Description'),
  EFFECT_INTERACTION: ({ channel }) => t('New interaction: {{channel}}', { channel: channelTitle(channel as Channel) }),
  EFFECT_NOTIFICATION: (facts) => t('Notification to {{names}}', { names: people(facts) }),
  EFFECT_PRIORITY: () => t('Priority'),
  EFFECT_QUEUE: () => t('Queue'),
  EFFECT_REPLY: () => t('Message to the customer'),
  EFFECT_SKILLS: () => t('Skills'),
  EFFECT_SLA_POLICY: () => t('SLA policy'),
  EFFECT_SUBJECT: () => t('Subject'),
  EFFECT_TASK: () => t('New task'),
  EFFECT_WEBHOOK: () => t('Webhook'),

  ...CRM_WORDS,
  ...MAIL_WORDS,
  ...CONTACT_WORDS,
  ...RULE_TOLD_WORDS,

  WEBHOOK_URL_REFUSED: ({ message }) => t('The address in the rule cannot be used: {{why}}', { why: text(message) }),
  WEBHOOK_ADDRESS_REFUSED: ({ host }) =>
    t('{{host}} is not on the public internet; an operator can allow it by the setting WEBHOOK_ALLOW.', { host: text(host) }),
  WEBHOOK_SECRET_UNUSABLE: () => t('The secret of this webhook cannot be used: write a new one into the rule.'),
  WEBHOOK_REDIRECTED: ({ status }) =>
    t('The receiver answers with a redirect ({{status}}), which is not followed: write the address it leads to into the rule.', {
      status: text(status),
    }),
  WEBHOOK_TOO_MANY: ({ status }) => t('The receiver asks for fewer calls ({{status}}).', { status: text(status) }),
  WEBHOOK_RECEIVER_FAILS: ({ status }) => t('The receiver has a failure ({{status}}).', { status: text(status) }),
  WEBHOOK_UNAUTHORIZED: ({ status }) =>
    t('The receiver refuses it ({{status}}): compare the secret on both sides.', { status: text(status) }),
  WEBHOOK_UNKNOWN_ADDRESS: ({ status }) => t('The receiver knows no such address ({{status}}).', { status: text(status) }),
  WEBHOOK_UNWANTED: ({ status }) => t('The receiver wants no more of these ({{status}}).', { status: text(status) }),
  WEBHOOK_TOO_LARGE: ({ status }) => t('It is too large for the receiver ({{status}}).', { status: text(status) }),
  WEBHOOK_REFUSED: ({ status }) => t('The receiver refuses it ({{status}}).', { status: text(status) }),
  WEBHOOK_NO_ANSWER: ({ host, seconds }) =>
    t('{{host}} gave no answer within {{time}}.', { host: text(host), time: duration(count(seconds)) }),
  WEBHOOK_NO_HOST: ({ host }) => t('There is no host {{host}}.', { host: text(host) }),
  WEBHOOK_NO_LOOKUP: ({ host }) => t('The name {{host}} cannot be looked up now.', { host: text(host) }),
  WEBHOOK_NO_CONNECTION: ({ host }) => t('{{host}} takes no connections there.', { host: text(host) }),
  WEBHOOK_UNTRUSTED: ({ host, error }) =>
    t('The certificate of {{host}} cannot be trusted ({{error}}).', { host: text(host), error: text(error) }),
  WEBHOOK_BROKEN_OFF: ({ host, error }) =>
    t('{{host}} broke the connection off or answered something that is not HTTP ({{error}}).', { host: text(host), error: text(error) }),
  WEBHOOK_UNREACHABLE: ({ host, error }) => t('{{host}} cannot be reached ({{error}}).', { host: text(host), error: text(error) }),
};
