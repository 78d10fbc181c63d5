/** The last runs of a rule, on its page. */
import { Link } from 'react-router';
import type { RuleRunLineFragment } from '../generated/operations';
import { exactMoment, t } from '../language';
import { Tag } from '../parts/Tag';
import { outcomeWord } from '../rule-words';
import { toldLang, toldWord } from '../told-words';
import { channelWord } from '../words';

export const outcomeTone = (outcome: RuleRunLineFragment['outcome']) =>
  (({ DONE: 'good', FAILED: 'bad', GUARDED: 'warn', STOPPED: 'off' }) as const)[outcome];

export const Outcome = ({ outcome }: Pick<RuleRunLineFragment, 'outcome'>) => <Tag tone={outcomeTone(outcome)}>{outcomeWord(outcome)}</Tag>;

export const aboutWord = ({ interaction, eventType }: RuleRunLineFragment): string =>
  interaction ? `#${interaction.number} ${interaction.subject ?? channelWord(interaction.channel)}` : eventType;

export function RuleRunLines({ runs, all }: { runs: readonly RuleRunLineFragment[]; all: string }) {
  if (runs.length === 0) return <p className="soft">{t('It has not matched anything yet.')}</p>;
  return (
    <>
      <ol className="lines">
        {runs.map((run) => (
          <li key={run.id}>
            <p className="row">
              <Outcome outcome={run.outcome} />
              <Link to={`/rule-runs/${run.id}`}>{aboutWord(run)}</Link>
              <time className="faint">{exactMoment(run.at)}</time>
            </p>
            {run.reason != null && (
              <p className="soft" lang={toldLang(run.told)}>
                {toldWord(run.told, run.reason)}
              </p>
            )}
          </li>
        ))}
      </ol>
      <p>
        <Link to={all}>{t('All its runs')}</Link>
      </p>
    </>
  );
}
