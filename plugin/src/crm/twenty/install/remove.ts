/** Takes the contact center out of Twenty again: the list of what goes, its copy, and the removal. */
import { told } from '../../../platform/told.js';
import { createWriteStream } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';
import { HostFailure } from '../../host.js';
import type { ConnectionStore, Inventory, Progress, Request, SavedConnection } from '../../administration.js';
import { readRegistration } from './apply.js';
import { loadBundle } from './bundle.js';
import { DELETED_TOO } from '../queries.js';
import { NotInstalled, type Conversation } from './conversation.js';
import type { Manifest } from './manifest.js';
import { openTwenty, type Opened } from './open.js';
import { isOurs, listWebhooks, removeWebhooks, targetOf } from './webhook.js';
import { wouldLockOut } from './words.js';
import { countRecords, readApplication, readLockedOut, readObjects } from './workspace.js';

const PAGE = 60;
const UNINSTALL_MS = 180_000;

/** The address and the key were looked at by `inventory`; the later steps are quiet about them. */
const QUIET: Progress = { step: (_name, work) => work(() => undefined), note: () => undefined };

export async function inventory(request: Request, saved: SavedConnection | null, progress: Progress): Promise<Inventory> {
  const opened = await openTwenty(request, saved, progress);
  return progress.step('application', async (say) => {
    const { twenty } = opened;
    const { manifest } = await loadBundle(request.appFolder, () => undefined);
    const application = await readApplication(twenty, manifest.application.universalIdentifier);
    const objects = application ? await readObjects(twenty) : [];
    const own = objects.filter(({ applicationId }) => applicationId === application?.id);
    const counted: Inventory['objects'] = [];
    // One after the other, so that only one call at a time waits for a limit.
    for (const { labelPlural, namePlural } of own)
      counted.push({ label: labelPlural, namePlural, count: await countRecords(twenty, namePlural) });
    const webhooks = (await listWebhooks(twenty)).filter((webhook) => isOurs(webhook, targetOf(opened.publicUrl)));
    say(application ? `version ${application.version ?? 'none: an install stopped half-way'}` : 'not installed');
    return {
      workspace: opened.key.workspace.name,
      url: opened.server.url,
      objects: counted.sort((a, b) => a.label.localeCompare(b.label)),
      fields: objects
        .filter((object) => !own.includes(object))
        .flatMap((object) =>
          object.fieldsList
            .filter(({ applicationId }) => applicationId === application?.id)
            .map(({ name }) => `${object.nameSingular}.${name}`),
        )
        .sort(),
      webhooks: webhooks.length,
      lockedOut: application ? await readLockedOut(twenty, rolesOf(manifest)) : [],
      installed: application !== null,
    };
  });
}

/** One file for each object, one record to the line, as the REST interface gives it. A file appears when it is complete. */
export async function exportRecords(request: Request, saved: SavedConnection | null, folder: string, progress: Progress): Promise<void> {
  const { twenty } = await openTwenty(request, saved, QUIET);
  const application = await readApplication(twenty, await identifier(request));
  if (!application) return;
  await mkdir(folder, { recursive: true });
  const own = (await readObjects(twenty)).filter(({ applicationId }) => applicationId === application.id);
  for (const { namePlural } of own.sort((a, b) => a.namePlural.localeCompare(b.namePlural))) {
    await progress.step('export', async (say) => {
      const file = join(folder, `${namePlural}.jsonl`);
      const written = await exportObject(twenty, namePlural, `${file}.part`, (count) => say(`${namePlural}: ${count}`));
      await rename(`${file}.part`, file);
      say(`${written.toLocaleString('en')} ${namePlural}`);
    });
  }
}

interface Page {
  data: Record<string, { id: string }[]>;
  pageInfo?: { hasNextPage?: boolean; endCursor?: string | null };
}

async function exportObject(twenty: Conversation, namePlural: string, file: string, tell: (count: number) => void): Promise<number> {
  const out = createWriteStream(file, { mode: 0o600 });
  let written = 0;
  for (let after: string | null = null; ;) {
    const query = new URLSearchParams({ limit: String(PAGE), depth: '0', order_by: 'id', ...(after && { starting_after: after }) });
    const page: Page = await twenty.get<Page>(`${namePlural}?${query.toString()}`);
    const records = page.data[namePlural] ?? [];
    for (const record of records) if (!out.write(`${JSON.stringify(record)}\n`)) await once(out, 'drain');
    written += records.length;
    tell(written);
    after = page.pageInfo?.endCursor ?? null;
    if (!page.pageInfo?.hasNextPage || !after || records.length === 0) break;
  }
  out.end();
  await once(out, 'finish');
  return written;
}

