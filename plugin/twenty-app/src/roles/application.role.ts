import { defineApplicationRole, STANDARD_OBJECT } from 'twenty-sdk/define';
import { agentProfile } from '../identifiers';
import { readOnly } from '../kit/permissions';

/** What our front components may do by themselves: ask who is signed in, and nothing else. */
export default defineApplicationRole({
  universalIdentifier: 'a4f3ad67-7a6c-4aac-a5fc-263c0cc84495',
  label: 'Patchbay',
  description: 'Lets the desk find out who is signed in',
  icon: 'IconHeadset',
  canReadAllObjectRecords: false,
  canUpdateAllObjectRecords: false,
  canSoftDeleteAllObjectRecords: false,
  canDestroyAllObjectRecords: false,
  canUpdateAllSettings: false,
  canAccessAllTools: false,
  canBeAssignedToUsers: false,
  canBeAssignedToAgents: false,
  canBeAssignedToApiKeys: false,
  objectPermissions: readOnly(STANDARD_OBJECT.workspaceMember.universalIdentifier, agentProfile.object),
});
