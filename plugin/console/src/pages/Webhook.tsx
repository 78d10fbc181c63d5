/** One webhook: what was sent, how often, and what came back. */
import { useMutation } from '@apollo/client/react';
import { Link, useParams } from 'react-router';
import { ResendWebhookDocument, WebhookRecordDocument, type WebhookRecordQuery } from '../generated/operations';
import { exactMoment, number, t } from '../language';
import { Record } from '../parts/Record';
import { problemOf } from '../problem';
import { toldLang, toldWord } from '../told-words';
import { WebhookTag } from './Webhooks';

export default function Webhook() {
  const { id = '' } = useParams();
  return (
    <Record document={WebhookRecordDocument} variables={{ id }}>
      {({ webhookDelivery }, reread) => <Known key={id} delivery={webhookDelivery} again={() => void reread().catch(() => undefined)} />}
    </Record>
  );
}

function Known({ delivery, again }: { delivery: WebhookRecordQuery['webhookDelivery']; again: () => void }) {
  const [resend, { loading, error }] = useMutation(ResendWebhookDocument);
  const { id, url, state, rule, attempts, status, createdAt, nextAt, sentAt } = delivery;
  const facts: [string, React.ReactNode][] = [
    [t('Rule'), rule ? <Link to={`/rules/${rule.id}`}>{rule.name}</Link> : t('Deleted')],
    [t('Made'), exactMoment(createdAt)],
    [t('Attempts'), number(attempts)],
    ...(status == null ? [] : [[t('Answer'), String(status)] as [string, React.ReactNode]]),
    ...(nextAt ? [[t('Next attempt'), exactMoment(nextAt)] as [string, React.ReactNode]] : []),
    ...(sentAt ? [[t('Taken'), exactMoment(sentAt)] as [string, React.ReactNode]] : []),
    [t('Its id at the receiver'), <code key="id">{id}</code>],
  ];
  return (
    <article className="page record-page" aria-label={url}>
      <header className="page-head">
        <div>
          <p className="crumb">
            <Link to="/webhooks">{t('Webhooks')}</Link>
          </p>
          <h1>{url}</h1>
        </div>
        <span className="spacer" />
        <WebhookTag state={state} />
      </header>
      <div className="card">
        {delivery.error && (
          <p className={state === 'FAILED' ? 'problem' : 'notice'}>
            <span lang={toldLang(delivery.told)}>{toldWord(delivery.told, delivery.error)}</span>
          </p>
        )}
        {state === 'FAILED' && <p className="soft">{t('No further attempt is made by itself. Mend the cause, then send it again.')}</p>}
        <dl className="facts">{facts.map(([title, value]) => [<dt key={title}>{title}</dt>, <dd key={`${title} value`}>{value}</dd>])}</dl>
        {error && (
          <p className="problem" role="alert">
            {problemOf(error).message}
          </p>
        )}
        <p className="row">
          {state !== 'PENDING' && (
            <button
              type="button"
              className="button primary"
              disabled={loading}
              onClick={() => void resend({ variables: { id } }).catch(() => undefined)}
            >
              {t('Send again')}
            </button>
          )}
          <button type="button" className="button" onClick={again}>
            {t('Look again')}
          </button>
        </p>
      </div>
      <section className="card" aria-labelledby="body">
        <h2 id="body">{t('What is sent')}</h2>
        <pre className="program" tabIndex={0} aria-labelledby="body">
          {JSON.stringify(delivery.body, null, 2)}
        </pre>
      </section>
    </article>
  );
}
