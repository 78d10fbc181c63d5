/** What the draft of a rule would have done over the last days: nothing is changed, nothing is sent. */
import { useRef, useState } from 'react';
import { useApolloClient } from '@apollo/client/react';
import { Link } from 'react-router';
import { actionWord } from '../action-words';
import { DryRunDocument, type DryRunQuery, type RuleTermPartsFragment } from '../generated/operations';
import { calendarDay, moment, number, t } from '../language';
import { NumberInput } from '../parts/inputs';
import { Failed } from '../parts/States';
import { useNames } from '../parts/useNames';
import { problemOf, type Problem } from '../problem';
import { triggerInput, type RuleDraft } from '../rule-draft';
import { toldLang, toldWord, type Told } from '../told-words';
import { channelWord } from '../words';
import '../styles/rules.css';

type Result = DryRunQuery['dryRunRule'];

const inputOf = ({ trigger, condition, actions }: RuleDraft) => ({ trigger: triggerInput(trigger), condition, actions });

export function RuleDryRun({ draft }: { draft: RuleDraft }) {
  const client = useApolloClient();
  const [days, setDays] = useState<number | null>(7);
  const [running, setRunning] = useState<AbortController | null>(null);
  const [told, setTold] = useState<{ of: string; result: Result } | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const input = inputOf(draft);
  const key = JSON.stringify(input);
  const latest = useRef(0);
  const run = async (): Promise<void> => {
    const turn = (latest.current += 1);
    const abort = new AbortController();
    setRunning(abort);
    setProblem(null);
    try {
      const { data } = await client.query({
        query: DryRunDocument,
        variables: { input: { ...input, days: days ?? 7, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone } },
        fetchPolicy: 'no-cache',
        context: { fetchOptions: { signal: abort.signal } },
      });
      if (turn === latest.current && data) setTold({ of: key, result: data.dryRunRule });
    } catch (error) {
      if (turn === latest.current && !abort.signal.aborted) setProblem(problemOf(error));
    } finally {
      if (turn === latest.current) setRunning(null);
    }
  };
  return (
    <section className="card beside dry-run" aria-labelledby="dry-run" aria-busy={running !== null}>
      <h2 id="dry-run">{t('Dry run')}</h2>
      <p className="soft">{t('Tries this draft on what happened. Nothing is changed, nothing is sent.')}</p>
      <div className="row dry-run-ask">
        <NumberInput label={t('Days back')} min={1} max={366} value={days} onChange={setDays} />
        {running ? (
          <button
            type="button"
            className="button"
            onClick={() => {
              latest.current += 1;
              running.abort();
              setRunning(null);
            }}
          >
            {t('Cancel')}
          </button>
        ) : (
          <button type="button" className="button" disabled={draft.actions.length === 0 || days === null} onClick={() => void run()}>
            {t('Try it')}
          </button>
        )}
      </div>
      {running && <progress aria-label={t('Dry run')} />}
      {draft.actions.length === 0 && <p className="hint">{t('Add an action first.')}</p>}
      {problem && <Failed problem={problem} again={() => void run()} />}
      {told && !problem && (
        <div data-stale={told.of !== key || undefined}>
          {told.of !== key && <p className="notice">{t('The draft has changed since. Try it again.')}</p>}
          <Told result={told.result} />
        </div>
      )}
    </section>
  );
}

