/** The CRMs that a contact center can live in. */
import type { CrmHost } from './host.js';
import { TwentyHost, type TwentySettings } from './twenty/twenty.host.js';

const HOSTS: Readonly<Record<string, (settings: TwentySettings, now: () => number) => CrmHost>> = {
  twenty: (settings, now) => new TwentyHost(settings, now),
};

/** @throws Error for a CRM that this version does not know */
export function openHost(connection: TwentySettings & { host: string }, now: () => number): CrmHost {
  const open = HOSTS[connection.host];
  if (!open) throw new Error(`The CRM "${connection.host}" is not one that this version knows.`);
  return open(connection, now);
}
