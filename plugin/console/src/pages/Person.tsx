/** One person who signs in: role, link, sessions. */
import { useState } from 'react';
import { useMutation, useQuery } from '@apollo/client/react';
import { Link, useParams } from 'react-router';
import { asNamed } from '@patchbay/pages/names';
import {
  ActivateUserDocument,
  AgentChoicesDocument,
  BoundsChoicesDocument,
  CreateAccessLinkDocument,
  DeactivateUserDocument,
  InviteUserDocument,
  SignInMethodsDocument,
  RemoveSecondFactorDocument,
  UpdateUserDocument,
  UserRecordDocument,
  type HandedFragment,
  type Role,
  type UserRecordQuery,
} from '../generated/operations';
import { moment, t } from '../language';
import { BoundsPicks, boundsInput } from '../parts/BoundsPicks';
import { Pick } from '../parts/controls';
import { DelegationList } from '../parts/DelegationList';
import { FormPage, plainWord } from '../parts/FormPage';
import { Grave } from '../parts/Grave';
import { TextInput } from '../parts/inputs';
import { HandedLink } from '../parts/HandedLink';
import { History } from '../parts/History';
import { Record } from '../parts/Record';
import { SessionList } from '../parts/SessionList';
import { useForm, type Form } from '../parts/useForm';
import { BOUNDED_ROLES, PEOPLE_ROLES, roleHint, roleWord } from '../words';
import { UserStateTag } from '../parts/UserStateTag';
import { ProblemLine } from '../parts/ProblemLine';
import { useAct } from '../parts/useAct';

interface Values {
  name: string;
  email: string;
  role: Role;
  agentId: string;
  departments: string[];
  queueIds: string[];
  teamIds: string[];
}

const FIELDS: readonly (keyof Values)[] = ['name', 'email', 'role', 'agentId', 'departments', 'queueIds', 'teamIds'];

const valuesOf = ({ user }: UserRecordQuery): Values => ({
  name: user.name,
  email: user.email,
  role: user.role,
  agentId: user.agent?.id ?? '',
  departments: user.bounds?.departments ?? [],
  queueIds: user.bounds?.queues.map(({ id }) => id) ?? [],
  teamIds: user.bounds?.teams.map(({ id }) => id) ?? [],
});

/** An agent is named for the role AGENT, and for no other. */
const agentOf = ({ role, agentId }: Values): { agentId?: string } => (role === 'AGENT' && agentId !== '' ? { agentId } : {});

export default function Person() {
  const { id = 'new' } = useParams();
  if (id === 'new') return <NewPerson />;
  return (
    <Record document={UserRecordDocument} variables={{ id }}>
      {(data, reread) => <KnownPerson key={id} data={data} reread={reread} />}
    </Record>
  );
}

function NewPerson() {
  const [invite] = useMutation(InviteUserDocument);
  const [invited, setInvited] = useState<{ name: string; email: string; handed: HandedFragment | null } | null>(null);
  const form = useForm<Values>({
    name: 'person.new',
    stored: { name: '', email: '', role: 'AGENT', agentId: '', departments: [], queueIds: [], teamIds: [] },
    fields: FIELDS,
    save: async (values) => {
      const { name, email, role } = values;
      const { data } = await invite({
        variables: {
          input: { idempotencyKey: crypto.randomUUID(), name, email, role, ...agentOf(values), bounds: boundsInput(values.role, values) },
        },
      });
      setInvited({ name, email, handed: data?.inviteUser ?? null });
    },
  });
  if (invited)
    return (
      <article className="page record-page">
        <header className="page-head">
          <h1>{t('{{name}} is invited', { name: invited.name })}</h1>
        </header>
        <div className="card">
          {invited.handed && <HandedLink handed={invited.handed} email={invited.email} />}
          <p>
            <Link className="button" to="/people">
              {t('Done')}
            </Link>
          </p>
        </div>
      </article>
    );
  return <PersonForm form={form} title={t('Invite a person')} isNew />;
}

function KnownPerson({ data, reread }: { data: UserRecordQuery; reread: () => Promise<UserRecordQuery> }) {
  const { user } = data;
  const [update] = useMutation(UpdateUserDocument);
  const form = useForm<Values>({
    name: `person.${user.id}`,
    stored: valuesOf(data),
    fields: FIELDS,
    reread: async () => valuesOf(await reread()),
    save: (values, { name, role, agentId, departments, queueIds, teamIds }) =>
      update({
        variables: {
          input: {
            id: user.id,
            ...(name !== undefined && { name }),
            ...((role !== undefined || agentId !== undefined) && { role: values.role, ...agentOf(values) }),
            ...((role ?? departments ?? queueIds ?? teamIds) !== undefined && { bounds: boundsInput(values.role, values) }),
          },
        },
      }),
  });
  return (
    <PersonForm
      form={form}
      title={user.name}
      aside={<UserStateTag state={user.state} />}
      more={
        <>
          <Way data={data} again={() => void reread()} />
          <DelegationList title={t('Delegations')} delegations={user.delegations} again={() => void reread()} />
          <section className="card" aria-labelledby="sessions">
            <h2 id="sessions">{t('Signed in at')}</h2>
            <SessionList sessions={user.sessions} again={() => void reread()} />
          </section>
          <History about={user.id} />
        </>
      }
    />
  );
}

