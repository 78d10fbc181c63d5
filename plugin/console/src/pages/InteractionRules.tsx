/** What rules and ladders did to an interaction, and which rules were tried on it and why they did not match. */
import { useQuery } from '@apollo/client/react';
import { Link } from 'react-router';
import { InteractionRulesDocument } from '../generated/operations';
import { exactMoment, t } from '../language';
import { useMay } from '../session';
import { Effects } from './RuleDryRun';
import { Outcome } from './RuleRunLines';

export function InteractionRules({ id }: { id: string }) {
  const may = useMay(['ADMIN', 'SUPERVISOR']);
  const { data } = useQuery(InteractionRulesDocument, { variables: { id }, fetchPolicy: 'cache-and-network', skip: !may });
  const runs = data?.interaction.ruleRuns.edges.map(({ node }) => node) ?? [];
  const skips = data?.interaction.ruleSkips ?? [];
  if (runs.length + skips.length === 0) return null;
  return (
    <section className="card" aria-labelledby="rules">
      <h2 id="rules">{t('Rules')}</h2>
      <ol className="lines">
        {runs.map((run) => (
          <li key={run.id}>
            <p className="row">
              <Link to={`/rule-runs/${run.id}`}>
                <Outcome outcome={run.outcome} />
              </Link>
              {run.rule ? (
                <Link to={`/rules/${run.rule.id}`}>{run.rule.name}</Link>
              ) : (
                <strong>{run.slaPolicy?.name ?? t('A rule that is deleted')}</strong>
              )}
              <time className="faint">{exactMoment(run.at)}</time>
            </p>
            {run.outcome === 'DONE' ? (
              <Effects effects={run.effects} none={t('Nothing changed: it was so already.')} />
            ) : (
              <p className="soft" lang="en">
                {run.reason}
              </p>
            )}
          </li>
        ))}
      </ol>
      {skips.length > 0 && (
        <details>
          <summary>{t('Why other rules did not match')}</summary>
          <ul className="lines">
            {skips.map((skip) => (
              <li key={`${skip.ruleName} ${skip.eventSeq}`} className="row">
                {skip.rule ? <Link to={`/rules/${skip.rule.id}`}>{skip.ruleName}</Link> : skip.ruleName}
                <code>{skip.term}</code>
                <time className="faint">{exactMoment(skip.at)}</time>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
