/** One agent: who it is, what they can do, which queues they serve, and what they get next. */
import type { ReactNode } from 'react';
import { useMutation, useQuery } from '@apollo/client/react';
import { Link, useNavigate, useParams } from 'react-router';
import { named } from '@patchbay/pages/names';
import {
  AgentFormChoicesDocument,
  AgentRecordDocument,
  CreateAgentDocument,
  UpdateAgentDocument,
  WhyAgentDocument,
  type AgentFormChoicesQuery,
  type AgentRecordQuery,
} from '../generated/operations';
import { moment, number, t } from '../language';
import { Check, Pick } from '../parts/controls';
import { FormPage, plainWord } from '../parts/FormPage';
import { NumberInput, TextInput } from '../parts/inputs';
import { Presence } from '../parts/Presence';
import { History } from '../parts/History';
import { Record } from '../parts/Record';
import { SkillLevels, type SkillLevel } from '../parts/SkillLevels';
import { Tag } from '../parts/Tag';
import { useForm, type Form } from '../parts/useForm';
import { useNames } from '../parts/useNames';
import { Why } from '../parts/Why';
import { problemOf } from '../problem';
import { toldOfAgent } from '../why-words';

interface Values {
  name: string;
  email: string;
  teamId: string;
  capacity: number | null;
  extension: string;
  skills: SkillLevel[];
  active: boolean;
}

const FIELDS: readonly (keyof Values)[] = ['name', 'email', 'teamId', 'capacity', 'extension', 'skills'];
const NEW: Values = { name: '', email: '', teamId: '', capacity: 100, extension: '', skills: [], active: true };

const valuesOf = ({ agent }: AgentRecordQuery): Values => ({
  name: agent.name,
  email: agent.email,
  teamId: agent.team?.id ?? '',
  capacity: agent.capacity,
  extension: agent.extension ?? '',
  skills: agent.skills.map(({ skill, level }) => ({ skillId: skill.id, level, mandatory: false })),
  active: agent.active,
});

/** As the API takes it: what is empty here is null there. */
const inputOf = ({ teamId, extension, skills, capacity, ...rest }: Partial<Values>) => ({
  ...rest,
  ...(capacity != null && { capacity }),
  ...(teamId !== undefined && { teamId: teamId || null }),
  ...(extension !== undefined && { extension: extension || null }),
  ...(skills && { skills: skills.map(({ skillId, level }) => ({ skillId, level })) }),
});

export default function Agent() {
  const { id = 'new' } = useParams();
  const { data: choices } = useQuery(AgentFormChoicesDocument, { fetchPolicy: 'cache-and-network' });
  if (id === 'new') return <NewAgent choices={choices} />;
  return (
    <Record document={AgentRecordDocument} variables={{ id }}>
      {(data, reread) => <KnownAgent key={id} data={data} reread={reread} choices={choices} />}
    </Record>
  );
}

function NewAgent({ choices }: { choices: AgentFormChoicesQuery | undefined }) {
  const navigate = useNavigate();
  const [create] = useMutation(CreateAgentDocument);
  const form = useForm<Values>({
    name: 'agent.new',
    stored: NEW,
    fields: FIELDS,
    save: async ({ active: _, name, email, ...rest }) => {
      const { data } = await create({ variables: { input: { idempotencyKey: crypto.randomUUID(), ...inputOf(rest), name, email } } });
      void navigate(`/agents/${data?.createAgent.agent.id}`, { replace: true });
    },
  });
  return <AgentForm form={form} choices={choices} title={t('New agent')} isNew />;
}

interface KnownProps {
  data: AgentRecordQuery;
  reread: () => Promise<AgentRecordQuery>;
  choices: AgentFormChoicesQuery | undefined;
}

function KnownAgent({ data, reread, choices }: KnownProps) {
  const [update] = useMutation(UpdateAgentDocument);
  const { agent } = data;
  const form = useForm<Values>({
    name: `agent.${agent.id}`,
    stored: valuesOf(data),
    fields: FIELDS,
    reread: async () => valuesOf(await reread()),
    save: (_, change) => update({ variables: { input: { id: agent.id, ...inputOf(change) } } }),
  });
  return (
    <AgentForm
      form={form}
      choices={choices}
      title={agent.name}
      aside={agent.active ? <Presence status={agent.presence.status} /> : <Tag tone="off">{t('Has left')}</Tag>}
      more={
        <>
          <div className="now">
            <Serves agent={agent} />
            <Next id={agent.id} />
          </div>
          <History about={agent.id} />
        </>
      }
    />
  );
}