function Told({ result }: { result: Result }) {
  return (
    <div className="told">
      <p role="status">
        <strong>
          {t('It would have acted {{times}} times.', { count: result.matched, times: number(result.matched) })}{' '}
          {result.matched > 0 &&
            t('{{times}} interactions would have felt it.', { count: result.interactions, times: number(result.interactions) })}
        </strong>{' '}
        <span className="soft">
          {t('Tried {{times}} times.', { count: result.tried, times: number(result.tried) })}{' '}
          {t('{{times}} events were read.', { count: result.events, times: number(result.events) })}
        </span>
      </p>
      {result.guarded > 0 && (
        <p className="warn-text">
          {t('Held back {{times}} times: it would have run too often.', { count: result.guarded, times: number(result.guarded) })}
        </p>
      )}
      {result.problems > 0 && (
        <p className="bad-text">
          {t('An action could not have been done {{times}} times.', { count: result.problems, times: number(result.problems) })}
        </p>
      )}
      <Days days={result.byDay} />
      {result.touches.length > 0 && (
        <>
          <h3>{t('What it would have done')}</h3>
          <ol className="lines">
            {result.touches.slice(0, SHOWN).map((touch) => (
              <li key={`${touch.eventSeq} ${touch.interaction.id} ${touch.at}`}>
                <Which {...touch} />
                {touch.problem ? (
                  <p className="bad-text">{toldWord(touch.told, touch.problem)}</p>
                ) : (
                  <Effects effects={touch.would} none={t('Nothing would change.')} />
                )}
              </li>
            ))}
          </ol>
        </>
      )}
      {result.skipped.length > 0 && (
        <>
          <h3>{t('Why it did not match')}</h3>
          <ul className="skips">
            {result.skipped.slice(0, SHOWN).map(({ term, times }) => (
              <li key={term}>
                <code>{term}</code> <span className="faint figure">{number(times)}×</span>
              </li>
            ))}
          </ul>
          <ol className="lines">
            {result.misses.map((miss) => (
              <li key={`${miss.interaction.id} ${miss.at}`}>
                <Which {...miss} />
                <Terms terms={miss.terms} />
              </li>
            ))}
          </ol>
        </>
      )}
    </div>
  );
}

const SHOWN = 20;

interface WhichProps {
  interaction: Result['touches'][number]['interaction'];
  at: string;
}

const Which = ({ interaction, at }: WhichProps) => (
  <p className="row">
    <Link to={`/interactions/${interaction.id}`}>
      #{interaction.number} {interaction.subject ?? channelWord(interaction.channel)}
    </Link>
    <time className="faint">{moment(at)}</time>
  </p>
);

interface EffectsProps {
  /** What is said where there are none. */
  none: string;
  effects: readonly {
    action: string;
    field: string;
    told?: Told | null;
    before?: string | null;
    after?: string | null;
    afterTold?: Told | null;
  }[];
}

/** What actions changed, or would change. */
export function Effects({ effects, none }: EffectsProps) {
  const tell = useNames();
  if (effects.length === 0) return <p className="soft">{none}</p>;
  return (
    <ul className="effects">
      {effects.map(({ action, field, told, before, after, afterTold }, at) => {
        const called = (value: string) => tell({ [field]: value })[field];
        return (
          <li key={at}>
            <span className="soft">{actionWord(action, action)}:</span> <span lang={toldLang(told)}>{toldWord(told, field)}</span>{' '}
            {before != null && (
              <>
                <del>{called(before)}</del> <span aria-hidden="true">→</span>{' '}
              </>
            )}
            {after != null && <ins>{toldWord(afterTold, called(after) ?? after)}</ins>}
          </li>
        );
      })}
    </ul>
  );
}

/** The terms of a condition, each with what it came to and what it read. */
export function Terms({ terms }: { terms: readonly RuleTermPartsFragment[] }) {
  return (
    <ul className="terms">
      {terms.map(({ term, holds, error, fields }) => (
        <li key={term} data-holds={holds ?? 'unknown'}>
          <span className="term-mark">
            {holds === true ? t('Holds [condition]') : holds === false ? t('Does not hold [condition]') : t('Cannot be told')}
          </span>
          <code>{term}</code>
          {fields.map(({ path, value }) => (
            <span key={path} className="faint">
              <code>
                {path} = {value === '' ? t('nothing') : value}
              </code>
            </span>
          ))}
          {error != null && (
            <span className="bad-text" lang="en">
              {error}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Columns of how often it would have acted, out of how often it would have been tried. */
function Days({ days }: { days: Result['byDay'] }) {
  // One bar alone says nothing.
  if (days.length < 2) return null;
  const most = Math.max(...days.map(({ tried }) => tried));
  return (
    <ol className="days" aria-label={t('By day')}>
      {days.map(({ day, tried, matched }) => {
        const said = t('{{day}}: {{matched}} of {{tried}}', { day: calendarDay(day), matched: number(matched), tried: number(tried) });
        return (
          <li key={day} title={said}>
            <span className="days-bar" aria-hidden="true" style={{ height: `${Math.max(4, (tried / most) * 100)}%` }}>
              <span style={{ height: `${(matched / tried) * 100}%` }} />
            </span>
            <span className="days-word">{said}</span>
          </li>
        );
      })}
    </ol>
  );
}
