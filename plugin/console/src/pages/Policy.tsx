/** One SLA policy: its promises with their ladders, what a change would do to open clocks, and moving them to it. */
import { useMutation, useQuery } from '@apollo/client/react';
import { Link } from 'react-router';
import { asNamed, named } from '@patchbay/pages/names';
import {
  CreateSlaPolicyDocument,
  PolicyListDocument,
  RuleKindsDocument,
  UpdateSlaPolicyDocument,
  type PolicyListQuery,
} from '../generated/operations';
import { listed, number, t } from '../language';
import { useFields, useKnowledge } from '../parts/Condition';
import { Pick } from '../parts/controls';
import { plainWord } from '../parts/FormPage';
import { Icon } from '../parts/Icon';
import { TextInput } from '../parts/inputs';
import { later } from '../parts/later';
import { ShortRecord } from '../parts/ShortRecord';
import type { Form } from '../parts/useForm';
import {
  draftOf,
  errorsWithin,
  inputOf,
  KINDS,
  milestonesOf,
  newMilestone,
  newPolicy,
  type MilestoneDraft,
  type PolicyDraft,
} from '../policy-draft';
import { useMay } from '../session';
import { milestoneWord } from '../words';
import { PolicyMilestone } from './PolicyMilestone';

const PolicyMigration = later(async () => (await import('./PolicyMigration')).PolicyMigration);

const rowsOf = ({ slaPolicies, queues }: PolicyListQuery) =>
  slaPolicies.map((one) => ({ ...one, queues: queues.edges.flatMap(({ node }) => (node.slaPolicy?.id === one.id ? [node] : [])) }));

export default function Policy() {
  const [create] = useMutation(CreateSlaPolicyDocument, { refetchQueries: [PolicyListDocument] });
  const [update] = useMutation(UpdateSlaPolicyDocument, { refetchQueries: [PolicyListDocument] });
  const { data } = useQuery(PolicyListDocument);
  const calendars = [{ id: '', name: t('Around the clock') }, ...(data?.businessCalendars ?? [])];
  const labels = { name: t('Name'), calendarId: t('Calendar'), milestones: t('Promises') };
  return (
    <ShortRecord
      kind="policy"
      document={PolicyListDocument}
      rowsOf={rowsOf}
      back={{ to: '/policies', title: t('SLA policies') }}
      titleOfNew={t('New policy')}
      titleOf={({ name }) => name}
      aside={({ version }) => <span className="soft">{t('Version {{version}}', { version: number(version) })}</span>}
      empty={newPolicy()}
      valuesOf={draftOf}
      labels={labels}
      word={(field, value) => {
        if (field === 'calendarId') return calendars.find(({ id }) => id === value)?.name ?? '';
        if (field === 'milestones') return listed((value as MilestoneDraft[]).map(({ kind }) => milestoneWord(kind)));
        return plainWord(value);
      }}
      create={({ name, calendarId, milestones }) =>
        create({
          variables: {
            input: {
              ...{ idempotencyKey: crypto.randomUUID(), name, milestones: milestonesOf(milestones) },
              ...(calendarId !== '' && { calendarId }),
            },
          },
        })
      }
      update={(id, change) => update({ variables: { input: { id, ...inputOf(change) } } })}
      below={(form, record) => record && <PolicyMigration form={form} policy={record} />}
      more={({ queues }) => (
        <section className="card" aria-labelledby="used-by">
          <h2 id="used-by">{t('Used by')}</h2>
          {queues.length === 0 ? (
            <p className="soft">{t('No queue promises this yet. A queue is given its policy on its page.')}</p>
          ) : (
            <ul>
              {queues.map((queue) => (
                <li key={queue.id}>
                  <Link to={`/queues/${queue.id}`}>{named(queue)}</Link>
                </li>
              ))}
            </ul>
          )}
        </section>
      )}
    >
      {(form) => (
        <>
          <TextInput label={labels.name} required {...form.field('name')} />
          <Pick
            label={labels.calendarId}
            options={calendars}
            hint={t('When time counts. A customer’s own calendar goes before it.')}
            {...form.field('calendarId')}
          />
          <Promises form={form} queues={(data?.queues.edges ?? []).map(({ node }) => asNamed(node))} />
        </>
      )}
    </ShortRecord>
  );
}

function Promises({ form, queues }: { form: Form<PolicyDraft>; queues: readonly { id: string; name: string }[] }) {
  const admin = useMay(['ADMIN']);
  const knowledge = useKnowledge();
  const fields = useFields(knowledge, ['sla.escalated']);
  const { data } = useQuery(RuleKindsDocument);
  const { milestones } = form.values;
  const set = (next: MilestoneDraft[]): void => form.set({ milestones: next });
  const left = KINDS.filter((kind) => !milestones.some((one) => one.kind === kind));
  return (
    <>
      {milestones.map((milestone, at) => (
        <PolicyMilestone
          key={milestone.kind}
          value={milestone}
          onChange={(next) => set(milestones.with(at, next))}
          onRemove={milestones.length > 1 ? () => set(milestones.toSpliced(at, 1)) : null}
          errors={errorsWithin(form.errors, `milestones[${at}]`)}
          queues={queues}
          ladder={{ kinds: data?.ruleActionKinds ?? [], fields, knowledge }}
          disabled={!admin}
        />
      ))}
      {form.errors.milestones !== undefined && (
        <p className="field-error wide" role="alert">
          {form.errors.milestones}
        </p>
      )}
      {admin && left.length > 0 && (
        <p className="wide row">
          {left.map((kind) => (
            <button
              type="button"
              className="button small"
              key={kind}
              onClick={() =>
                set(KINDS.flatMap((one) => (one === kind ? [newMilestone(kind)] : milestones.filter((has) => has.kind === one))))
              }
            >
              <Icon name="add" /> {t('Promise: {{kind}}', { kind: milestoneWord(kind) })}
            </button>
          ))}
        </p>
      )}
    </>
  );
}
