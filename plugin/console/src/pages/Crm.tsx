/** The CRM that the center lives in: how the two get on, what is changed in it from here, and how it is connected and taken out. */
import { useState } from 'react';
import { useMutation, useQuery } from '@apollo/client/react';
import {
  CrmDocument,
  CrmProblemsDocument,
  CrmTaskDocument,
  StartCrmTaskDocument,
  type CrmQuery,
  type StartCrmTaskInput,
} from '../generated/operations';
import { moment, number, t } from '../language';
import { Check } from '../parts/controls';
import { Grave } from '../parts/Grave';
import { TextInput } from '../parts/inputs';
import { Failed, Loading } from '../parts/States';
import { problemOf } from '../problem';
import { CrmProblems } from './CrmProblems';
import { CrmTask, type Task } from './CrmTask';
import { toldWord } from '../told-words';
import { kindWord } from './crm-words';
import { ProblemLine } from '../parts/ProblemLine';
import { OutLink } from '../parts/OutLink';

type Connected = NonNullable<CrmQuery['crm']>;
type Start = (input: StartCrmTaskInput) => Promise<unknown>;

const EVERY_MS = 5_000;
const WHILE_RUNNING_MS = 700;

export default function Crm() {
  const looked = { fetchPolicy: 'cache-and-network', skipPollAttempt: () => document.hidden } as const;
  const crm = useQuery(CrmDocument, { ...looked, pollInterval: EVERY_MS });
  const last = useQuery(CrmTaskDocument, looked);
  const task = last.data?.crmTask ?? null;
  const running = task?.state === 'RUNNING';
  useQuery(CrmTaskDocument, { ...looked, pollInterval: running ? WHILE_RUNNING_MS : EVERY_MS });
  const [begin] = useMutation(StartCrmTaskDocument, {
    update: (cache, { data }) => data && cache.writeQuery({ query: CrmTaskDocument, data: { crmTask: data.startCrmTask.task } }),
    refetchQueries: [CrmDocument, CrmProblemsDocument],
  });
  const start: Start = (input) => begin({ variables: { input } });
  if (!crm.data || !last.data) {
    const error = crm.error ?? last.error;
    const again = (): void => void Promise.all([crm.refetch(), last.refetch()]).catch(() => undefined);
    return error ? <Failed problem={problemOf(error)} again={again} /> : <Loading />;
  }
  const connected = crm.data.crm;
  return (
    <article className="page record-page">
      <header className="page-head">
        <h1>{t('CRM')}</h1>
      </header>
      {connected ? <WhileConnected crm={connected} task={task} start={start} /> : <Connect task={task} start={start} />}
    </article>
  );
}

/** A task that belongs to what the page shows now: others are history. */
function Shown({ task }: { task: Task | null }) {
  return task && <CrmTask key={task.id} task={task} />;
}

