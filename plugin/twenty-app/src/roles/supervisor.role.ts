import { defineRole, SystemPermissionFlag } from 'twenty-sdk/define';
import { agentProfile, automationRule, interaction, offer, queue, slaPolicy } from '../identifiers';
import { neverDeleted, readOnly } from '../kit/permissions';

export default defineRole({
  universalIdentifier: 'c4ae80fb-005d-4231-b9ee-504c8e35dd91',
  label: 'Contact center supervisor',
  description: 'Leads people and queues, and works with every customer',
  icon: 'IconShieldHalf',
  canReadAllObjectRecords: true,
  canUpdateAllObjectRecords: true,
  canSoftDeleteAllObjectRecords: true,
  canDestroyAllObjectRecords: false,
  canUpdateAllSettings: false,
  canAccessAllTools: false,
  canBeAssignedToUsers: true,
  canBeAssignedToAgents: false,
  canBeAssignedToApiKeys: false,
  objectPermissions: [
    ...readOnly(slaPolicy.object, automationRule.object),
    ...neverDeleted(interaction.object, offer.object, queue.object, agentProfile.object),
  ],
  permissionFlagUniversalIdentifiers: [
    SystemPermissionFlag.EXPORT_CSV,
    SystemPermissionFlag.UPLOAD_FILE,
    SystemPermissionFlag.DOWNLOAD_FILE,
    SystemPermissionFlag.VIEWS,
    SystemPermissionFlag.PROFILE_INFORMATION,
  ],
});
