import { defineRole, SystemPermissionFlag } from 'twenty-sdk/define';
import { agentProfile, automationRule, campaign, queue, queueMember, slaPolicy } from '../identifiers';
import { readOnly } from '../kit/permissions';

export default defineRole({
  universalIdentifier: '7952243f-71a2-40de-b0b9-179b9dcd0c75',
  label: 'Contact center agent',
  description: 'Works with customers and sees how the contact center is set up',
  icon: 'IconHeadset',
  canReadAllObjectRecords: true,
  canUpdateAllObjectRecords: true,
  canSoftDeleteAllObjectRecords: false,
  canDestroyAllObjectRecords: false,
  canUpdateAllSettings: false,
  canAccessAllTools: false,
  canBeAssignedToUsers: true,
  canBeAssignedToAgents: false,
  canBeAssignedToApiKeys: false,
  objectPermissions: [
    ...readOnly(agentProfile.object, automationRule.object, campaign.object, queue.object, queueMember.object, slaPolicy.object),
  ],
  permissionFlagUniversalIdentifiers: [
    SystemPermissionFlag.UPLOAD_FILE,
    SystemPermissionFlag.DOWNLOAD_FILE,
    SystemPermissionFlag.VIEWS,
    SystemPermissionFlag.PROFILE_INFORMATION,
  ],
});
