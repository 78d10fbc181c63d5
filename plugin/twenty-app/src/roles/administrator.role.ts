import { defineRole, SystemPermissionFlag } from 'twenty-sdk/define';
import { interaction, offer } from '../identifiers';
import { neverDeleted } from '../kit/permissions';

export default defineRole({
  universalIdentifier: 'c0226a65-05a1-476a-8b18-97f2ecb9b317',
  label: 'Contact center admin',
  description: 'Sets up the contact center and works with every customer',
  icon: 'IconShieldCheck',
  canReadAllObjectRecords: true,
  canUpdateAllObjectRecords: true,
  canSoftDeleteAllObjectRecords: true,
  canDestroyAllObjectRecords: false,
  canUpdateAllSettings: false,
  canAccessAllTools: false,
  canBeAssignedToUsers: true,
  canBeAssignedToAgents: false,
  canBeAssignedToApiKeys: false,
  objectPermissions: [...neverDeleted(interaction.object, offer.object)],
  permissionFlagUniversalIdentifiers: [
    SystemPermissionFlag.IMPORT_CSV,
    SystemPermissionFlag.EXPORT_CSV,
    SystemPermissionFlag.UPLOAD_FILE,
    SystemPermissionFlag.DOWNLOAD_FILE,
    SystemPermissionFlag.VIEWS,
    SystemPermissionFlag.PROFILE_INFORMATION,
  ],
});
