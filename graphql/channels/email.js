/** @type {import('../channel').ChannelDefinition} */
export default {
  about: 'An e-mail.',
  order: 50,
  name: { en: 'E-mail', cs: 'E-mail', pl: 'E-mail', ru: 'Эл. почта', zh: '电子邮件' },
  one: { en: 'E-mail', cs: 'E-mail', pl: 'E-mail', ru: 'Письмо', zh: '电子邮件' },
  colour: 'blue',
  icon: 'M3.2 3.5h9.6A1.2 1.2 0 0 1 14 4.7v6.6a1.2 1.2 0 0 1-1.2 1.2H3.2A1.2 1.2 0 0 1 2 11.3V4.7a1.2 1.2 0 0 1 1.2-1.2ZM2.5 4.5 8 8.8l5.5-4.3',
  live: false,
  conversation: 'LETTERS',
  firstAnswer: 'MESSAGE',
  answeredHere: true,
  address: 'MAIL',
  openedBy: ['AGENT', 'RULE', 'INTAKE'],
  onPersonPage: true,
  settings: { weight: 50, waitingWeight: 0, interruptible: true, whenAgentLost: 'REQUEUE' },
};
