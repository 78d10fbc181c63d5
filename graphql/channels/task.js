/** @type {import('../channel').ChannelDefinition} */
export default {
  about: 'Something to do, for nobody in particular.',
  order: 80,
  name: { en: 'Task', cs: 'Úkol', pl: 'Zadanie', ru: 'Задача', zh: '任务' },
  one: { en: 'Task', cs: 'Úkol', pl: 'Zadanie', ru: 'Задача', zh: '任务' },
  colour: 'yellow',
  icon: 'M3.7 2.5h8.6a1.2 1.2 0 0 1 1.2 1.2v8.6a1.2 1.2 0 0 1-1.2 1.2H3.7a1.2 1.2 0 0 1-1.2-1.2V3.7a1.2 1.2 0 0 1 1.2-1.2ZM5.2 8.2l2 2 3.7-4.2',
  live: false,
  conversation: 'NONE',
  firstAnswer: 'MESSAGE',
  answeredHere: false,
  address: 'ANY',
  openedBy: ['AGENT', 'RULE', 'INTAKE'],
  onPersonPage: false,
  settings: { weight: 20, waitingWeight: 0, interruptible: true, whenAgentLost: 'KEEP' },
};
