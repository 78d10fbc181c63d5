/** @type {import('../channel').ChannelDefinition} */
export default {
  about: 'A back-office case.',
  order: 70,
  name: { en: 'Case', cs: 'Případ', pl: 'Sprawa', ru: 'Обращение', zh: '个案' },
  one: { en: 'Case', cs: 'Případ', pl: 'Sprawa', ru: 'Обращение', zh: '个案' },
  colour: 'orange',
  icon: 'M2 4.3c0-.5.4-.8.8-.8h3.5l1.4 1.7h5.5c.5 0 .8.4.8.8v5.7c0 .5-.3.8-.8.8H2.8c-.4 0-.8-.3-.8-.8Z',
  live: false,
  conversation: 'NONE',
  firstAnswer: 'MESSAGE',
  answeredHere: false,
  address: 'ANY',
  openedBy: ['AGENT', 'RULE', 'INTAKE'],
  onPersonPage: true,
  settings: { weight: 40, waitingWeight: 0, interruptible: true, whenAgentLost: 'KEEP' },
};
