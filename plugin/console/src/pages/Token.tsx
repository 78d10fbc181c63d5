/** One token; a new one shows its secret this once. */
import { useState } from 'react';
import { useMutation, useQuery } from '@apollo/client/react';
import { Link, useParams } from 'react-router';
import { AgentChoicesDocument, CreateTokenDocument, RevokeTokenDocument, TokenListDocument, type Role } from '../generated/operations';
import { moment, t } from '../language';
import { Pick } from '../parts/controls';
import { FormPage } from '../parts/FormPage';
import { Grave } from '../parts/Grave';
import { History } from '../parts/History';
import { copy } from '../parts/copy';
import { NumberInput, TextInput } from '../parts/inputs';
import { Record } from '../parts/Record';
import { Gone } from '../parts/States';
import { useForm } from '../parts/useForm';
import { roleWord } from '../words';

interface Values {
  name: string;
  role: Role;
  agentId: string;
  validDays: number | null;
}

const ROLES: readonly Role[] = ['INTAKE', 'WALLBOARD', 'AGENT', 'SUPERVISOR', 'ADMIN'];
const DAY_SECONDS = 86_400;

export default function Token() {
  const { id = 'new' } = useParams();
  if (id === 'new') return <NewToken />;
  return (
    <Record document={TokenListDocument} variables={{}}>
      {({ tokens }) => {
        const token = tokens.find((one) => one.id === id);
        return token ? <KnownToken token={token} /> : <Gone />;
      }}
    </Record>
  );
}

function NewToken() {
  const [secret, setSecret] = useState<string | null>(null);
  const [create] = useMutation(CreateTokenDocument, { refetchQueries: [TokenListDocument] });
  const { data } = useQuery(AgentChoicesDocument, { variables: { search: null }, fetchPolicy: 'cache-and-network' });
  const form = useForm<Values>({
    name: 'token.new',
    stored: { name: '', role: 'INTAKE', agentId: '', validDays: null },
    fields: ['name', 'role', 'agentId'],
    save: async ({ name, role, agentId, validDays }) => {
      const answer = await create({
        variables: {
          input: {
            idempotencyKey: crypto.randomUUID(),
            name,
            role,
            ...(role === 'AGENT' && agentId !== '' && { agentId }),
            ...(validDays !== null && { validSeconds: validDays * DAY_SECONDS }),
          },
        },
      });
      setSecret(answer.data?.createToken.secret ?? null);
    },
  });
  const labels = { name: t('Name'), role: t('Role'), agentId: t('Agent'), validDays: t('Valid for') };
  if (secret !== null) return <Secret secret={secret} />;
  return (
    <FormPage back={{ to: '/tokens', title: t('API tokens') }} title={t('New token')} form={form} verb={t('Create token')} labels={labels}>
      <TextInput label={labels.name} hint={t('What it is for, such as the telephone system.')} required {...form.field('name')} />
      <Pick
        label={labels.role}
        options={ROLES.map((id) => ({ id, name: roleWord(id) }))}
        value={form.values.role}
        error={form.field('role').error}
        onChange={(role) => form.set({ role: role as Role })}
      />
      {form.values.role === 'AGENT' && (
        <Pick
          label={labels.agentId}
          placeholder={t('Choose an agent')}
          required
          options={(data?.agents.edges ?? []).map(({ node }) => node)}
          {...form.field('agentId')}
        />
      )}
      <NumberInput
        label={labels.validDays}
        unit={t('days')}
        min={1}
        max={365}
        hint={t('Empty: until it is revoked.')}
        {...form.field('validDays')}
      />
    </FormPage>
  );
}

function Secret({ secret }: { secret: string }) {
  return (
    <article className="page record-page">
      <header className="page-head">
        <h1>{t('The token is made')}</h1>
      </header>
      <div className="card">
        <p>{t('This is its secret. It is shown this once, and only a hash of it is kept: copy it now.')}</p>
        <code className="secret">{secret}</code>
        <p className="row">
          <button type="button" className="button primary" onClick={() => void copy(secret)}>
            {t('Copy')}
          </button>
          <Link className="button" to="/tokens">
            {t('Done')}
          </Link>
        </p>
      </div>
    </article>
  );
}

interface KnownProps {
  token: {
    id: string;
    name: string;
    role: Role;
    hint: string;
    createdAt: string;
    expiresAt?: string | null;
    revokedAt?: string | null;
    agent?: { id: string; name: string } | null;
  };
}

function KnownToken({ token }: KnownProps) {
  const [revoke] = useMutation(RevokeTokenDocument);
  return (
    <article className="page record-page" aria-label={token.name}>
      <header className="page-head">
        <div>
          <p className="crumb">
            <Link to="/tokens">{t('API tokens')}</Link>
          </p>
          <h1>{token.name}</h1>
        </div>
      </header>
      <div className="card">
        <dl className="facts">
          <dt>{t('Role')}</dt>
          <dd>{roleWord(token.role)}</dd>
          {token.agent && (
            <>
              <dt>{t('Agent')}</dt>
              <dd>
                <Link to={`/agents/${token.agent.id}`}>{token.agent.name}</Link>
              </dd>
            </>
          )}
          <dt>{t('Ends with')}</dt>
          <dd>
            <code>…{token.hint}</code>
          </dd>
          <dt>{t('Made')}</dt>
          <dd>{moment(token.createdAt)}</dd>
          <dt>{t('Expires')}</dt>
          <dd>{token.expiresAt ? moment(token.expiresAt) : t('Never')}</dd>
          {token.revokedAt && (
            <>
              <dt>{t('Revoked')}</dt>
              <dd>{moment(token.revokedAt)}</dd>
            </>
          )}
        </dl>
      </div>
      {!token.revokedAt && (
        <Grave
          label={t('Revoke')}
          warning={t('Whoever uses this token is refused at once, for good.')}
          run={() => revoke({ variables: { id: token.id } })}
        />
      )}
      <History about={token.id} />
    </article>
  );
}