function Serves({ agent }: { agent: AgentRecordQuery['agent'] }) {
  return (
    <section className="card" aria-labelledby="serves">
      <h2 id="serves">{t('Member of')}</h2>
      {agent.memberships.length === 0 ? (
        <p className="empty">{t('This agent serves no queue. Members are added on the page of a queue.')}</p>
      ) : (
        <ul className="lines">
          {[...agent.memberships]
            .sort((a, b) => a.queue.name.localeCompare(b.queue.name))
            .map(({ queue, level }) => (
              <li key={queue.id} className="row">
                <Link to={`/queues/${queue.id}`}>{named(queue)}</Link>
                <span className="faint">{t('Level {{level}}', { level: number(level) })}</span>
              </li>
            ))}
        </ul>
      )}
      <p className="soft">
        {t('{{status}} since {{when}}', { status: named(agent.presence.status), when: moment(agent.presence.since) })} ·{' '}
        {t('{{count}} interactions in hand', { count: agent.holding })} ·{' '}
        <Link to={`/interactions?agent=${agent.id}`}>{t('All interactions of this agent')}</Link>
      </p>
    </section>
  );
}

function Next({ id }: { id: string }) {
  const tell = useNames();
  const { data, error } = useQuery(WhyAgentDocument, { variables: { id }, fetchPolicy: 'no-cache' });
  return (
    <section className="card" aria-labelledby="next">
      <h2 id="next">{t('What this agent gets next, or why nothing')}</h2>
      {error && <p className="bad-text">{problemOf(error).message}</p>}
      {data && <Why why={toldOfAgent(tell(data.explainAgent))} />}
    </section>
  );
}

interface FormProps {
  form: Form<Values>;
  choices: AgentFormChoicesQuery | undefined;
  title: string;
  isNew?: boolean;
  aside?: ReactNode;
  more?: ReactNode;
}

function AgentForm({ form, choices, title, isNew, aside, more }: FormProps) {
  const { field, values, set } = form;
  const teams = [{ id: '', name: t('No team') }, ...(choices?.teams ?? [])];
  const skills = choices?.skills ?? [];
  const labels: Readonly<{ [field in keyof Values]: string }> = {
    name: t('Name', { context: 'person' }),
    email: t('E-mail'),
    teamId: t('Team'),
    capacity: t('Capacity'),
    extension: t('Extension'),
    skills: t('Skills'),
    active: t('Works here'),
  };
  const nameIn = (options: readonly { id: string; name: string }[], id: unknown): string =>
    options.find((one) => one.id === id)?.name ?? '';
  const word = (name: keyof Values, value: unknown): string => {
    if (name === 'teamId') return nameIn(teams, value);
    if (name === 'skills') return (value as SkillLevel[]).map(({ skillId, level }) => `${nameIn(skills, skillId)} ${level}`).join(', ');
    return plainWord(value);
  };
  return (
    <FormPage
      back={{ to: '/agents', title: t('Agents') }}
      title={title}
      aside={aside}
      form={form}
      verb={isNew ? t('Create agent') : t('Save')}
      labels={labels}
      word={word}
      more={more}
    >
      <TextInput label={labels.name} required {...field('name')} />
      <TextInput label={labels.email} type="email" required {...field('email')} />
      <Pick label={labels.teamId} options={teams} {...field('teamId')} />
      <NumberInput
        label={labels.capacity}
        hint={t('In units; by convention a call takes 100.')}
        min={0}
        max={10_000}
        required
        {...field('capacity')}
      />
      <TextInput label={labels.extension} hint={t('By which a telephone system names the agent.')} {...field('extension')} />
      {!isNew && (
        <Check
          label={labels.active}
          hint={t('Who has left gives back what they hold.')}
          value={values.active}
          onChange={(active) => set({ active })}
        />
      )}
      <SkillLevels {...field('skills')} label={labels.skills} skills={skills} />
    </FormPage>
  );
}
