/** The first page: what a new center needs yet, each step a link, and how one that runs is. */
import { useQuery } from '@apollo/client/react';
import { Link } from 'react-router';
import { SetUpDocument, type SetUpQuery } from '../generated/operations';
import { number, t } from '../language';
import { Icon } from '../parts/Icon';
import { Failed, Loading } from '../parts/States';
import { problemOf } from '../problem';
import { useMay, useMe } from '../session';
import { HealthSections } from './HealthSections';
import '../styles/health.css';

interface Step {
  title: string;
  why: string;
  done: boolean;
  to: string;
  /** A center works without it. */
  optional?: boolean;
}

function stepsOf(data: SetUpQuery): Step[] {
  const { presenceStatuses, dispositions, skills, queues, agents, served, entryPoints } = data;
  return [
    {
      title: t('Presence statuses, one of which means gone'),
      why: t('Agents begin with it.'),
      done:
        presenceStatuses.some(({ availability }) => availability === 'OFFLINE') &&
        presenceStatuses.some(({ availability }) => availability === 'AVAILABLE'),
      to: '/presence',
    },
    { title: t('Dispositions'), why: t('How an interaction ended.'), done: dispositions.length > 0, to: '/dispositions' },
    {
      title: t('Skills'),
      why: t('Who can do what; a center works without them too.'),
      done: skills.length > 0,
      to: '/skills',
      optional: true,
    },
    {
      title: t('A queue'),
      why: t('Where interactions wait.'),
      done: queues.totalCount > 0,
      to: queues.totalCount > 0 ? '/queues' : '/queues/new',
    },
    {
      title: t('Agents'),
      why: t('Who works interactions.'),
      done: agents.totalCount > 0,
      to: agents.totalCount > 0 ? '/agents' : '/agents/new',
    },
    {
      title: t('Members of each queue'),
      why: t('A queue offers its work to its members only.'),
      done: served.edges.length > 0 && served.edges.every(({ node }) => node.members.length > 0 || !node.active),
      to: served.edges.find(({ node }) => node.active && node.members.length === 0)
        ? `/queues/${served.edges.find(({ node }) => node.active && node.members.length === 0)?.node.id}`
        : '/queues',
    },
    {
      title: t('An entry point'),
      why: t('The address at which customers arrive, and its queue.'),
      done: entryPoints.length > 0,
      to: entryPoints.length > 0 ? '/entry-points' : '/entry-points/new',
    },
  ];
}

export default function Home() {
  const me = useMe();
  const admin = useMay(['ADMIN']);
  // Steps that are done meanwhile lead elsewhere: nothing is shown of what was known before.
  const { data, error, refetch } = useQuery(SetUpDocument, { fetchPolicy: 'network-only', skip: !admin });
  if (!admin)
    return (
      <article className="page record-page">
        <header className="page-head">
          <h1>{t('Good to see you, {{name}}', { name: me.name })}</h1>
        </header>
        <HealthSections />
        <Places />
      </article>
    );
  if (error && !data) return <Failed problem={problemOf(error)} again={() => void refetch().catch(() => undefined)} />;
  if (!data) return <Loading />;
  const steps = stepsOf(data);
  const left = steps.filter(({ done, optional }) => !done && !optional).length;
  return (
    <article className="page record-page">
      <header className="page-head">
        <h1>{left === 0 ? t('The contact center is set up') : t('Set the contact center up')}</h1>
        <span className="spacer" />
        {left > 0 && <span className="faint">{t('{{count}} steps are left', { count: left })}</span>}
      </header>
      {left === 0 && <HealthSections />}
      {left > 0 && <SetUp steps={steps} isDone={false} />}
      <Figures data={data} />
      {left > 0 && <HealthSections />}
      {left === 0 && <SetUp steps={steps} isDone />}
      <Places />
    </article>
  );
}

/** What is done is out of the way, and can be opened. */
function SetUp({ steps, isDone }: { steps: readonly Step[]; isDone: boolean }) {
  if (isDone)
    return (
      <details className="card">
        <summary>{t('All steps of the set-up are done')}</summary>
        <Steps steps={steps} />
      </details>
    );
  return (
    <section className="card" aria-label={t('Set-up')}>
      <Steps steps={steps} />
    </section>
  );
}

function Steps({ steps }: { steps: readonly Step[] }) {
  return (
    <ol className="steps">
      {steps.map(({ title, why, done, to, optional }) => (
        <li key={title} data-done={done || undefined}>
          <span className="step-mark" aria-hidden="true">
            {done && <Icon name="check" />}
          </span>
          <span className="step-words">
            <Link to={to}>{title}</Link>
            <span className="soft">{why}</span>
          </span>
          <span className="faint">{done ? t('Done') : optional ? t('Optional') : t('To do')}</span>
        </li>
      ))}
    </ol>
  );
}

function Figures({ data }: { data: SetUpQuery }) {
  const figures: [string, number, string][] = [
    [t('Queues'), data.queues.totalCount, '/queues'],
    [t('Agents'), data.agents.totalCount, '/agents'],
    [t('Entry points'), data.entryPoints.length, '/entry-points'],
    [t('Skills'), data.skills.length, '/skills'],
    [t('Dispositions'), data.dispositions.length, '/dispositions'],
  ];
  return (
    <ul className="figures" aria-label={t('What there is')}>
      {figures.map(([title, value, to]) => (
        <li key={to}>
          <Link className="card" to={to}>
            <strong className="figure">{number(value)}</strong>
            <span className="soft">{title}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** The other pages of the product. */
function Places() {
  return (
    <p className="row">
      <a className="button" href="/wallboard/">
        {t('To the wallboard')}
      </a>
      <a className="button" href="/desk/">
        {t('To the desk')}
      </a>
    </p>
  );
}