function Connect({ task, start }: { task: Task | null; start: Start }) {
  const [url, setUrl] = useState('');
  const [apiKey, setApiKey] = useState('');
  const [publicUrl, setPublicUrl] = useState(location.origin);
  const [withDemo, setWithDemo] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const running = task?.state === 'RUNNING';
  const go = (kind: 'PLAN' | 'APPLY'): void => {
    setProblem(null);
    start({ kind, url, apiKey, publicUrl, ...(kind === 'APPLY' && { acceptLosses: true, withDemo }) }).catch((error: unknown) =>
      setProblem(problemOf(error).message),
    );
  };
  const complete = url.trim() !== '' && apiKey.trim() !== '' && publicUrl.trim() !== '';
  const planned = task?.kind === 'PLAN' && task.state === 'DONE';
  const isDemo = task?.told?.code === 'CRM_DEMO';
  return (
    <>
      <section className="card" aria-labelledby="without">
        <h2 id="without">{t('No CRM is connected')}</h2>
        <p>{t('The contact center works without one. Connected, it lives inside your CRM:')}</p>
        <ul className="bullets">
          <li>{t('Agents work at the desk inside the CRM, signed in by it, beside the customer’s record.')}</li>
          <li>{t('Whoever calls or writes is found among the CRM’s people and companies; each interaction stands in their timeline.')}</li>
          <li>{t('Queues, agents, SLA policies and rules are records of the CRM too, and may be edited on either side.')}</li>
          <li>{t('The CRM’s own views, filters and automations work with interactions.')}</li>
        </ul>
      </section>
      <form
        className="card form"
        aria-label={t('Connect Twenty')}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          go('PLAN');
        }}
      >
        <h2>{t('Connect Twenty')}</h2>
        <fieldset className="fields" disabled={running}>
          <TextInput label={t('Address of Twenty')} hint={t('Such as https://crm.example.org.')} required value={url} onChange={setUrl} />
          <TextInput
            label={t('API key')}
            type="password"
            autoComplete="off"
            hint={t('Of the role Admin, made in Twenty under Settings, MCP & APIs, API.')}
            required
            value={apiKey}
            onChange={setApiKey}
          />
          <TextInput
            label={t('Address of the engine')}
            hint={t('Where Twenty and the browsers of its users reach this engine.')}
            required
            value={publicUrl}
            onChange={setPublicUrl}
          />
          {isDemo && <Check label={t('Connect the demo, with its invented people')} value={withDemo} onChange={setWithDemo} />}
        </fieldset>
        <ProblemLine problem={problem} />
        <footer className="form-foot">
          <button type="submit" className={planned || isDemo ? 'button' : 'button primary'} disabled={!complete || running}>
            {t('Try it and show the plan')}
          </button>
          {(planned || isDemo) && (
            <button type="button" className="button primary" disabled={!complete || running} onClick={() => go('APPLY')}>
              {t('Connect as planned')}
            </button>
          )}
          <span className="soft">{t('The plan changes nothing yet.')}</span>
        </footer>
      </form>
      <Shown task={task} />
    </>
  );
}

function WhileConnected({ crm, task, start }: { crm: Connected; task: Task | null; start: Start }) {
  const running = task?.state === 'RUNNING';
  const [problem, setProblem] = useState<string | null>(null);
  const go = (input: StartCrmTaskInput): void => {
    setProblem(null);
    start(input).catch((error: unknown) => setProblem(problemOf(error).message));
  };
  const plan = task?.kind === 'PLAN' && task.state === 'DONE' ? task.plan : null;
  const apply = { kind: 'APPLY', acceptLosses: true } as const;
  return (
    <>
      <div className="beside">
        <Connection crm={crm} />
        <Behind crm={crm} />
      </div>
      <CrmProblems crm={crm.name} />
      <section className="card" aria-labelledby="work">
        <h2 id="work">{t('Examine and upgrade')}</h2>
        <p className="soft">
          {t(
            'The examination looks at everything that the connection needs. The plan shows what this version would change in {{crm}}, and changes nothing.',
            { crm: crm.name },
          )}
        </p>
        <p className="row">
          <button type="button" className="button" disabled={running} onClick={() => go({ kind: 'DOCTOR' })}>
            {t('Look for what is wrong')}
          </button>
          <button type="button" className="button" disabled={running} onClick={() => go({ kind: 'PLAN' })}>
            {t('Show the plan')}
          </button>
          {plan && plan.groups.length > 0 && plan.losses.length === 0 && (
            <button type="button" className="button primary" disabled={running} onClick={() => go(apply)}>
              {t('Apply the plan')}
            </button>
          )}
        </p>
        {plan && plan.losses.length > 0 && (
          <Grave label={t('Apply the plan')} warning={t('What the plan calls lost is lost for good.')} run={() => start(apply)} />
        )}
        <ProblemLine problem={problem} />
      </section>
      <Shown task={task} />
      <Replace crm={crm} running={running} start={start} />
      <section className="card" aria-labelledby="leave">
        <h2 id="leave">{t('Disconnect')}</h2>
        <Grave
          label={t('Take the contact center out of {{crm}}', { crm: crm.name })}
          warning={t(
            'Its objects in {{crm}} and all their records there are deleted for good; people and companies stay, and so does everything here.',
            { crm: crm.name },
          )}
          run={() => start({ kind: 'UNINSTALL' })}
        />
        <Grave
          label={t('Only forget the connection')}
          warning={t('For a CRM that is gone for good: nothing is removed there, and a later connection begins anew.')}
          run={() => start({ kind: 'FORGET' })}
        />
      </section>
    </>
  );
}

