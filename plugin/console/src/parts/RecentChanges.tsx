/** What was last changed of a record, and the way to all of it. */
import { useQuery } from '@apollo/client/react';
import { actorWord } from '@patchbay/pages/actor-words';
import { Link } from 'react-router';
import { namedEntry } from '../audit-words';
import { AuditListDocument, type AuditFilter } from '../generated/operations';
import { moment, t } from '../language';
import { problemOf } from '../problem';
import { Changes } from './Changes';
import { useNames } from './useNames';

const SHOWN = 5;

/** @param about the record's id; or CHANNEL, for channels have one history together */
export function RecentChanges({ about }: { about: string }) {
  const filter: AuditFilter = about === 'CHANNEL' ? { kinds: ['CHANNEL'] } : { recordId: about };
  const { data, error } = useQuery(AuditListDocument, { variables: { filter, first: SHOWN }, fetchPolicy: 'cache-and-network' });
  const tell = useNames();
  const entries = (data?.audit.edges ?? []).map(({ node }) => namedEntry(node, tell));
  // A right that is bounded to a part does not see the audit.
  if (error && problemOf(error).code === 'FORBIDDEN') return null;
  return (
    <section className="card" aria-labelledby="history">
      <header className="row">
        <h2 id="history">{t('History')}</h2>
        <span className="spacer" />
        {entries.length > 0 && <Link to={about === 'CHANNEL' ? '/audit?kind=CHANNEL' : `/audit?record=${about}`}>{t('All changes')}</Link>}
      </header>
      {error && (
        <p className="problem" role="alert">
          {problemOf(error).message}
        </p>
      )}
      {data && entries.length === 0 && <p className="soft">{t('Nothing was changed yet.')}</p>}
      <ol className="lines">
        {entries.map((entry) => (
          <li key={entry.seq}>
            <p className="row">
              <strong>{actorWord(entry.actor)}</strong>
              <time className="faint" dateTime={entry.at}>
                {moment(entry.at)}
              </time>
            </p>
            <Changes entry={entry} />
          </li>
        ))}
      </ol>
    </section>
  );
}
