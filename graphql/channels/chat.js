/** @type {import('../channel').ChannelDefinition} */
export default {
  about: 'A chat on a page, whose visitor is there.',
  order: 20,
  name: { en: 'Chat', cs: 'Chat', pl: 'Czat', ru: 'Чат', zh: '在线聊天' },
  one: { en: 'Chat', cs: 'Chat', pl: 'Czat', ru: 'Чат', zh: '在线聊天' },
  colour: 'sky',
  icon: 'M2.5 3.5h11v7.5H7.2L4.5 13.3V11h-2Z',
  live: true,
  conversation: 'MESSAGES',
  firstAnswer: 'ACCEPTANCE',
  answeredHere: true,
  address: 'HANDLE',
  openedBy: ['RULE', 'INTAKE'],
  onPersonPage: false,
  settings: { weight: 40, waitingWeight: 10, interruptible: false, whenAgentLost: 'REQUEUE' },
};
