/** One queue: its rules, its members by level, what waits in it, and who could serve it now. */
import { useMutation, useQuery } from '@apollo/client/react';
import { useNavigate, useParams } from 'react-router';
import {
  CreateQueueDocument,
  QueueChoicesDocument,
  QueueRecordDocument,
  UpdateQueueDocument,
  type QueueChoicesQuery,
  type QueueRecordQuery,
  type RoutingStrategy,
} from '../generated/operations';
import { t } from '../language';
import { Check, Pick } from '../parts/controls';
import { NumberInput, TextInput } from '../parts/inputs';
import { FormPage, plainWord } from '../parts/FormPage';
import { Record } from '../parts/Record';
import { requirements, SkillLevels, type SkillLevel } from '../parts/SkillLevels';
import { Tag } from '../parts/Tag';
import { useForm, type Form } from '../parts/useForm';
import { useMay } from '../session';
import { STRATEGIES, strategyWord } from '../words';
import { Hours } from './Hours';
import { QueueMembers } from './QueueMembers';
import { QueueWaiting } from './QueueWaiting';

interface Values {
  name: string;
  department: string;
  priority: number | null;
  strategy: RoutingStrategy;
  slaPolicyId: string;
  skills: SkillLevel[];
  offerTimeoutSeconds: number | null;
  stickySeconds: number | null;
  askAgainAfterSeconds: number | null;
  maxPerAgent: number | null;
  overflow: { afterSeconds: number | null; queueId: string };
  keepsPlace: boolean;
  active: boolean;
}

const FIELDS: readonly (keyof Values)[] = [
  'name',
  'department',
  'priority',
  'strategy',
  'slaPolicyId',
  'skills',
  'offerTimeoutSeconds',
  'stickySeconds',
  'askAgainAfterSeconds',
  'maxPerAgent',
  'overflow',
];

const NEW: Values = {
  name: '',
  department: '',
  priority: 50,
  strategy: 'LONGEST_IDLE',
  slaPolicyId: '',
  skills: [],
  offerTimeoutSeconds: 20,
  stickySeconds: 0,
  askAgainAfterSeconds: 60,
  maxPerAgent: null,
  overflow: { afterSeconds: null, queueId: '' },
  keepsPlace: false,
  active: true,
};

const valuesOf = ({ queue }: QueueRecordQuery): Values => ({
  name: queue.name,
  department: queue.department,
  priority: queue.priority,
  strategy: queue.strategy,
  slaPolicyId: queue.slaPolicy?.id ?? '',
  skills: queue.skills.map(({ skill, minLevel, mandatory }) => ({ skillId: skill.id, level: minLevel, mandatory })),
  offerTimeoutSeconds: queue.offerTimeoutSeconds,
  stickySeconds: queue.stickySeconds,
  askAgainAfterSeconds: queue.askAgainAfterSeconds,
  maxPerAgent: queue.maxPerAgent ?? null,
  overflow: { afterSeconds: queue.overflow?.afterSeconds ?? null, queueId: queue.overflow?.queue.id ?? '' },
  keepsPlace: queue.keepsPlace,
  active: queue.active,
});

/** As the API takes it: what is empty here is null there. */
function inputOf({
  slaPolicyId,
  skills,
  overflow,
  priority,
  offerTimeoutSeconds,
  stickySeconds,
  askAgainAfterSeconds,
  ...rest
}: Partial<Values>) {
  return {
    ...rest,
    ...(priority != null && { priority }),
    ...(offerTimeoutSeconds != null && { offerTimeoutSeconds }),
    ...(stickySeconds != null && { stickySeconds }),
    ...(askAgainAfterSeconds != null && { askAgainAfterSeconds }),
    ...(slaPolicyId !== undefined && { slaPolicyId: slaPolicyId || null }),
    ...(skills && { skills: requirements(skills) }),
    ...(overflow && { overflow: overflow.queueId === '' ? null : { queueId: overflow.queueId, afterSeconds: overflow.afterSeconds ?? 0 } }),
  };
}

export default function Queue() {
  const { id = 'new' } = useParams();
  const { data: choices } = useQuery(QueueChoicesDocument, { fetchPolicy: 'cache-and-network' });
  return id === 'new' ? (
    <NewQueue choices={choices} />
  ) : (
    <Record document={QueueRecordDocument} variables={{ id }}>
      {(data, reread) => <KnownQueue key={id} data={data} reread={reread} choices={choices} />}
    </Record>
  );
}

function NewQueue({ choices }: { choices: QueueChoicesQuery | undefined }) {
  const navigate = useNavigate();
  const [create] = useMutation(CreateQueueDocument);
  const form = useForm<Values>({
    name: 'queue.new',
    stored: NEW,
    fields: FIELDS,
    save: async ({ active: _, name, department, ...rules }) => {
      const input = { idempotencyKey: crypto.randomUUID(), ...inputOf(rules), name, department };
      const { data } = await create({ variables: { input } });
      void navigate(`/queues/${data?.createQueue.queue.id}`, { replace: true });
    },
  });
  return <QueueForm form={form} choices={choices} title={t('New queue')} isNew />;
}

interface KnownProps {
  data: QueueRecordQuery;
  reread: () => Promise<QueueRecordQuery>;
  choices: QueueChoicesQuery | undefined;
}

