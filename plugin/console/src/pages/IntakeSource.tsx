/** One system that brings work: its secret, how it signs, and whether it does. */
import { useState } from 'react';
import { useMutation } from '@apollo/client/react';
import { Link, useParams } from 'react-router';
import {
  CreateIntakeSourceDocument,
  IntakeSourceListDocument,
  RevokeIntakeSourceDocument,
  RotateIntakeSourceDocument,
} from '../generated/operations';
import { duration, moment, number, t } from '../language';
import { Pick } from '../parts/controls';
import { FormPage } from '../parts/FormPage';
import { Grave } from '../parts/Grave';
import { TextInput } from '../parts/inputs';
import { Record } from '../parts/Record';
import { Secret } from '../parts/Secret';
import { Gone } from '../parts/States';
import { Tag } from '../parts/Tag';
import { useForm } from '../parts/useForm';
import { problemOf } from '../problem';
import { sourceStateWord, type SourceRow } from './source-state';
import { SigningExample } from './SigningExample';
import { toldWord } from '../told-words';

const back = () => ({ to: '/intake-sources', title: t('Intake sources') });

export default function IntakeSource() {
  const { id = 'new' } = useParams();
  if (id === 'new') return <NewSource />;
  return (
    <Record document={IntakeSourceListDocument} variables={{}}>
      {({ intakeSources }) => {
        const source = intakeSources.find((one) => one.id === id);
        return source ? <KnownSource key={id} source={source} /> : <Gone />;
      }}
    </Record>
  );
}

function NewSource() {
  const [made, setMade] = useState<{ id: string; name: string; secret: string } | null>(null);
  const [create] = useMutation(CreateIntakeSourceDocument, { refetchQueries: [IntakeSourceListDocument] });
  const form = useForm({
    name: 'intake-source.new',
    stored: { name: '' },
    fields: ['name'],
    save: async ({ name }) => {
      const { data } = await create({ variables: { input: { idempotencyKey: crypto.randomUUID(), name } } });
      if (data?.createIntakeSource.secret)
        setMade({ id: data.createIntakeSource.intakeSource.id, name, secret: data.createIntakeSource.secret });
    },
  });
  if (made)
    return (
      <article className="page record-page">
        <header className="page-head">
          <h1>{made.name}</h1>
        </header>
        <div className="card">
          <Secret secret={made.secret} />
          <p>
            <Link className="button primary" to={`/intake-sources/${made.id}`}>
              {t('Done')}
            </Link>
          </p>
        </div>
        <SigningExample id={made.id} />
      </article>
    );
  return (
    <FormPage back={back()} title={t('New intake source')} form={form} verb={t('Create')} labels={{ name: t('Name') }}>
      <TextInput label={t('Name')} hint={t('What calls, such as the telephone system or the web site.')} required {...form.field('name')} />
    </FormPage>
  );
}

function KnownSource({ source }: { source: SourceRow }) {
  const [revoke] = useMutation(RevokeIntakeSourceDocument);
  return (
    <article className="page record-page" aria-label={source.name}>
      <header className="page-head">
        <div>
          <p className="crumb">
            <Link to="/intake-sources">{t('Intake sources')}</Link>
          </p>
          <h1>{source.name}</h1>
        </div>
        <span className="spacer" />
        <Tag tone={source.revokedAt ? 'off' : 'good'}>{sourceStateWord(source)}</Tag>
      </header>
      <div className="card">
        <dl className="facts">
          <dt>{t('Made')}</dt>
          <dd>{moment(source.createdAt)}</dd>
          <dt>{t('Last seen')}</dt>
          <dd>{source.lastSeenAt ? moment(source.lastSeenAt) : t('Never')}</dd>
          <dt>{t('Refused')}</dt>
          <dd>{number(source.refusals)}</dd>
          {source.lastRefusedAt && (
            <>
              <dt>{t('Last refusal')}</dt>
              <dd>
                {moment(source.lastRefusedAt)} {toldWord(source.lastRefusalTold, source.lastRefusal ?? '')}
              </dd>
            </>
          )}
          {source.revokedAt && (
            <>
              <dt>{t('Revoked')}</dt>
              <dd>{moment(source.revokedAt)}</dd>
            </>
          )}
        </dl>
      </div>
      {!source.revokedAt && (
        <>
          <Rotation source={source} />
          <SigningExample id={source.id} />
          <Grave
            label={t('Revoke')}
            warning={t('Requests of {{name}} will be refused at once, for good. Interactions that it brought stay.', { name: source.name })}
            run={() => revoke({ variables: { id: source.id } })}
          />
        </>
      )}
    </article>
  );
}

const DAY = 86_400;
const VALIDITIES = [DAY, 3_600, 7 * DAY, 0];

function Rotation({ source }: { source: SourceRow }) {
  const [rotate, { loading, error }] = useMutation(RotateIntakeSourceDocument, { refetchQueries: [IntakeSourceListDocument] });
  const [seconds, setSeconds] = useState(DAY);
  const [secret, setSecret] = useState<string | null>(null);
  const run = (): void =>
    void rotate({ variables: { input: { idempotencyKey: crypto.randomUUID(), id: source.id, oldValidSeconds: seconds } } })
      .then(({ data }) => setSecret(data?.rotateIntakeSource.secret ?? null))
      .catch(() => undefined);
  return (
    <section className="card" aria-labelledby="secret">
      <h2 id="secret">{t('Secret')}</h2>
      <p className="soft">
        {t('A new secret is good at once. The present one stays good for a while, so that the system can be told first.')}
      </p>
      {source.oldSecretUntil && (
        <p className="notice" role="status">
          <span>
            {t('The secret before is good until {{when}}.', { when: moment(source.oldSecretUntil) })}{' '}
            {source.oldSecretSeenAt
              ? t('It was used at {{when}}: the system does not know the new one everywhere yet.', { when: moment(source.oldSecretSeenAt) })
              : t('It was not used since.')}
          </span>
        </p>
      )}
      {secret !== null && <Secret secret={secret} />}
      {error && (
        <p className="problem" role="alert">
          {problemOf(error).message}
        </p>
      )}
      <div className="group-row">
        <Pick
          label={t('The present one stays good for')}
          options={VALIDITIES.map((id) => ({ id: String(id), name: id === 0 ? t('Not at all: it is known to others') : duration(id) }))}
          value={String(seconds)}
          onChange={(id) => setSeconds(Number(id))}
        />
        <button type="button" className="button" disabled={loading} onClick={run}>
          {t('Make a new secret')}
        </button>
      </div>
    </section>
  );
}
