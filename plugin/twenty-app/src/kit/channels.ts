import { options } from './fields';

/** How a customer can reach the contact center, as the engine names it. */
export const channels = options(
  ['VOICE', 'Voice', 'green'],
  ['CHAT', 'Chat', 'sky'],
  ['EMAIL', 'E-mail', 'blue'],
  ['SMS', 'SMS', 'turquoise'],
  ['SOCIAL', 'Social media', 'pink'],
  ['FAX', 'Fax', 'gray'],
  ['WEB_FORM', 'Web form', 'purple'],
  ['CASE', 'Case', 'orange'],
  ['TASK', 'Task', 'yellow'],
);
