/** @type {import('../channel').ChannelDefinition} */
export default {
  about: 'A text message.',
  order: 40,
  name: { en: 'SMS', cs: 'SMS', pl: 'SMS', ru: 'SMS', zh: '短信' },
  one: { en: 'SMS', cs: 'SMS', pl: 'SMS', ru: 'SMS', zh: '短信' },
  colour: 'turquoise',
  icon: 'M2.5 3.5h11v7.5H7.2L4.5 13.3V11h-2ZM5.2 7.25h.2M7.9 7.25h.2M10.6 7.25h.2',
  live: false,
  conversation: 'MESSAGES',
  firstAnswer: 'MESSAGE',
  answeredHere: true,
  address: 'NUMBER',
  openedBy: ['AGENT', 'RULE', 'INTAKE'],
  onPersonPage: false,
  settings: { weight: 30, waitingWeight: 5, interruptible: false, whenAgentLost: 'REQUEUE' },
};
