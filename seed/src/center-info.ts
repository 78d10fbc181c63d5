/** What the simulator needs to know of the contact center, read from the engine's API like any client would. */
import type { Engine } from './engine-api.js';
import {
  AgentsDocument,
  CenterDocument,
  CustomersDocument,
  type AgentsQuery,
  type CenterQuery,
  type CustomersQuery,
} from './generated/operations.js';
import { DISPOSITIONS, type DispositionKey } from './dispositions.js';
import { ENTRY_POINTS, type EntryPointSpec } from './entry-points.js';
import { QUEUES, type QueueKey } from './queues.js';
import { LANGUAGES, type Language } from './texts.js';

export type AgentInfo = AgentsQuery['agents']['edges'][number]['node'];
export type PresenceStatusInfo = CenterQuery['presenceStatuses'][number];
type CustomerNode = CustomersQuery['customers']['edges'][number]['node'];

export interface CustomerInfo extends CustomerNode {
  language: Language;
}

export interface CenterInfo {
  agents: AgentInfo[];
  customers: CustomerInfo[];
  /** Those of the seed that the engine still has. */
  entryPoints: EntryPointSpec[];
  queueIds: ReadonlyMap<QueueKey, string>;
  dispositionIds: ReadonlyMap<DispositionKey, string>;
  /** Closes what nothing fits. */
  anyDispositionId: string | null;
  presenceStatuses: PresenceStatusInfo[];
}

/** Enough for a day's callers; a database of a million is not read to its end. */
const MOST_CUSTOMERS = 5_000;

/** @throws Refusal when the engine does not answer or the token is not an administrator's */
export async function readCenter(api: Engine): Promise<CenterInfo> {
  const center = await api.call(CenterDocument, {});
  const agents = await pages(Infinity, async (after) => (await api.call(AgentsDocument, { after })).agents);
  const customers = await pages(MOST_CUSTOMERS, async (after) => (await api.call(CustomersDocument, { after })).customers);
  const known = new Set(center.entryPoints.map(({ channel, address }) => `${channel} ${address}`));
  const inUse = center.dispositions.filter(({ active }) => active);
  return {
    agents,
    customers: customers.flatMap((customer) => {
      const language = LANGUAGES.find((each) => each === customer.language);
      return language ? [{ ...customer, language }] : [];
    }),
    entryPoints: ENTRY_POINTS.filter(({ channel, address }) => known.has(`${channel} ${address}`)),
    queueIds: byName(
      QUEUES,
      center.queues.edges.map(({ node }) => node),
    ),
    dispositionIds: byName(DISPOSITIONS, inUse),
    anyDispositionId: inUse[0]?.id ?? null,
    presenceStatuses: center.presenceStatuses,
  };
}

/** What of this makes a simulation impossible, in a sentence; null where all is there. */
export function lacking({ agents, customers, entryPoints, presenceStatuses, anyDispositionId }: CenterInfo): string | null {
  if (agents.length === 0) return 'there are no agents';
  if (customers.length === 0) return 'there are no customers who speak Czech, Polish or English';
  if (entryPoints.length === 0) return "none of the seed's entry points exists";
  if (anyDispositionId === null) return 'there is no disposition';
  if (!presenceStatuses.some(({ availability }) => availability === 'AVAILABLE')) return 'there is no presence status to be available with';
  if (!presenceStatuses.some(({ availability }) => availability === 'OFFLINE')) return 'there is no presence status to be offline with';
  return null;
}

function byName<K extends string>(specs: Record<K, { name: string }>, found: readonly { id: string; name: string }[]): Map<K, string> {
  const ids = new Map(found.map(({ id, name }) => [name, id]));
  return new Map(
    (Object.entries(specs) as [K, { name: string }][]).flatMap(([key, { name }]) => {
      const id = ids.get(name);
      return id ? [[key, id] as const] : [];
    }),
  );
}

interface Page<T> {
  edges: readonly { node: T }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

async function pages<T>(most: number, read: (after: string | null) => Promise<Page<T>>): Promise<T[]> {
  const nodes: T[] = [];
  for (let after: string | null = null; ;) {
    const page: Page<T> = await read(after);
    nodes.push(...page.edges.map(({ node }) => node));
    after = page.pageInfo.endCursor;
    if (!page.pageInfo.hasNextPage || after === null || nodes.length >= most) return nodes;
  }
}