function Connection({ crm }: { crm: Connected }) {
  return (
    <section className="card" aria-labelledby="connection">
      <h2 id="connection">{t('Connection')}</h2>
      {crm.problem != null && (
        <p className="problem" role="alert">
          {toldWord(crm.told, crm.problem)}
        </p>
      )}
      <dl className="facts">
        <dt>{t('CRM')}</dt>
        <dd>
          <OutLink href={crm.url}>{crm.name}</OutLink> <span className="faint">{crm.url}</span>
        </dd>
        <dt>{t('Connected')}</dt>
        <dd>{moment(crm.connectedAt)}</dd>
        <dt>{t('Last answer')}</dt>
        <dd>{crm.reachedAt ? moment(crm.reachedAt) : t('None yet')}</dd>
        <dt>{t('Last delivery')}</dt>
        <dd>{crm.deliveredAt ? moment(crm.deliveredAt) : t('None yet: the engine asks every few seconds instead')}</dd>
        <dt>{t('Key')}</dt>
        <dd>{crm.keyEndsAt ? t('Valid until {{time}}', { time: moment(crm.keyEndsAt) }) : t('Does not say when it ends')}</dd>
        <dt>{t('Address of the engine')}</dt>
        <dd>{crm.publicUrl}</dd>
        <dt>{t('Version installed')}</dt>
        <dd>{crm.appVersion}</dd>
      </dl>
    </section>
  );
}

function Behind({ crm: { name, waiting, reading, oldestWaitingAt } }: { crm: Connected }) {
  const unread = reading.filter(({ complete }) => !complete);
  return (
    <section className="card" aria-labelledby="behind">
      <h2 id="behind">{t('What is behind')}</h2>
      {waiting.length === 0 && unread.length === 0 && (
        <p className="soft">{t('Nothing: {{crm}} has been told everything.', { crm: name })}</p>
      )}
      <dl className="facts">
        {waiting.map(({ kind, count }) => (
          <Pair key={kind} name={t('{{kind}} to be pushed', { kind: kindWord(kind) })} value={number(count)} />
        ))}
        {oldestWaitingAt && <Pair name={t('The first waits since')} value={moment(oldestWaitingAt)} />}
        {unread.map(({ kind, read, total }) => (
          <Pair
            key={kind}
            name={t('{{kind}} read for the first time', { kind: kindWord(kind) })}
            value={total == null ? number(read) : t('{{read}} of {{total}}', { read: number(read), total: number(total) })}
          />
        ))}
      </dl>
    </section>
  );
}

const Pair = ({ name, value }: { name: string; value: string }) => (
  <>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </>
);

function Replace({ crm, running, start }: { crm: Connected; running: boolean; start: Start }) {
  const [apiKey, setApiKey] = useState('');
  const [publicUrl, setPublicUrl] = useState(crm.publicUrl);
  const [problem, setProblem] = useState<string | null>(null);
  const changed = apiKey.trim() !== '' || publicUrl.trim() !== crm.publicUrl;
  return (
    <form
      className="card form"
      aria-labelledby="replace"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setProblem(null);
        start({ kind: 'APPLY', ...(apiKey.trim() !== '' && { apiKey }), publicUrl })
          .then(() => setApiKey(''))
          .catch((error: unknown) => setProblem(problemOf(error).message));
      }}
    >
      <h2 id="replace">{t('Replace the key or the address')}</h2>
      <fieldset className="fields" disabled={running}>
        <TextInput
          label={t('New API key')}
          type="password"
          autoComplete="off"
          hint={t('It is tried first, and kept only where it suffices. It is never shown again.')}
          value={apiKey}
          onChange={setApiKey}
        />
        <TextInput
          label={t('Address of the engine')}
          hint={t('Where {{crm}} and the browsers of its users reach this engine.', { crm: crm.name })}
          value={publicUrl}
          onChange={setPublicUrl}
        />
      </fieldset>
      <ProblemLine problem={problem} />
      <footer className="form-foot">
        <button type="submit" className="button" disabled={!changed || running}>
          {t('Try and replace')}
        </button>
      </footer>
    </form>
  );
}