function KnownQueue({ data, reread, choices }: KnownProps) {
  const [update] = useMutation(UpdateQueueDocument);
  const { queue } = data;
  const form = useForm<Values>({
    name: `queue.${queue.id}`,
    stored: valuesOf(data),
    fields: FIELDS,
    reread: async () => valuesOf(await reread()),
    save: (_, change) => update({ variables: { input: { id: queue.id, ...inputOf(change) } } }),
  });
  return (
    <QueueForm
      form={form}
      choices={choices}
      title={queue.name}
      aside={<Tag tone={queue.active ? 'good' : 'off'}>{queue.active ? t('In use') : t('Not in use')}</Tag>}
      more={
        <>
          <QueueMembers queueId={queue.id} members={queue.members} />
          <QueueWaiting queueId={queue.id} members={queue.members} />
          <Hours hours={queue.hours ?? null} />
        </>
      }
    />
  );
}

interface FormProps {
  form: Form<Values>;
  choices: QueueChoicesQuery | undefined;
  title: string;
  isNew?: boolean;
  aside?: React.ReactNode;
  more?: React.ReactNode;
}

function QueueForm({ form, choices, title, isNew, aside, more }: FormProps) {
  const admin = useMay(['ADMIN']);
  const { field, values, set } = form;
  const policies = [{ id: '', name: t('No promise') }, ...(choices?.slaPolicies ?? [])];
  const queues = (choices?.queues.edges ?? []).map(({ node }) => node);
  const skills = choices?.skills ?? [];
  const strategies = STRATEGIES.map((id) => ({ id, name: strategyWord(id) }));
  const nameIn = (options: readonly { id: string; name: string }[], id: unknown): string =>
    options.find((one) => one.id === id)?.name ?? '';
  const labels: Readonly<Record<keyof Values, string>> = {
    name: t('Name'),
    department: t('Department'),
    priority: t('Priority'),
    strategy: t('Agent chosen'),
    slaPolicyId: t('SLA policy'),
    skills: t('Skills that are required'),
    offerTimeoutSeconds: t('An offer rings for'),
    stickySeconds: t('Kept for the agent who served last'),
    askAgainAfterSeconds: t('Asked again after'),
    maxPerAgent: t('At most per agent'),
    overflow: t('Overflow'),
    keepsPlace: t('Keeps its place in the order'),
    active: t('In use'),
  };
  const word = (name: keyof Values, value: unknown): string => {
    if (name === 'strategy') return strategyWord(value as RoutingStrategy);
    if (name === 'slaPolicyId') return nameIn(policies, value);
    if (name === 'overflow') return nameIn(queues, (value as Values['overflow']).queueId) || t('None');
    if (name === 'skills') return (value as SkillLevel[]).map(({ skillId, level }) => `${nameIn(skills, skillId)} ${level}`).join(', ');
    return plainWord(value);
  };
  return (
    <FormPage
      back={{ to: '/queues', title: t('Queues') }}
      title={title}
      aside={aside}
      form={form}
      verb={isNew ? t('Create queue') : t('Save')}
      labels={labels}
      word={word}
      more={more}
    >
      <TextInput label={labels.name} required disabled={!admin} {...field('name')} />
      <TextInput label={labels.department} required disabled={!admin} {...field('department')} />
      <NumberInput label={labels.priority} min={0} max={100} hint={t('0 is served last, 100 first.')} required {...field('priority')} />
      <Pick
        label={labels.strategy}
        options={strategies}
        hint={t('Among the agents who are free.')}
        value={values.strategy}
        error={field('strategy').error}
        onChange={(strategy) => set({ strategy: strategy as RoutingStrategy })}
      />
      <Pick label={labels.slaPolicyId} options={policies} disabled={!admin} {...field('slaPolicyId')} />
      <NumberInput
        label={labels.offerTimeoutSeconds}
        unit={t('s')}
        min={5}
        max={3_600}
        disabled={!admin}
        {...field('offerTimeoutSeconds')}
      />
      <NumberInput
        label={labels.stickySeconds}
        unit={t('s')}
        min={0}
        hint={t('0 keeps it for nobody.')}
        disabled={!admin}
        {...field('stickySeconds')}
      />
      <NumberInput label={labels.askAgainAfterSeconds} unit={t('s')} min={10} disabled={!admin} {...field('askAgainAfterSeconds')} />
      <NumberInput
        label={labels.maxPerAgent}
        min={1}
        max={1_000}
        hint={t('Empty for no limit.')}
        disabled={!admin}
        {...field('maxPerAgent')}
      />
      <Pick
        label={t('Moves on to')}
        options={[{ id: '', name: t('Stays here') }, ...queues]}
        value={values.overflow.queueId}
        error={field('overflow').error}
        disabled={!admin}
        onChange={(queueId) => set({ overflow: { queueId, afterSeconds: queueId === '' ? null : (values.overflow.afterSeconds ?? 300) } })}
      />
      {values.overflow.queueId !== '' && (
        <NumberInput
          label={t('Moves on after')}
          unit={t('s')}
          min={1}
          disabled={!admin}
          value={values.overflow.afterSeconds}
          onChange={(afterSeconds) => set({ overflow: { ...values.overflow, afterSeconds } })}
        />
      )}
      {admin && (
        <>
          <SkillLevels {...field('skills')} label={labels.skills} skills={skills} withMandatory />
          <Check
            label={labels.keepsPlace}
            hint={t('For interactions that come from another queue.')}
            value={values.keepsPlace}
            onChange={(keepsPlace) => set({ keepsPlace })}
          />
          {!isNew && (
            <Check
              label={t('In use')}
              hint={t('A queue that is not in use gets no new work.')}
              value={values.active}
              onChange={(active) => set({ active })}
            />
          )}
        </>
      )}
    </FormPage>
  );
}