/** Passes over what is gone already, so that it can be run again after it was stopped. */
export async function uninstall(request: Request, store: ConnectionStore, progress: Progress): Promise<void> {
  const opened = await openTwenty(request, await store.read(), QUIET);
  const { twenty } = opened;
  const { manifest } = await loadBundle(request.appFolder, () => undefined);
  const { universalIdentifier } = manifest.application;
  const lockedOut = (await readApplication(twenty, universalIdentifier)) ? await readLockedOut(twenty, rolesOf(manifest)) : [];
  if (lockedOut.length > 0) throw wouldLockOut(lockedOut);
  await store.pause();
  await progress.step('webhook', async (say) => {
    const ours = (await listWebhooks(twenty)).filter((webhook) => isOurs(webhook, targetOf(opened.publicUrl)));
    await removeWebhooks(
      twenty,
      ours.map(({ id }) => id),
    );
    if (ours.length > 0) say('removed', told('STEP_REMOVED'));
    else say('there was none', told('STEP_NONE'));
  });
  await progress.step('application', async (say) => {
    say('Twenty drops its tables', told('STEP_DROPS_TABLES'));
    if (await removeApplication(opened, universalIdentifier)) say('removed', told('STEP_REMOVED'));
    else say('there was none', told('STEP_NONE'));
  });
  const invented = await store.invented();
  if (invented.length > 0)
    await progress.step('demo people', async (say) => {
      for (let index = 0; index < invented.length; index += PAGE) {
        say(`${index} of ${invented.length}`, told('STEP_OF', { at: index, of: invented.length }));
        await twenty.ask('mutation ($filter: PersonFilterInput!) { destroyPeople(filter: $filter) { id } }', {
          endpoint: 'graphql',
          variables: { filter: { and: [{ id: { in: invented.slice(index, index + PAGE) } }, DELETED_TOO] } },
        });
      }
      say(`${invented.length.toLocaleString('en')} removed`, told('STEP_REMOVED'));
    });
  await progress.step('connection', async (say) => {
    if (await store.forget()) say('forgotten', told('STEP_FORGOTTEN'));
    else say('there was none', told('STEP_NONE'));
  });
}

async function removeApplication({ twenty }: Opened, universalIdentifier: string): Promise<boolean> {
  const removed = await twenty
    .ask('mutation ($universalIdentifier: String!) { uninstallApplication(universalIdentifier: $universalIdentifier) }', {
      variables: { universalIdentifier },
      answerMs: UNINSTALL_MS,
    })
    .then(() => true)
    .catch((error: unknown) => {
      if (error instanceof NotInstalled) return false;
      throw error;
    });
  await removeRegistration(twenty, universalIdentifier);
  return removed;
}

/** Removes the server's entry for the application, unless a different workspace uses it or made it. */
async function removeRegistration(twenty: Conversation, universalIdentifier: string): Promise<void> {
  const id = await readRegistration(twenty, universalIdentifier);
  if (!id) return;
  try {
    const { findApplicationRegistrationStats: stats } = await twenty.ask<{ findApplicationRegistrationStats: { activeInstalls: number } }>(
      'query ($id: String!) { findApplicationRegistrationStats(id: $id) { activeInstalls } }',
      { variables: { id } },
    );
    if (stats.activeInstalls === 0)
      await twenty.ask('mutation ($id: String!) { deleteApplicationRegistration(id: $id) }', { variables: { id } });
  } catch (error) {
    if (!(error instanceof HostFailure) || !['DENIED', 'INVALID'].includes(error.kind)) throw error;
  }
}

const rolesOf = (manifest: Manifest): Set<string> =>
  new Set(((manifest.roles ?? []) as { universalIdentifier: string }[]).map(({ universalIdentifier }) => universalIdentifier));

async function identifier(request: Request): Promise<string> {
  return (await loadBundle(request.appFolder, () => undefined)).manifest.application.universalIdentifier;
}
