/** What is wrong, what is behind, and what runs: asked anew every few seconds while somebody looks. */
import type { ReactNode } from 'react';
import { useQuery } from '@apollo/client/react';
import { Link } from 'react-router';
import { HealthDocument, type HealthQuery } from '../generated/operations';
import { fileSize, inWords, moment, number, t } from '../language';
import { Icon } from '../parts/Icon';
import { Failed, Loading } from '../parts/States';
import { Tag } from '../parts/Tag';
import { OutLink } from '../parts/OutLink';
import { problemOf } from '../problem';
import { useMay } from '../session';
import { findingWords, type FindingFacts } from './finding-words';
import '../styles/health.css';

type Health = HealthQuery['health'];

const EVERY_MS = 5_000;

export function HealthSections() {
  const { data, error, refetch } = useQuery(HealthDocument, {
    fetchPolicy: 'network-only',
    nextFetchPolicy: 'cache-first',
    pollInterval: EVERY_MS,
    skipPollAttempt: () => document.hidden,
  });
  // Of no concern to whoever leads a part of the center.
  if (error && problemOf(error).code === 'FORBIDDEN') return null;
  if (!data) return error ? <Failed problem={problemOf(error)} again={() => void refetch().catch(() => undefined)} /> : <Loading />;
  const { health } = data;
  return (
    <>
      {error && (
        <p className="problem" role="alert">
          {t('The engine does not answer now; this is what it said last.')} {problemOf(error).message}
        </p>
      )}
      <Wrong findings={health.findings} />
      <div className="beside">
        <Behind health={health} />
        <Runs health={health} />
      </div>
    </>
  );
}

function Wrong({ findings }: { findings: Health['findings'] }) {
  const admin = useMay(['ADMIN']);
  return (
    <section className="card" aria-labelledby="wrong">
      <h2 id="wrong">{t('What is wrong')}</h2>
      <div role="status">
        {findings.length === 0 ? (
          <p className="row">
            <span className="step-mark done" aria-hidden="true">
              <Icon name="check" />
            </span>
            {t('Nothing: everything works.')}
          </p>
        ) : (
          <ul className="findings">
            {findings.map(({ severity, key, facts }) => {
              const { title, text, mend, to } = findingWords(key, facts as FindingFacts);
              return (
                <li key={`${key} ${String(facts.name ?? '')}`}>
                  <Tag tone={severity === 'CRITICAL' ? 'bad' : 'warn'}>
                    {severity === 'CRITICAL' ? t('Stands still') : t('Needs a look')}
                  </Tag>
                  <div>
                    <strong>{title}</strong>
                    {text !== undefined && <p>{text}</p>}
                    <p className="soft">{mend}</p>
                  </div>
                  {admin && to !== undefined && (
                    <Link className="button small" to={to}>
                      {to === '/crm' ? t('To the CRM’s page') : t('To the webhooks')}
                    </Link>
                  )}
                </li>
              );
            })}
          </ul>
        )}
      </div>
    </section>
  );
}

/** How long ago it was, as one says it. */
const ago = (from: string, at: string): string => inWords(Math.max(0, Date.parse(at) - Date.parse(from)));

/** How many wait, and for how long. */
function waits(count: number, oldestAt: string | null | undefined, at: string, atLeast = false): string {
  if (count === 0) return t('Nothing waits');
  const counted = atLeast ? t('At least {{number}}', { number: number(count) }) : number(count);
  return oldestAt ? t('{{number}}, the first for {{time}}', { number: counted, time: ago(oldestAt, at) }) : counted;
}

function Behind({ health }: { health: Health }) {
  const { at, readers, jobs, mailOut, webhooks, crm } = health;
  const late = readers.filter(({ behind }) => behind > 0);
  return (
    <section className="card" aria-labelledby="behind">
      <h2 id="behind">{t('What is behind')}</h2>
      <dl className="facts">
        <Fact name={t('Readers of the event log')}>
          {late.length === 0 ? t('All have read everything') : null}
          {late.map(({ name, behind, oldestAt, atLeast }) => (
            <span key={name} className="line">
              {name}: {waits(behind, oldestAt, at, atLeast)}
            </span>
          ))}
        </Fact>
        {mailOut && <Fact name={t('Mails to be sent')}>{waits(mailOut.pending, mailOut.oldestAt, at)}</Fact>}
        {webhooks && (
          <Fact name={t('Webhooks to be sent')}>
            {waits(webhooks.pending, null, at)}
            {webhooks.failing > 0 &&
              webhooks.failingSince &&
              ` · ${t('refused so far: {{number}}, the first for {{time}}', { number: number(webhooks.failing), time: ago(webhooks.failingSince, at) })}`}
          </Fact>
        )}
        {jobs && (
          <Fact name={t('Jobs to be begun')}>
            {waits(
              jobs.reduce((sum, { waiting }) => sum + waiting, 0),
              null,
              at,
            )}
          </Fact>
        )}
        {crm && <Fact name={t('Records to be pushed to {{crm}}', { crm: crm.name })}>{waits(crm.waiting, crm.oldestWaitingAt, at)}</Fact>}
      </dl>
    </section>
  );
}

function Runs({ health }: { health: Health }) {
  const { at, version, engines, database, disk, mailIn, mailOut, crm } = health;
  return (
    <section className="card" aria-labelledby="runs">
      <h2 id="runs">{t('What runs')}</h2>
      <dl className="facts">
        <Fact name={t('Engines')}>
          {engines.map(({ id, isThis, startedAt, holds }) => (
            <span key={id} className="line">
              {isThis ? t('This one, Patchbay {{version}}', { version }) : t('Another one')}
              {' · '}
              {t('for {{time}}', { time: ago(startedAt, at) })}
              {engines.length > 1 && ` · ${t('works on: {{work}}', { work: holds.join(', ') })}`}
            </span>
          ))}
        </Fact>
        {database && (
          <Fact name={t('Database')}>
            <span className="line">
              PostgreSQL {database.version} · {t('{{size}} of data', { size: fileSize(database.sizeBytes) })}
            </span>
            <span className="line">
              {t('answers in {{ms}} ms', { ms: number(database.answerMs) })}
              {' · '}
              {t('{{used}} of {{most}} connections', { used: number(database.connections), most: number(database.maxConnections) })}
            </span>
          </Fact>
        )}
        {disk && (
          <Fact name={t('Disk of the database')}>
            {t('{{free}} of {{total}} are free', { free: fileSize(disk.freeBytes), total: fileSize(disk.totalBytes) })}
          </Fact>
        )}
        {mailIn && (
          <Fact name={t('Mail in')}>
            {mailIn.port == null ? t('No listener here') : t('Listens on port {{port}}', { port: mailIn.port })}
            {mailIn.lastAt && ` · ${t('the last mail came {{when}}', { when: moment(mailIn.lastAt) })}`}
          </Fact>
        )}
        {mailOut && (
          <Fact name={t('Mail out')}>{mailOut.server ? t('By {{server}}', { server: mailOut.server }) : t('No mail server is set')}</Fact>
        )}
        <Fact name={t('CRM')}>
          {crm ? (
            <>
              <OutLink href={crm.url}>{crm.name}</OutLink>
              {' · '}
              {crm.reachedAt ? t('the last answer came {{time}} ago', { time: ago(crm.reachedAt, at) }) : t('not reached yet')}
            </>
          ) : (
            t('None is connected')
          )}
        </Fact>
      </dl>
    </section>
  );
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
);
