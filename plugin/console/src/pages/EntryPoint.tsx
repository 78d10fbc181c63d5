/** One entry point: an address of the center, and the queue, priority and skills of what arrives there. */
import { useMutation, useQuery } from '@apollo/client/react';
import { useNavigate } from 'react-router';
import { asNamed } from '@patchbay/pages/names';
import {
  CreateEntryPointDocument,
  EntryPointListDocument,
  QueueChoicesDocument,
  RemoveEntryPointDocument,
  UpdateEntryPointDocument,
  type EntryPointListQuery,
} from '../generated/operations';
import { channels, type Channel } from '../generated/channels';
import { t } from '../language';
import { Pick } from '../parts/controls';
import { plainWord } from '../parts/FormPage';
import { Grave } from '../parts/Grave';
import { NumberInput, TextInput } from '../parts/inputs';
import { ShortRecord } from '../parts/ShortRecord';
import { requirements, SkillLevels, type SkillLevel } from '../parts/SkillLevels';
import { useMay } from '../session';
import { CHANNEL_LIST, channelTitle } from '../words';

interface Values {
  channel: Channel;
  address: string;
  queueId: string;
  priority: number | null;
  skills: SkillLevel[];
}

const valuesOf = ({ channel, address, queue, priority, skills }: EntryPointListQuery['entryPoints'][number]): Values => ({
  channel,
  address,
  queueId: queue.id,
  priority: priority ?? null,
  skills: skills.map(({ skill, minLevel, mandatory }) => ({ skillId: skill.id, level: minLevel, mandatory })),
});

/** What an address of the channel looks like. */
const addressHint = (channel: Channel): string =>
  ({
    LINE: t('A number with its country, an extension, or a SIP address, such as +420 800 123 456.'),
    NUMBER: t('A number with its country, or a short one.'),
    MAIL: t('A mailbox, such as support@example.org. Mail for it has to come to this engine’s SMTP port.'),
    HANDLE: t('The name that the calling program sends as “to”, such as web/contact.'),
    ANY: t('The name that the calling program sends as “to”, such as web/contact.'),
  })[channels[channel].address];

export default function EntryPoint() {
  const navigate = useNavigate();
  const admin = useMay(['ADMIN']);
  const again = { refetchQueries: [EntryPointListDocument], awaitRefetchQueries: true };
  const [create] = useMutation(CreateEntryPointDocument, again);
  const [update] = useMutation(UpdateEntryPointDocument);
  const [remove] = useMutation(RemoveEntryPointDocument, again);
  const { data } = useQuery(QueueChoicesDocument, { fetchPolicy: 'cache-and-network' });
  const queues = (data?.queues.edges ?? []).map(({ node }) => asNamed(node));
  const skills = data?.skills ?? [];
  const labels = {
    channel: t('Channel'),
    address: t('Address'),
    queueId: t('Queue'),
    priority: t('Priority'),
    skills: t('Skills that are required'),
  };
  const nameIn = (options: readonly { id: string; name: string }[], id: unknown): string =>
    options.find((one) => one.id === id)?.name ?? '';
  const word = (field: keyof Values, value: unknown): string => {
    if (field === 'queueId') return nameIn(queues, value);
    if (field === 'channel') return channelTitle(value as Channel);
    if (field === 'skills') return plainWord((value as SkillLevel[]).map(({ skillId, level }) => `${nameIn(skills, skillId)} ${level}`));
    return plainWord(value);
  };
  return (
    <ShortRecord
      kind="entry-point"
      document={EntryPointListDocument}
      rowsOf={({ entryPoints }) => entryPoints}
      back={{ to: '/entry-points', title: t('Entry points') }}
      titleOfNew={t('New entry point')}
      titleOf={({ address }) => address}
      empty={{ channel: 'EMAIL', address: '', queueId: '', priority: null, skills: [] } as Values}
      valuesOf={valuesOf}
      labels={labels}
      word={word}
      create={(values) =>
        create({ variables: { input: { idempotencyKey: crypto.randomUUID(), ...values, skills: requirements(values.skills) } } })
      }
      update={(id, { queueId, priority, skills: required }) =>
        update({
          variables: {
            input: {
              id,
              ...(queueId !== undefined && { queueId }),
              ...(priority !== undefined && { priority }),
              ...(required && { skills: requirements(required) }),
            },
          },
        })
      }
      more={({ id, address }) =>
        admin && (
          <Grave
            label={t('Remove')}
            warning={t('Nothing that arrives at {{address}} will find its queue any more. Interactions that came by it stay.', { address })}
            run={async () => {
              await remove({ variables: { id } });
              void navigate('/entry-points');
            }}
          />
        )
      }
    >
      {({ field, values, set }, isNew) => (
        <>
          <Pick
            label={labels.channel}
            disabled={!isNew}
            options={CHANNEL_LIST.map((id) => ({ id, name: channelTitle(id) }))}
            value={values.channel}
            error={field('channel').error}
            onChange={(channel) => set({ channel: channel as Channel })}
          />
          <TextInput
            label={labels.address}
            required
            disabled={!isNew}
            hint={isNew ? addressHint(values.channel) : t('The address stays. Make another entry point for another address.')}
            {...field('address')}
          />
          <Pick
            label={labels.queueId}
            placeholder={t('Choose a queue')}
            required
            disabled={!admin}
            options={queues}
            hint={t('Where what arrives here waits.')}
            {...field('queueId')}
          />
          <NumberInput
            label={labels.priority}
            min={0}
            max={100}
            disabled={!admin}
            hint={t('Of what arrives here, from 0 to 100. Empty counts as 50.')}
            {...field('priority')}
          />
          {admin && <SkillLevels {...field('skills')} label={labels.skills} skills={skills} withMandatory />}
        </>
      )}
    </ShortRecord>
  );
}
