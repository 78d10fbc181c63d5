import { defineObject } from 'twenty-sdk/define';
import { fieldsOf, options } from '../kit/fields';
import { agentProfile, interaction, queueMember } from '../identifiers';
import { workspaceMember } from '../standard';

const availabilities = options(['AVAILABLE', 'Available', 'green'], ['AWAY', 'Away', 'orange'], ['OFFLINE', 'Offline', 'gray']);
const field = fieldsOf(agentProfile.fields);

export default defineObject({
  universalIdentifier: agentProfile.object,
  nameSingular: 'agentProfile',
  namePlural: 'agentProfiles',
  labelSingular: 'Agent profile',
  labelPlural: 'Agent profiles',
  description: 'What the contact center knows about a workspace member who serves customers',
  icon: 'IconHeadset',
  labelIdentifierFieldMetadataUniversalIdentifier: agentProfile.fields.name,
  fields: [
    field.text('name', 'Name', 'The name of the agent', { icon: 'IconAbc' }),
    field.toOne('workspaceMember', 'Workspace member', 'Who signs in to Twenty', {
      icon: 'IconUserCircle',
      to: workspaceMember,
      reverse: 'agentProfiles',
      editable: true,
    }),
    field.text('email', 'E-mail', 'The address of the workspace member', { icon: 'IconMail' }),
    field.whole('capacity', 'Capacity', 'Units of work at once; a voice call is 100 by convention', {
      icon: 'IconBatteryCharging',
      editable: true,
    }),
    field.tags('skills', 'Agent skills', 'Skill and level, such as "Spanish 3"', { icon: 'IconSchool', editable: true }),
    field.text('extension', 'Extension', 'The telephone of the agent', { icon: 'IconPhone', editable: true }),
    field.flag('active', 'Active', 'Off means that the agent gets no work', { icon: 'IconPower', initially: true, editable: true }),
    field.text('presence', 'Presence', 'What the agent has chosen', { icon: 'IconMoodSmile' }),
    field.choice('availability', 'Availability', 'What the presence means for routing', { icon: 'IconCircleDot', options: availabilities }),
    field.moment('presenceSince', 'Presence since', 'When the presence was chosen', { icon: 'IconClock' }),
    field.flag('connected', 'Connected', 'Whether the desk of the agent is open and reachable', { icon: 'IconPlugConnected' }),
    field.toMany('memberships', 'Memberships', 'The queues the agent works on', {
      icon: 'IconUsersGroup',
      of: queueMember,
      reverse: 'agentProfile',
    }),
    field.toMany('interactions', 'Interactions', 'What the agent was given', {
      icon: 'IconMessages',
      of: interaction,
      reverse: 'agentProfile',
    }),
    field.text('problem', 'Problem', 'Why the last edit made here was refused; empty when all is well', { icon: 'IconAlertTriangle' }),
  ],
});