/** Whether and how the person gets in. */
function Way({ data: { user }, again }: { data: UserRecordQuery; again: () => void }) {
  const [createLink] = useMutation(CreateAccessLinkDocument);
  const [activate] = useMutation(ActivateUserDocument);
  const [deactivate] = useMutation(DeactivateUserDocument);
  const [removeFactor] = useMutation(RemoveSecondFactorDocument);
  const [handed, setHanded] = useState<HandedFragment | null>(null);
  const mails = useQuery(SignInMethodsDocument).data?.signInMethods.forgotten === true;
  const { act: attempt, problem } = useAct();
  const act = (work: () => Promise<unknown>): void => attempt(() => work().then(again));
  const id = user.id;
  const make = (mail: boolean): void =>
    act(async () => {
      const { data } = await createLink({ variables: { userId: id, mail } });
      setHanded(data?.createAccessLink ?? null);
    });
  return (
    <section className="card" aria-labelledby="way">
      <h2 id="way">{t('Sign-in')}</h2>
      {user.state === 'DEACTIVATED' ? (
        <p className="soft">{t('This person cannot sign in. What they did stays under their name.')}</p>
      ) : (
        <p className="soft">
          {mails
            ? t('A link is good once; whoever has it chooses a new password. It is mailed to {{email}}.', { email: user.email })
            : t('A link is good once; whoever has it chooses a new password. Hand it over yourself.')}
        </p>
      )}
      {user.byProvider && <p className="soft">{t('Signs in at the identity provider, which says the role at each sign-in.')}</p>}
      <p className="soft">
        {user.secondFactorSince
          ? t('With a second factor since {{when}}.', { when: moment(user.secondFactorSince) })
          : t('Without a second factor.')}
      </p>
      {handed && <HandedLink handed={handed} email={user.email} />}
      <ProblemLine problem={problem} />
      <p className="row">
        {user.state === 'DEACTIVATED' ? (
          <button type="button" className="button" onClick={() => act(() => activate({ variables: { id } }))}>
            {t('Let in again')}
          </button>
        ) : (
          <>
            {mails && (
              <button type="button" className="button" onClick={() => make(true)}>
                {user.state === 'INVITED' ? t('Mail another invitation') : t('Mail a link for a new password')}
              </button>
            )}
            <button type="button" className="button" onClick={() => make(false)}>
              {user.state === 'INVITED' ? t('Make another invitation') : t('Make a link for a new password')}
            </button>
          </>
        )}
      </p>
      {user.state !== 'DEACTIVATED' && (
        <>
          {user.secondFactorSince && (
            <Grave
              label={t('Take the second factor off')}
              warning={t('The password alone signs this person in until they set another one up.')}
              run={() => removeFactor({ variables: { userId: id } })}
            />
          )}
          <Grave
            label={t('Deactivate')}
            warning={t('Every session of this person ends at once.')}
            run={() => deactivate({ variables: { id } })}
          />
        </>
      )}
    </section>
  );
}

interface FormProps {
  form: Form<Values>;
  title: string;
  isNew?: boolean;
  aside?: React.ReactNode;
  more?: React.ReactNode;
}

function PersonForm({ form, title, isNew, aside, more }: FormProps) {
  const { field, values, set } = form;
  const { data } = useQuery(AgentChoicesDocument, { variables: { search: null } });
  const agents = (data?.agents.edges ?? []).map(({ node }) => node);
  const parts = useQuery(BoundsChoicesDocument).data;
  const queues = (parts?.queues.edges ?? []).map(({ node }) => asNamed(node));
  const teams = parts?.teams ?? [];
  const labels: Readonly<{ [field in keyof Values]: string }> = {
    name: t('Name', { context: 'person' }),
    email: t('E-mail'),
    role: t('Role'),
    agentId: t('Works as the agent'),
    departments: t('Departments'),
    queueIds: t('Queues'),
    teamIds: t('Teams'),
  };
  return (
    <FormPage
      back={{ to: '/people', title: t('People') }}
      title={title}
      aside={aside}
      form={form}
      verb={isNew ? t('Invite') : t('Save')}
      labels={labels}
      word={(name, value) =>
        name === 'role'
          ? roleWord(value as Role)
          : name === 'agentId'
            ? (agents.find(({ id }) => id === value)?.name ?? t('None'))
            : name === 'queueIds' || name === 'teamIds'
              ? plainWord([...queues, ...teams].filter(({ id }) => (value as string[]).includes(id)).map((one) => one.name))
              : plainWord(value)
      }
      more={more}
    >
      <TextInput label={labels.name} required {...field('name')} />
      <TextInput
        label={labels.email}
        type="email"
        required
        disabled={!isNew}
        hint={isNew ? undefined : t('It stays: the person signs in with it.')}
        {...field('email')}
      />
      <Pick
        label={labels.role}
        options={PEOPLE_ROLES.map((id) => ({ id, name: roleWord(id) }))}
        hint={[roleHint(values.role), isNew ? undefined : t('Another role ends the person’s sessions.')].filter(Boolean).join(' ')}
        value={values.role}
        error={field('role').error}
        onChange={(role) => set({ role: role as Role })}
      />
      {values.role === 'AGENT' && (
        <Pick label={labels.agentId} required placeholder={t('Choose an agent')} options={agents} {...field('agentId')} />
      )}
      {BOUNDED_ROLES.includes(values.role) && (
        <BoundsPicks
          role={values.role}
          value={values}
          error={field('departments').error ?? field('queueIds').error ?? field('teamIds').error}
          onChange={set}
        />
      )}
    </FormPage>
  );
}
