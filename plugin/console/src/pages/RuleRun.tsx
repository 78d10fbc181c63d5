/** One run of a rule: what set it off, what its condition read, and what its actions came to. */
import { actorWord } from '@patchbay/pages/actor-words';
import { Link, useParams } from 'react-router';
import { RuleRunRecordDocument, type RuleRunRecordQuery } from '../generated/operations';
import { exactMoment, number, t } from '../language';
import { FactList } from '../parts/FactList';
import { Record } from '../parts/Record';
import { eventWord } from '../event-words';
import { Effects, Terms } from './RuleDryRun';
import { toldLang, toldWord } from '../told-words';
import { aboutWord, Outcome } from './RuleRunLines';

export default function RuleRun() {
  const { id = '' } = useParams();
  return (
    <Record document={RuleRunRecordDocument} variables={{ id }}>
      {({ ruleRun }) => <Told run={ruleRun} />}
    </Record>
  );
}

function Told({ run }: { run: RuleRunRecordQuery['ruleRun'] }) {
  const owner = run.rule?.name ?? run.slaPolicy?.name ?? t('A rule that is deleted');
  const facts: [string, React.ReactNode][] = [
    [t('Rule'), run.rule ? <Link to={`/rules/${run.rule.id}`}>{run.rule.name}</Link> : owner],
    [t('Version'), number(run.version)],
    [t('Time'), exactMoment(run.at)],
    [t('Interaction'), run.interaction ? <Link to={`/interactions/${run.interaction.id}`}>{aboutWord(run)}</Link> : t('None')],
    [
      t('Event'),
      run.interaction && run.event ? (
        <Link to={`/interactions/${run.interaction.id}#event-${run.eventSeq}`}>{eventWord(run.eventType, run.eventType)}</Link>
      ) : (
        eventWord(run.eventType, run.eventType)
      ),
    ],
    ...(run.event ? [[t('Caused by'), actorWord(run.event.actor)] as [string, string]] : []),
  ];
  return (
    <article className="page record-page" aria-label={owner}>
      <header className="page-head">
        <div>
          <p className="crumb">
            <Link to="/rule-runs">{t('Rule log')}</Link>
          </p>
          <h1>{owner}</h1>
        </div>
        <span className="spacer" />
        <Outcome outcome={run.outcome} />
      </header>
      <section className="card" aria-label={t('Facts')}>
        {run.reason != null && (
          <p className={run.outcome === 'FAILED' ? 'bad-text' : 'soft'} lang={toldLang(run.told)}>
            {toldWord(run.told, run.reason)}
          </p>
        )}
        <FactList facts={facts} />
      </section>
      <section className="card" aria-labelledby="terms">
        <h2 id="terms">{t('Its condition')}</h2>
        {run.terms.length > 0 ? (
          <>
            <Terms terms={run.terms} />
            <p className="hint">{t('As the log tells it of the moment of the event.')}</p>
          </>
        ) : (
          <p className="soft">{run.rule ? t('It had none, or the log does not reach back so far.') : t('A ladder has none.')}</p>
        )}
      </section>
      <section className="card" aria-labelledby="effects">
        <h2 id="effects">{t('What its actions did')}</h2>
        {run.outcome === 'DONE' ? (
          <Effects effects={run.effects} none={t('Nothing changed: it was so already.')} />
        ) : (
          <p className="soft">{t('Nothing: a rule does all of its actions or none.')}</p>
        )}
      </section>
    </article>
  );
}
