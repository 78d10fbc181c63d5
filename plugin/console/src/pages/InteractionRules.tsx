/** Which rules were tried on an interaction and did not match, and why. What the others did is in its story. */
import { useQuery } from '@apollo/client/react';
import { Link } from 'react-router';
import { InteractionRulesDocument } from '../generated/operations';
import { exactMoment, t } from '../language';
import { useMay } from '../session';

export function InteractionRules({ id }: { id: string }) {
  const may = useMay(['ADMIN', 'SUPERVISOR']);
  const { data } = useQuery(InteractionRulesDocument, { variables: { id }, fetchPolicy: 'cache-and-network', skip: !may });
  const skips = data?.interaction.ruleSkips ?? [];
  if (skips.length === 0) return null;
  return (
    <section className="card" aria-labelledby="rules">
      <h2 id="rules">{t('Rules that did not match')}</h2>
      <details>
        <summary>{t('{{count}} tries in the last day', { count: skips.length })}</summary>
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
    </section>
  );
}
