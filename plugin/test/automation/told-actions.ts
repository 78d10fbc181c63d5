/** What actions of rules say that they do: held against the actions here, and against the words of the console there. */
import type { Said } from '../../src/platform/told.js';

const skills = [
  { skill: '<a>', minLevel: 4, mandatory: false },
  { skill: '<b>', minLevel: 1, mandatory: true },
];
const list = '<a> from level 4 (if possible), <b>';
const subject = 'For {{ customer.name }}';

export const TOLD_ACTIONS: Readonly<Record<string, Said>> = {
  assign: { text: 'Transfers it to <a>.', told: { code: 'ACTION_AGENT', facts: { agent: '<a>' } } },
  webhook: { text: 'Calls the webhook https://h.example/x.', told: { code: 'ACTION_WEBHOOK', facts: { url: 'https://h.example/x' } } },
  case: { text: 'Makes a case: "File".', told: { code: 'ACTION_INTERACTION', facts: { channel: 'CASE', queue: null, subject: 'File' } } },
  queuedCase: {
    text: 'Makes a case in the queue <q>: "File".',
    told: { code: 'ACTION_INTERACTION', facts: { channel: 'CASE', queue: '<q>', subject: 'File' } },
  },
  task: { text: `Makes a task in the queue <q>: "${subject}".`, told: { code: 'ACTION_TASK', facts: { queue: '<q>', subject } } },
  notify: {
    text: 'Tells <a>, all administrators: "Fire".',
    told: { code: 'ACTION_NOTIFICATION', facts: { agents: ['<a>'], roles: ['ADMIN'], text: 'Fire' } },
  },
  reply: {
    text: `Answers the customer: "${'x'.repeat(99)}…".`,
    told: { code: 'ACTION_REPLY', facts: { text: `${'x'.repeat(99)}…` } },
  },
  subject: { text: 'Sets the subject to "S".', told: { code: 'ACTION_FIELDS', facts: { subject: 'S', description: false } } },
  both: {
    text: 'Sets the subject to "S" and the description.',
    told: { code: 'ACTION_FIELDS', facts: { subject: 'S', description: true } },
  },
  description: { text: 'Sets the description.', told: { code: 'ACTION_FIELDS', facts: { subject: null, description: true } } },
  priority: { text: 'Sets the priority to 0.', told: { code: 'ACTION_PRIORITY', facts: { to: 0 } } },
  raise: { text: 'Raises the priority by 5.', told: { code: 'ACTION_PRIORITY', facts: { by: 5 } } },
  lower: { text: 'Lowers the priority by 5.', told: { code: 'ACTION_PRIORITY', facts: { by: -5 } } },
  queue: { text: 'Puts it into the queue <q>.', told: { code: 'ACTION_QUEUE', facts: { queue: '<q>' } } },
  skills: { text: `Asks for ${list}.`, told: { code: 'ACTION_SKILLS', facts: { mode: 'replace', skills } } },
  moreSkills: { text: `Asks for ${list} as well.`, told: { code: 'ACTION_SKILLS', facts: { mode: 'add', skills } } },
  noSkills: { text: 'Asks for no skills of its own.', told: { code: 'ACTION_SKILLS', facts: { mode: 'replace', skills: [] } } },
  policy: { text: 'Puts it under the SLA policy <p>.', told: { code: 'ACTION_SLA_POLICY', facts: { policy: '<p>' } } },
  ownPolicy: { text: "Puts it under its queue's SLA policy again.", told: { code: 'ACTION_SLA_POLICY', facts: { policy: null } } },
};

export const TOLD_SKILLS: Said = {
  text: `Czech, ${list}`,
  told: { code: 'VALUE_SKILLS', facts: { kept: ['Czech'], skills } },
};
