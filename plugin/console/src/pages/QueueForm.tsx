/** The form of a queue: all that the API can set on one. */
import type { ReactNode } from 'react';
import { useQuery } from '@apollo/client/react';
import { asNamed } from '@patchbay/pages/names';
import type { Channel } from '../generated/channels';
import { QueueChoicesDocument, type RoutingStrategy } from '../generated/operations';
import { duration, listed, t, weekdayName } from '../language';
import { Check, Pick } from '../parts/controls';
import { FormPage, plainWord } from '../parts/FormPage';
import { Group } from '../parts/Group';
import { NumberInput, TextInput } from '../parts/inputs';
import { later } from '../parts/later';
import { SkillLevels } from '../parts/SkillLevels';
import { Translations, translationsWord } from '../parts/Translations';
import type { Form } from '../parts/useForm';
import { wrapUpWord } from '../parts/wrap-up';
import { useMay } from '../session';
import { channelTitle, STRATEGIES, strategyWord } from '../words';
import type { QueueValues } from './queue-form';
import { LevelDelays, Relaxation, WrapUps } from './QueueTime';

const HoursChoice = later(async () => (await import('./QueueHours')).HoursChoice);

interface FormProps {
  form: Form<QueueValues>;
  /** Null for a new one. */
  id: string | null;
  title: string;
  aside?: ReactNode;
  more?: ReactNode;
}

export function QueueForm({ form, id, title, aside, more }: FormProps) {
  const admin = useMay(['ADMIN']);
  const { data: choices } = useQuery(QueueChoicesDocument, { fetchPolicy: 'cache-and-network' });
  const { field, values, set } = form;
  const policies = [{ id: '', name: t('No promise') }, ...(choices?.slaPolicies ?? [])];
  const queues = (choices?.queues.edges ?? []).map(({ node }) => asNamed(node)).filter((one) => one.id !== id);
  const skills = choices?.skills ?? [];
  const nameIn = (options: readonly { id: string; name: string }[], wanted: string): string =>
    options.find((one) => one.id === wanted)?.name ?? '';
  const labels: Readonly<Record<keyof QueueValues, string>> = {
    name: t('Name'),
    translations: t('In other languages'),
    department: t('Department'),
    priority: t('Priority'),
    strategy: t('Agent chosen'),
    slaPolicyId: t('SLA policy'),
    skills: t('Skills that are required'),
    relaxation: t('Required skills relax'),
    levelDelaySeconds: t('Members of higher levels help'),
    offerTimeoutSeconds: t('An offer rings for'),
    stickySeconds: t('Kept for the agent who served last'),
    askAgainAfterSeconds: t('Asked again after'),
    maxPerAgent: t('At most per agent'),
    overflow: t('Overflow'),
    wrapUp: t('Wrap-up'),
    hours: t('Opening hours'),
    keepsPlace: t('Keeps its place in the order'),
    active: t('In use'),
  };
  const said: { [F in keyof QueueValues]?: (value: QueueValues[F]) => string } = {
    translations: translationsWord,
    strategy: strategyWord,
    slaPolicyId: (value) => nameIn(policies, value),
    overflow: ({ queueId }) => nameIn(queues, queueId) || t('None'),
    skills: (value) => plainWord(value.map(({ skillId, level }) => `${nameIn(skills, skillId)} ${level}`)),
    relaxation: (value) => plainWord(value.map(({ afterSeconds, levelDrop }) => `${duration(afterSeconds ?? 0)}: −${levelDrop ?? 1}`)),
    levelDelaySeconds: (value) => plainWord(value.map((seconds) => duration(seconds ?? 0))),
    wrapUp: (value) => plainWord(value.map(({ channel, ...rule }) => `${channelTitle(channel as Channel)}: ${wrapUpWord(rule)}`)),
    hours: (value) => {
      if (value === null) return t('At all times');
      if ('calendarId' in value) return nameIn(choices?.businessCalendars ?? [], value.calendarId);
      return listed([value.timeZone, ...value.intervals.map(({ weekday, from, to }) => `${weekdayName(weekday, 'short')} ${from}–${to}`)]);
    },
  };
  return (
    <FormPage
      back={{ to: '/queues', title: t('Queues') }}
      title={title}
      aside={aside}
      form={form}
      verb={id === null ? t('Create queue') : t('Save')}
      labels={labels}
      word={(name, value) => ((said[name] ?? plainWord) as (value: unknown) => string)(value)}
      more={more}
    >
      <TextInput label={labels.name} required disabled={!admin} {...field('name')} />
      <TextInput label={labels.department} required disabled={!admin} {...field('department')} />
      <NumberInput label={labels.priority} min={0} max={100} hint={t('0 is served last, 100 first.')} required {...field('priority')} />
      <Pick
        label={labels.strategy}
        options={STRATEGIES.map((one) => ({ id: one, name: strategyWord(one) }))}
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
      <fieldset className="fields wide" disabled={!admin}>
        <SkillLevels {...field('skills')} label={labels.skills} skills={skills} withMandatory />
        <Relaxation {...field('relaxation')} />
        <LevelDelays {...field('levelDelaySeconds')} />
        <Group
          legend={labels.overflow}
          hint={t('What waited too long moves on to another queue, and waits there anew.')}
          error={field('overflow').error}
        >
          <div className="group-row">
            <Pick
              label={t('Moves on to')}
              options={[{ id: '', name: t('Stays here') }, ...queues]}
              value={values.overflow.queueId}
              onChange={(queueId) =>
                set({ overflow: { queueId, afterSeconds: queueId === '' ? null : (values.overflow.afterSeconds ?? 300) } })
              }
            />
            {values.overflow.queueId !== '' && (
              <NumberInput
                label={t('Moves on after')}
                unit={t('s')}
                min={1}
                value={values.overflow.afterSeconds}
                onChange={(afterSeconds) => set({ overflow: { ...values.overflow, afterSeconds } })}
              />
            )}
          </div>
        </Group>
        <WrapUps {...field('wrapUp')} />
        <HoursChoice {...field('hours')} disabled={!admin} calendars={choices?.businessCalendars ?? []} />
        <Translations label={labels.translations} errors={form.errors} {...field('translations')} />
        <Check
          label={labels.keepsPlace}
          hint={t('For interactions that come from another queue.')}
          value={values.keepsPlace}
          onChange={(keepsPlace) => set({ keepsPlace })}
        />
        {id !== null && (
          <Check
            label={labels.active}
            hint={t('A queue that is not in use gets no new work.')}
            value={values.active}
            onChange={(active) => set({ active })}
          />
        )}
      </fieldset>
    </FormPage>
  );
}
