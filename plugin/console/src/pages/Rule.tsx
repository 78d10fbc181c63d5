/** One rule: when it is tried, on what condition, and what it does; with a dry run beside the draft. */
import { useMutation, useQuery } from '@apollo/client/react';
import { useMemo, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { eventWord } from '../event-words';
import {
  CreateRuleDocument,
  DeleteRuleDocument,
  RuleKindsDocument,
  RuleRecordDocument,
  UpdateRuleDocument,
  type RuleRecordQuery,
} from '../generated/operations';
import { listed, moment, t } from '../language';
import { Condition, useFields, useKnowledge, type Knowledge } from '../parts/Condition';
import { Check, Pick } from '../parts/controls';
import { Grave } from '../parts/Grave';
import { FormPage, plainWord } from '../parts/FormPage';
import { NumberInput, TextInput } from '../parts/inputs';
import { History } from '../parts/History';
import { later } from '../parts/later';
import { Record } from '../parts/Record';
import { Tag } from '../parts/Tag';
import { useForm, type Form } from '../parts/useForm';
import { definitionOf, draftOf, inputOf, newRule, type RuleDraft, type TriggerDraft } from '../rule-draft';
import { actionWord } from '../action-words';
import { useMay } from '../session';

const RuleActions = later(async () => (await import('./RuleActions')).RuleActions);
const RuleDryRun = later(async () => (await import('./RuleDryRun')).RuleDryRun);
const RuleRunLines = later(async () => (await import('./RuleRunLines')).RuleRunLines);
const RuleVersions = later(async () => (await import('./RuleVersions')).RuleVersions);

const FIELDS: readonly (keyof RuleDraft)[] = ['name', 'rank', 'trigger', 'condition', 'actions'];

const timeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

export default function Rule() {
  const { id = 'new' } = useParams();
  return id === 'new' ? (
    <NewRule />
  ) : (
    <Record document={RuleRecordDocument} variables={{ id }}>
      {(data, reread) => <KnownRule key={id} data={data} reread={reread} />}
    </Record>
  );
}

function NewRule() {
  const navigate = useNavigate();
  const [create] = useMutation(CreateRuleDocument);
  const [stored] = useState(() => newRule(timeZone()));
  const form = useForm<RuleDraft>({
    name: 'rule.new',
    stored,
    fields: FIELDS,
    save: async ({ name, active, rank, condition, stopOnMatch, actions, trigger }) => {
      const { trigger: said } = inputOf({ trigger });
      const input = {
        idempotencyKey: crypto.randomUUID(),
        ...{ name, active, condition, stopOnMatch, actions },
        trigger: said!,
        ...(rank !== null && { rank }),
      };
      const { data } = await create({ variables: { input } });
      void navigate(`/rules/${data?.createAutomationRule.automationRule.id}`, { replace: true });
    },
  });
  return <RuleForm form={form} title={t('New rule')} isNew />;
}

interface KnownProps {
  data: RuleRecordQuery;
  reread: () => Promise<RuleRecordQuery>;
}

function KnownRule({ data: { automationRule: rule }, reread }: KnownProps) {
  const admin = useMay(['ADMIN']);
  const [update] = useMutation(UpdateRuleDocument);
  const form = useForm<RuleDraft>({
    name: `rule.${rule.id}`,
    stored: draftOf(rule),
    fields: FIELDS,
    reread: async () => draftOf((await reread()).automationRule),
    save: async (_, change) => {
      await update({ variables: { input: { id: rule.id, ...inputOf(change) } } });
      // The list of versions has one more.
      await reread().catch(() => undefined);
    },
  });
  return (
    <RuleForm
      form={form}
      title={rule.name}
      aside={
        <>
          {rule.nextAt && <span className="soft">{t('Next at {{at}}', { at: moment(rule.nextAt) })}</span>}
          <Tag tone={rule.active ? 'good' : 'off'}>{rule.active ? t('Active [a rule]') : t('Not active')}</Tag>
        </>
      }
      more={
        <>
          <section className="card" aria-labelledby="runs">
            <h2 id="runs">{t('What it did')}</h2>
            <RuleRunLines runs={rule.runs.edges.map(({ node }) => node)} all={`/rule-runs?rule=${rule.id}`} />
          </section>
          <RuleVersions
            versions={rule.versions}
            current={rule.version}
            restore={admin ? (version) => form.set(definitionOf(version)) : null}
          />
          {admin && <Remove id={rule.id} name={rule.name} />}
          <History about={rule.id} />
        </>
      }
    />
  );
}

function Remove({ id, name }: { id: string; name: string }) {
  const navigate = useNavigate();
  const [remove, { client }] = useMutation(DeleteRuleDocument);
  return (
    <Grave
      label={t('Delete rule')}
      warning={t('Delete “{{name}}”? What it did stays in the log.', { name })}
      run={async () => {
        await remove({ variables: { id } });
        await navigate('/rules', { replace: true });
        client.cache.evict({ fieldName: 'automationRules' });
      }}
    />
  );
}

interface FormProps {
  form: Form<RuleDraft>;
  title: string;
  isNew?: boolean;
  aside?: React.ReactNode;
  more?: React.ReactNode;
}

function RuleForm({ form, title, isNew, aside, more }: FormProps) {
  const admin = useMay(['ADMIN']);
  const knowledge = useKnowledge();
  const { data: kinds } = useQuery(RuleKindsDocument);
  const { field, values, set, errors } = form;
  const events = values.trigger.by === 'events' ? values.trigger.events : null;
  const fields = useFields(knowledge, events);
  const known = useMemo(() => kinds?.ruleActionKinds ?? [], [kinds]);
  const withInteraction =
    events === null || events.every((type) => knowledge?.eventTypes.find((one) => one.type === type)?.aboutInteraction ?? true);
  const labels: Readonly<globalThis.Record<keyof RuleDraft, string>> = {
    name: t('Name'),
    active: t('Active [a rule]'),
    rank: t('Place in the order'),
    trigger: t('When [a rule]'),
    condition: t('Only if'),
    actions: t('Then'),
    stopOnMatch: t('Stops the rules after it'),
  };
  const word = (name: keyof RuleDraft, value: unknown): string => {
    if (name === 'trigger') return triggerWord(value as TriggerDraft, knowledge);
    if (name === 'condition') return value === '' ? t('Always') : String(value);
    if (name === 'actions')
      return listed(
        (value as RuleDraft['actions']).map(({ type }) => actionWord(type, known.find((one) => one.type === type)?.title ?? type)),
      );
    return plainWord(value);
  };
  return (
    <FormPage
      back={{ to: '/rules', title: t('Rules') }}
      title={title}
      aside={aside}
      form={form}
      verb={admin ? (isNew ? t('Create rule') : t('Save')) : null}
      labels={labels}
      word={word}
      beside={<RuleDryRun draft={values} />}
      more={more}
    >
      <TextInput label={labels.name} required disabled={!admin} {...field('name')} />
      <NumberInput
        label={labels.rank}
        min={1}
        disabled={!admin}
        hint={t('Rules are tried from the first on. Empty puts it last.')}
        {...field('rank')}
      />
      {admin && (
        <Check
          label={labels.active}
          hint={t('A rule that is not active does nothing.')}
          value={values.active}
          onChange={(active) => set({ active })}
        />
      )}
      <When
        value={values.trigger}
        onChange={(trigger) => set({ trigger })}
        errors={errors}
        knowledge={knowledge}
        disabled={!admin}
        label={labels.trigger}
      />
      <Condition label={labels.condition} fields={fields} disabled={!admin} {...field('condition')} />
      <RuleActions
        value={values.actions}
        onChange={(actions) => set({ actions })}
        kinds={known}
        withInteraction={withInteraction}
        fields={fields}
        knowledge={knowledge}
        errors={errors}
        disabled={!admin}
      />
      {admin ? (
        <Check
          label={labels.stopOnMatch}
          hint={t('When it matches an event, the rules after it are not tried on that event.')}
          value={values.stopOnMatch}
          onChange={(stopOnMatch) => set({ stopOnMatch })}
        />
      ) : (
        values.stopOnMatch && <p className="soft">{labels.stopOnMatch}</p>
      )}
    </FormPage>
  );
}

const triggerWord = ({ by, events, cron, timeZone: zone }: TriggerDraft, knowledge: Knowledge | undefined): string =>
  by === 'schedule'
    ? t('On schedule {{cron}}, {{zone}}', { cron, zone })
    : listed(events.map((type) => eventWord(type, knowledge?.eventTypes.find((one) => one.type === type)?.description ?? type)));

interface WhenProps {
  label: string;
  value: TriggerDraft;
  onChange: (value: TriggerDraft) => void;
  errors: Readonly<globalThis.Record<string, string>>;
  knowledge: Knowledge | undefined;
  disabled: boolean;
}

function When({ label, value, onChange, errors, knowledge, disabled }: WhenProps) {
  const error = Object.entries(errors).find(([place]) => place.startsWith('trigger'))?.[1] ?? null;
  const types = knowledge?.eventTypes ?? [];
  return (
    <fieldset className="group wide">
      <legend>{label}</legend>
      <div className="group-row">
        <Pick
          label={t('What sets it off')}
          value={value.by}
          disabled={disabled}
          options={[
            { id: 'events', name: t('Something happens') },
            { id: 'schedule', name: t('A time comes') },
          ]}
          onChange={(by) => onChange({ ...value, by: by as TriggerDraft['by'], timeZone: value.timeZone || timeZone() })}
        />
        {value.by === 'events' ? (
          <Pick
            several
            label={t('Events')}
            required
            disabled={disabled}
            placeholder={t('Choose at least one')}
            value={value.events}
            error={error}
            options={types.map(({ type, description }) => ({ id: type, name: `${eventWord(type, description)} (${type})` }))}
            onChange={(events) => onChange({ ...value, events })}
          />
        ) : (
          <>
            <TextInput
              label={t('Schedule')}
              required
              disabled={disabled}
              hint={t('Minute, hour, day of month, month, day of week: 0 8 * * 1-5 is at 8:00 from Monday to Friday.')}
              value={value.cron}
              error={error}
              onChange={(cron) => onChange({ ...value, cron })}
            />
            <TextInput
              label={t('Time zone')}
              required
              disabled={disabled}
              hint={t('Such as Europe/Prague.')}
              value={value.timeZone}
              onChange={(zone) => onChange({ ...value, timeZone: zone })}
            />
          </>
        )}
      </div>
      {value.by === 'schedule' && <p className="soft">{t('It is tried on every open interaction each time.')}</p>}
      {value.by === 'events' && value.events.length > 1 && <p className="soft">{triggerWord(value, knowledge)}</p>}
    </fieldset>
  );
}
