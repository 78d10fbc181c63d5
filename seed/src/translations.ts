/** What some queues, and all presence statuses and dispositions, are called in the languages of the pages. */

const LANGUAGES = ['cs', 'pl', 'ru', 'zh'] as const;

/** By the center's own name, in the order of LANGUAGES. */
const NAMES: Readonly<Record<string, readonly [cs: string, pl: string, ru: string, zh: string]>> = {
  'Faults & Enquiries': ['Poruchy a dotazy', 'Awarie i zapytania', 'Неисправности и вопросы', '故障与咨询'],
  'VIP desk': ['VIP zákazníci', 'Klienci VIP', 'VIP-клиенты', '贵宾服务'],

  Available: ['K dispozici', 'Dostępny', 'Доступен', '可用'],
  Break: ['Přestávka', 'Przerwa', 'Перерыв', '休息'],
  Meeting: ['Porada', 'Spotkanie', 'Совещание', '会议'],
  Training: ['Školení', 'Szkolenie', 'Обучение', '培训'],
  Offline: ['Offline', 'Offline', 'Не в сети', '离线'],

  Resolved: ['Vyřešeno', 'Rozwiązano', 'Решено', '已解决'],
  'Information given': ['Podána informace', 'Udzielono informacji', 'Дана информация', '已提供信息'],
  'Outage reported': ['Nahlášen výpadek', 'Zgłoszono awarię', 'Сообщено об аварии', '已报告故障'],
  'Engineer booked': ['Objednán technik', 'Umówiono technika', 'Назначен мастер', '已预约技术人员'],
  'Emergency crew sent': ['Vyslána pohotovost', 'Wysłano pogotowie', 'Отправлена аварийная бригада', '已派出抢修队'],
  'Invoice corrected': ['Opravena faktura', 'Skorygowano fakturę', 'Счёт исправлен', '账单已更正'],
  'Payment plan agreed': ['Dohodnuty splátky', 'Uzgodniono raty', 'Согласована рассрочка', '已商定分期付款'],
  'Meter reading taken': ['Zapsán stav měřidla', 'Zapisano stan licznika', 'Записаны показания', '已登记读数'],
  'Contract changed': ['Změněna smlouva', 'Zmieniono umowę', 'Договор изменён', '合同已变更'],
  'Customer kept': ['Zákazník zůstal', 'Klient pozostał', 'Клиент остался', '客户已挽留'],
  'Contract ended': ['Ukončena smlouva', 'Rozwiązano umowę', 'Договор расторгнут', '合同已终止'],
  'Sale made': ['Prodáno', 'Sprzedano', 'Продано', '已成交'],
  'Offer declined': ['Nabídka odmítnuta', 'Odrzucono ofertę', 'Предложение отклонено', '已拒绝报价'],
  'Complaint accepted': ['Reklamace uznána', 'Uznano reklamację', 'Жалоба принята', '投诉已受理'],
  'Complaint rejected': ['Reklamace zamítnuta', 'Odrzucono reklamację', 'Жалоба отклонена', '投诉已驳回'],
  'Passed to back office': ['Předáno do zázemí', 'Przekazano do zaplecza', 'Передано в бэк-офис', '已转交后台'],
  'No answer from customer': ['Zákazník neodpověděl', 'Klient nie odpowiedział', 'Клиент не ответил', '客户未回复'],
  'Wrong number': ['Omyl', 'Pomyłka', 'Ошиблись номером', '打错电话'],
  Spam: ['Spam', 'Spam', 'Спам', '垃圾信息'],
};

/** As a record keeps them. */
export const translationsOf = (name: string): { language: string; name: string }[] =>
  (NAMES[name] ?? []).map((translated, at) => ({ language: LANGUAGES[at] ?? '', name: translated }));
