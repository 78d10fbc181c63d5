/** Records on which the CRM and the center do not agree, with a way to each. */
import { useState } from 'react';
import { useMutation, useQuery } from '@apollo/client/react';
import { isFramed } from '@patchbay/pages/frame';
import { Link } from 'react-router';
import { CrmProblemsDocument, RetryCrmProblemsDocument, type RetryCrmProblemsInput } from '../generated/operations';
import { moment, t } from '../language';
import { copy } from '../parts/copy';
import { problemOf } from '../problem';
import { toldLang, toldWord } from '../told-words';
import { kindWord, ownPath, sideWord } from './crm-words';
import '../styles/health.css';

const EVERY_MS = 5_000;

export function CrmProblems({ crm }: { crm: string }) {
  const { data, error, refetch } = useQuery(CrmProblemsDocument, {
    fetchPolicy: 'cache-and-network',
    pollInterval: EVERY_MS,
    skipPollAttempt: () => document.hidden,
  });
  const [retry, { loading }] = useMutation(RetryCrmProblemsDocument);
  const [failure, setFailure] = useState<string | null>(null);
  const again = (input: RetryCrmProblemsInput): void => {
    setFailure(null);
    retry({ variables: { input } })
      .then(() => refetch())
      .catch((reason: unknown) => setFailure(problemOf(reason).message));
  };
  const problems = data?.crmProblems ?? [];
  const words = failure ?? (error ? problemOf(error).message : null);
  return (
    <section className="card" aria-labelledby="problems">
      <header className="row">
        <h2 id="problems">{t('Records that do not agree')}</h2>
        <span className="spacer" />
        {problems.length > 1 && (
          <button type="button" className="button small" disabled={loading} onClick={() => again({})}>
            {t('Try all again')}
          </button>
        )}
      </header>
      {words !== null && (
        <p className="problem" role="alert">
          {words}
        </p>
      )}
      {data && problems.length === 0 && <p className="soft">{t('None: both sides say the same.')}</p>}
      {problems.length > 0 && (
        <ul className="findings">
          {problems.map(({ kind, side, localId, hostId, words: why, told, nextAt, page }) => {
            const own = ownPath(kind, localId);
            return (
              <li key={`${kind} ${side} ${hostId}`}>
                <span className="soft">{kindWord(kind)}</span>
                <div>
                  <strong>{sideWord(side)}</strong>
                  <p lang={toldLang(told)}>{toldWord(told, why)}</p>
                  {nextAt != null && <p className="soft">{t('Tried again by itself: {{when}}', { when: moment(nextAt) })}</p>}
                </div>
                <span className="row">
                  {isFramed() ? (
                    <button type="button" className="button small" onClick={() => void copy(page.url)}>
                      {t('Copy its address in {{crm}}', { crm })}
                    </button>
                  ) : (
                    <a className="button small" href={page.url} target="_blank" rel="noreferrer">
                      {t('In {{crm}}', { crm })}
                    </a>
                  )}
                  {own !== null && (
                    <Link className="button small" to={own}>
                      {t('Here')}
                    </Link>
                  )}
                  <button type="button" className="button small" disabled={loading} onClick={() => again({ kind, hostId })}>
                    {t('Try again')}
                  </button>
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
