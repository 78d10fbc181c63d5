/** @type {import('../channel').ChannelDefinition} */
export default {
  about: 'A message by a social network or a messenger.',
  order: 30,
  name: { en: 'Social media', cs: 'Sociální sítě', pl: 'Media społecznościowe', ru: 'Соцсети', zh: '社交媒体' },
  one: { en: 'Social', cs: 'Sociální sítě', pl: 'Media społecznościowe', ru: 'Соцсети', zh: '社交媒体' },
  colour: 'pink',
  icon: 'M10.4 8a2.4 2.4 0 1 1-4.8 0 2.4 2.4 0 0 1 4.8 0ZM10.4 5.6v3.2a1.7 1.7 0 0 0 3.4 0V8A5.8 5.8 0 1 0 11 13',
  live: false,
  conversation: 'MESSAGES',
  firstAnswer: 'MESSAGE',
  answeredHere: true,
  address: 'HANDLE',
  openedBy: ['RULE', 'INTAKE'],
  onPersonPage: false,
  settings: { weight: 30, waitingWeight: 5, interruptible: false, whenAgentLost: 'REQUEUE' },
};
