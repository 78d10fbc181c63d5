import { defineObject, OnDeleteAction } from 'twenty-sdk/define';
import { fieldsOf } from '../kit/fields';
import { agentProfile, queue, queueMember } from '../identifiers';

const field = fieldsOf(queueMember.fields);

export default defineObject({
  universalIdentifier: queueMember.object,
  nameSingular: 'queueMember',
  namePlural: 'queueMembers',
  labelSingular: 'Queue member',
  labelPlural: 'Queue members',
  description: 'An agent who works on a queue',
  icon: 'IconUsersGroup',
  labelIdentifierFieldMetadataUniversalIdentifier: queueMember.fields.name,
  fields: [
    field.text('name', 'Name', 'The agent and the queue', { icon: 'IconAbc' }),
    field.toOne('queue', 'Queue', 'The queue to work on', {
      icon: 'IconStack2',
      to: queue,
      reverse: 'members',
      onDelete: OnDeleteAction.CASCADE,
      editable: true,
    }),
    field.toOne('agentProfile', 'Agent', 'Who works on it', {
      icon: 'IconHeadset',
      to: agentProfile,
      reverse: 'memberships',
      onDelete: OnDeleteAction.CASCADE,
      editable: true,
    }),
    field.whole('level', 'Level', '1 is asked first; higher levels help when lower ones cannot', {
      icon: 'IconStairsUp',
      initially: 1,
      editable: true,
    }),
    field.text('problem', 'Problem', 'Why the last edit made here was refused; empty when all is well', { icon: 'IconAlertTriangle' }),
  ],
});
