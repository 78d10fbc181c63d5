/** The administration of Twenty for the command line. */
import { COMMAND } from '../../../platform/command.js';
import { PatchbayError } from '../../../platform/errors.js';
import type { CrmAdministration } from '../../administration.js';
import { carryOut, prepare } from './apply.js';
import { doctor } from './doctor.js';
import { wouldLockOut } from './words.js';
import { exportRecords, inventory, uninstall } from './remove.js';

export const twentyAdministration: CrmAdministration = {
  name: 'Twenty',
  install: async (request, store, progress, consent) =>
    carryOut(await prepare(request, await store.read(), progress), store, progress, consent),
  plan: async (request, saved, progress) => {
    const { plan, application, opened } = await prepare(request, saved, progress);
    return { plan, installed: Boolean(application?.version), url: opened.server.url };
  },
  upgrade: async (request, store, progress, show, consent) => {
    const prepared = await prepare(request, await store.read(), progress);
    if (!prepared.application)
      throw new PatchbayError(
        'REFUSED',
        `Patchbay is not installed in ${prepared.opened.key.workspace.name}.\nRun: ${COMMAND} install twenty`,
      );
    show(prepared.plan);
    return carryOut(prepared, store, progress, consent);
  },
  doctor,
  inventory,
  lockedOut: wouldLockOut,
  exportRecords,
  uninstall,
};
