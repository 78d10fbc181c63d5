/** @type {import('../channel').ChannelDefinition} */
export default {
  about: 'A telephone call.',
  order: 10,
  name: { en: 'Voice', cs: 'Hovor', pl: 'Telefon', ru: 'Телефон', zh: '语音' },
  one: { en: 'Call', cs: 'Hovor', pl: 'Połączenie', ru: 'Звонок', zh: '来电' },
  colour: 'green',
  icon: 'M3.2 2.5h2.3l1.1 2.9-1.4 1.1a8.6 8.6 0 0 0 4.3 4.3l1.1-1.4 2.9 1.1v2.3c0 .6-.5 1-1.1 1A10.2 10.2 0 0 1 2.2 3.6c0-.6.4-1.1 1-1.1Z',
  live: true,
  conversation: 'SPOKEN',
  firstAnswer: 'ACCEPTANCE',
  answeredHere: false,
  address: 'LINE',
  openedBy: ['AGENT', 'RULE', 'INTAKE'],
  onPersonPage: true,
  settings: { weight: 100, waitingWeight: 100, interruptible: false, whenAgentLost: 'KEEP' },
};
