/** @type {import('../channel').ChannelDefinition} */
export default {
  about: 'A fax.',
  order: 90,
  name: { en: 'Fax', cs: 'Fax', pl: 'Faks', ru: 'Факс', zh: '传真' },
  one: { en: 'Fax', cs: 'Fax', pl: 'Faks', ru: 'Факс', zh: '传真' },
  colour: 'gray',
  icon: 'M4.5 6V2.5h7V6M4.5 11.5h-2V6h11v5.5h-2M4.5 9h7v4.5h-7Z',
  live: false,
  conversation: 'PAPER',
  firstAnswer: 'MESSAGE',
  answeredHere: false,
  address: 'NUMBER',
  openedBy: ['RULE', 'INTAKE'],
  onPersonPage: false,
  settings: { weight: 50, waitingWeight: 0, interruptible: true, whenAgentLost: 'REQUEUE' },
};
