/** What a finding about health says to a person: what is wrong, how it is mended, and where. */
import type { HealthKey } from '../generated/operations';
import { toldWord, type Told } from '../told-words';
import { fileSize, inWords, moment, number, t } from '../language';

export interface FindingWords {
  title: string;
  /** What it rests on. */
  text?: string;
  mend: string;
  /** The console's page of administrators where that is done. */
  to?: '/crm' | '/webhooks';
}

export type FindingFacts = Readonly<Record<string, string | number | Told | null>>;

export function findingWords(key: HealthKey, facts: FindingFacts): FindingWords {
  const told = (name: string): string => {
    const value = facts[name];
    return typeof value === 'object' ? '' : String(value);
  };
  const why = (name: string): string => toldWord(facts['told'] as Told | null | undefined, told(name));
  const counted = (name: string): string => number(Number(facts[name] ?? 0));
  const time = (name = 'seconds'): string => inWords(Number(facts[name] ?? 0) * 1_000);
  const words: Record<HealthKey, () => FindingWords> = {
    DATABASE_SILENT: () => ({
      title: t('The database does not answer'),
      text: t('Nothing came within two seconds; what else is wrong cannot be seen meanwhile.'),
      mend: t('Look whether PostgreSQL runs and whether the network leads to it.'),
    }),
    DATABASE_SLOW: () => ({
      title: t('The database is slow'),
      text: t('A simple question took {{ms}} ms.', { ms: counted('answerMs') }),
      mend: t('Look for what keeps its machine busy: another program, a backup, a slow disk.'),
    }),
    DATABASE_CONNECTIONS: () => ({
      title: t('The database has few connections left'),
      text: t('{{used}} of {{most}} are in use.', { used: counted('connections'), most: counted('maxConnections') }),
      mend: t('Raise max_connections of PostgreSQL, or lower DATABASE_POOL of the engines.'),
    }),
    DATABASE_OLD_TRANSACTION: () => ({
      title: t('A transaction is open for long'),
      text: t('It has been open for {{time}}, and old rows are kept for it. A backup may be it.', { time: time() }),
      mend: t('Find out whose it is (pg_stat_activity) and close it.'),
    }),
    CLOCKS_DIFFER: () => ({
      title: t('The clocks of engine and database differ'),
      text:
        Number(facts.aheadSeconds) > 0
          ? t('The database’s is {{time}} ahead.', { time: time('aheadSeconds') })
          : t('The database’s is {{time}} behind.', { time: time('aheadSeconds') }),
      mend: t('Set both by NTP: times that are shown are wrong until then.'),
    }),
    DISK_FULL: () => ({
      title: t('The disk of the database is nearly full'),
      text: t('{{free}} of {{total}} are free in {{folder}}.', {
        free: fileSize(Number(facts.freeBytes)),
        total: fileSize(Number(facts.totalBytes)),
        folder: told('folder'),
      }),
      mend: t('Make room there, or move the data to a larger disk, before PostgreSQL stops.'),
    }),
    LOG_UNREAD: () => ({
      title: t('This engine does not read the event log'),
      text: t('Its pages may show the past.'),
      mend: t('It tries again by itself; where that does not help, its log says why.'),
    }),
    WORK_UNDONE: () => ({
      title: t('Nobody does the work “{{name}}”', { name: told('name') }),
      text: t('An engine runs, and has not taken it.'),
      mend: t('Restart an engine. After an uninstall from the CRM that was stopped, it goes on by itself within ten minutes.'),
    }),
    READER_BEHIND: () => ({
      title: t('The reader “{{name}}” is behind', { name: told('name') }),
      text: t('Events that wait: {{events}}; the first happened {{time}} ago.', { events: counted('events'), time: time() }),
      mend: t('The engine’s log says what it meets. It goes on by itself once that is mended, and misses nothing.'),
    }),
    JOBS_SILENT: () => ({
      title: t('The store of the jobs does not answer'),
      text: t('No mail and no webhook goes out meanwhile.'),
      mend: t('Look whether Redis runs, where REDIS_URL is set, else PostgreSQL.'),
    }),
    JOBS_WAIT: () => ({
      title: t('Many jobs “{{name}}” wait', { name: told('name') }),
      text: t('Jobs not begun: {{waiting}}.', { waiting: counted('waiting') }),
      mend: t('They are worked off by themselves; where the number does not fall, start a further engine.'),
    }),
    MAIL_IN_STOPPED: () => ({
      title: t('The listener for mail has ended'),
      text: t('Senders keep their mail and try again for some days.'),
      mend: t('Restart the engine.'),
    }),
    MAIL_IN_OFF: () => ({
      title: t('No mail comes in at this engine'),
      text: t('Mailboxes without a listener: {{mailboxes}}.', { mailboxes: counted('mailboxes') }),
      mend: t('Start the engine with SMTP_PORT, and let your mail server hand it the mail of these mailboxes.'),
    }),
    MAIL_OUT_OFF: () => ({
      title: t('Replies by mail have no way out'),
      ...(Number(facts.pending) > 0 && { text: t('Mails that wait: {{pending}}.', { pending: counted('pending') }) }),
      mend: t('Start the engine with SMTP_URL, the address of your mail server; what waits goes out then.'),
    }),
    MAIL_OUT_FAILS: () => ({
      title: t('The mail server does not take mails'),
      text: t('{{server}} has refused {{pending}} for {{time}}: {{error}}', {
        server: told('server'),
        pending: counted('pending'),
        time: time(),
        error: told('error'),
      }),
      mend: t('Look whether the mail server runs, and whether SMTP_URL is right. Each mail is tried again for three hours.'),
    }),
    MAIL_OUT_STANDS: () => ({
      title: t('Mails are not even tried'),
      text: t('Mails that wait: {{pending}}, the first for {{time}}.', { pending: counted('pending'), time: time() }),
      mend: t('Restart the engine: it finds them.'),
    }),
    WEBHOOKS_FAIL: () => ({
      title: t('Webhooks are not taken'),
      text: t('Webhooks that wait: {{failing}}, the first for {{time}}. The last answer: {{error}}', {
        failing: counted('failing'),
        time: time(),
        error: why('error'),
      }),
      mend: t('Look whether their receiver runs. They are tried again by themselves.'),
      to: '/webhooks',
    }),
    WEBHOOKS_GIVEN_UP: () => ({
      title: t('Webhooks were given up'),
      text: t('Within the last day: {{givenUp}}.', { givenUp: counted('givenUp') }),
      mend: t('Mend their receiver. What they told is lost to it, and stands in the log.'),
      to: '/webhooks',
    }),
    CRM_UNREACHABLE: () => ({
      title: t('{{crm}} cannot be reached', { crm: told('crm') }),
      text: t('For {{time}}: {{problem}}', { time: time(), problem: why('problem') }),
      mend: t('Routing goes on, and what happens meanwhile is pushed afterwards. The CRM’s page can look for the cause.'),
      to: '/crm',
    }),
    CRM_SILENT: () => ({
      title: t('No engine asks {{crm}}', { crm: told('crm') }),
      text: t('The last answer came {{time}} ago.', { time: time() }),
      mend: t('Restart the engine. After an uninstall from the CRM that was stopped, it goes on by itself within ten minutes.'),
      to: '/crm',
    }),
    CRM_BEHIND: () => ({
      title: t('{{crm}} is behind', { crm: told('crm') }),
      text: t('Records to be pushed: {{waiting}}, the first for {{time}}.', { waiting: counted('waiting'), time: time() }),
      mend: t('Another program may use up the CRM’s limit on calls. The CRM’s page can look for the cause.'),
      to: '/crm',
    }),
    CRM_RECORDS: () => ({
      title: t('Records do not agree with {{crm}}', { crm: told('crm') }),
      text: t('Records that one side does not take from the other: {{problems}}.', { problems: counted('problems') }),
      mend: t('The CRM’s page has each with what is wrong about it.'),
      to: '/crm',
    }),
    CRM_KEY_ENDS: () => ({
      title: t('The key for {{crm}} ends', { crm: told('crm') }),
      text: t('It is valid until {{time}}.', { time: moment(told('endsAt')) }),
      mend: t('Make a new one in the CRM, and replace it on the CRM’s page.'),
      to: '/crm',
    }),
  };
  return words[key]();
}
