/** @type {import('../channel').ChannelDefinition} */
export default {
  about: 'A form on a page.',
  order: 60,
  name: { en: 'Web form', cs: 'Webový formulář', pl: 'Formularz WWW', ru: 'Веб-форма', zh: '网页表单' },
  one: { en: 'Web form', cs: 'Webový formulář', pl: 'Formularz WWW', ru: 'Веб-форма', zh: '网页表单' },
  colour: 'purple',
  icon: 'M3.7 2.5h8.6a1.2 1.2 0 0 1 1.2 1.2v8.6a1.2 1.2 0 0 1-1.2 1.2H3.7a1.2 1.2 0 0 1-1.2-1.2V3.7a1.2 1.2 0 0 1 1.2-1.2ZM5 5.8h6M5 8.3h6M5 10.8h3',
  live: false,
  conversation: 'LETTERS',
  firstAnswer: 'MESSAGE',
  answeredHere: false,
  address: 'ANY',
  openedBy: ['RULE', 'INTAKE'],
  onPersonPage: false,
  settings: { weight: 50, waitingWeight: 0, interruptible: true, whenAgentLost: 'REQUEUE' },
};
