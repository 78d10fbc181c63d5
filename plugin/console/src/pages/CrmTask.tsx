/** What the engine does, or did last, with the CRM: its steps, the plan or the findings, and how it ended. */
import type { CrmTaskQuery } from '../generated/operations';
import { moment, t } from '../language';
import { Icon } from '../parts/Icon';
import { Tag } from '../parts/Tag';
import { toldWord } from '../told-words';
import { checkWord, groupWord, mendOf, taskWord } from './crm-words';
import '../styles/health.css';

export type Task = NonNullable<CrmTaskQuery['crmTask']>;

export function CrmTask({ task }: { task: Task }) {
  const { kind, state, steps, plan, findings, problem, told, startedBy, startedAt } = task;
  return (
    <section className="card" aria-labelledby="task">
      <header className="row">
        <h2 id="task">{taskWord(kind)}</h2>
        <span role="status">
          {state === 'RUNNING' && <Tag tone="accent">{t('Running')}</Tag>}
          {state === 'DONE' && <Tag tone="good">{t('Done')}</Tag>}
          {state === 'FAILED' && <Tag tone="bad">{t('Failed')}</Tag>}
          {state === 'STOPPED' && <Tag tone="warn">{t('Stopped')}</Tag>}
        </span>
        <span className="spacer" />
        <span className="faint">{t('{{name}}, {{when}}', { name: startedBy, when: moment(startedAt) })}</span>
      </header>
      {state === 'STOPPED' && <p>{t('The engine ended before it was done. Begin it again: it goes on where it was.')}</p>}
      {problem != null && (
        <p className="problem lines" role="alert">
          {toldWord(told, problem)}
        </p>
      )}
      {steps.length > 0 && (
        <ol className="task-steps">
          {steps.map(({ name, words, told: by, done }, at) => (
            <li key={`${name} ${at}`} data-done={done || undefined} data-failed={(!done && state === 'FAILED') || undefined}>
              <span className="step-mark" aria-hidden="true">
                {done ? <Icon name="check" /> : state === 'FAILED' && <Icon name="close" />}
              </span>
              <span>{checkWord(name)}</span>
              <span className="soft">{toldWord(by, words)}</span>
            </li>
          ))}
        </ol>
      )}
      {findings.length > 0 && <Findings findings={findings} />}
      {plan && <Plan plan={plan} />}
    </section>
  );
}

function Findings({ findings }: { findings: Task['findings'] }) {
  return (
    <ul className="findings">
      {findings.map(({ check, verdict, words, told }, at) => {
        const mend = verdict === 'WRONG' || verdict === 'WARN' ? mendOf(check) : null;
        return (
          <li key={`${check} ${at}`}>
            <Tag tone={({ OK: 'good', WRONG: 'bad', WARN: 'warn', SKIP: 'off' } as const)[verdict]}>
              {{ OK: t('Well'), WRONG: t('Wrong'), WARN: t('Needs a look'), SKIP: t('Not looked at') }[verdict]}
            </Tag>
            <div>
              <strong>{checkWord(check)}</strong>
              <p>{toldWord(told, words)}</p>
              {mend !== null && <p className="soft">{mend}</p>}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

const SIGNS = { ADD: '+', CHANGE: '~', REMOVE: '−' } as const;

function Plan({ plan: { groups, losses, lossesTold } }: { plan: NonNullable<Task['plan']> }) {
  if (groups.length === 0) return <p>{t('The CRM has everything already: there is nothing to change.')}</p>;
  return (
    <>
      {losses.length > 0 && (
        <div className="problem" role="alert">
          <div>
            <strong>{t('Lost for good by this:')}</strong>
            <ul>
              {losses.map((loss, at) => (
                <li key={loss}>{toldWord(lossesTold?.[at], loss)}</li>
              ))}
            </ul>
          </div>
        </div>
      )}
      <div className="plan">
        {groups.map(({ name, lines }) => (
          <details key={name} open={lines.length <= 8}>
            <summary>
              {groupWord(name)} <span className="faint">{signs(lines)}</span>
            </summary>
            <ul lang="en">
              {lines.map((line, at) => (
                <li key={`${line.name} ${at}`}>
                  <span className="sign" data-sign={line.sign}>
                    <span aria-hidden="true">{SIGNS[line.sign]}</span>
                    <span className="hidden">{{ ADD: t('Added'), CHANGE: t('Changed'), REMOVE: t('Removed') }[line.sign]}</span>
                  </span>
                  {line.name}
                  {line.details.length > 0 && <span className="faint"> {line.details.join(', ')}</span>}
                </li>
              ))}
            </ul>
          </details>
        ))}
      </div>
    </>
  );
}

const signs = (lines: NonNullable<Task['plan']>['groups'][number]['lines']): string =>
  (['ADD', 'CHANGE', 'REMOVE'] as const)
    .map((sign) => [SIGNS[sign], lines.filter((line) => line.sign === sign).length] as const)
    .filter(([, count]) => count > 0)
    .map(([sign, count]) => `${sign}${count}`)
    .join(' ');
