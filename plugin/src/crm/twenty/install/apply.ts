/**
 * Puts the application into Twenty and saves the connection. Each step first looks at the present state and then does only what is
 * missing, so that the next run finishes one that was killed anywhere, and a further run changes nothing.
 */
import { randomBytes } from 'node:crypto';
import { languageOf } from '../../../configuration/starter.js';
import { PatchbayError } from '../../../platform/errors.js';
import { told } from '../../../platform/told.js';
import { HostFailure } from '../../host.js';
import type { ConnectionStore, Consent, Installed, LockedOut, Plan, Progress, Request, SavedConnection } from '../../administration.js';
import { loadBundle, withAddress, type Bundle } from './bundle.js';
import { conflictsOf } from './conflicts.js';
import { ManifestRefused, NotInstalled, type Conversation } from './conversation.js';
import { adaptManifest, namesOf, URL_VARIABLE, withPublicUrl, type Manifest } from './manifest.js';
import { openTwenty, type Opened } from './open.js';
import { isEmpty, objectsAtStake, planOf, planOfManifest, rolesGone } from './plan.js';
import { compareVersions } from './version.js';
import { ensureWebhook, targetOf } from './webhook.js';
import { failure, validationLines, wouldLockOut } from './words.js';
import { countRecords, readApplication, readLocales, readLockedOut, readObjects, readOwners, sync, type Application } from './workspace.js';

export interface Prepared {
  opened: Opened;
  bundle: Bundle;
  /** The manifest in the form that this server wants. */
  manifest: Manifest;
  application: Application | null;
  plan: Plan;
  /** People who have no other role than one that goes. */
  lockedOut: LockedOut[];
}

/** Does everything up to the plan, and changes nothing. */
export async function prepare(request: Request, saved: SavedConnection | null, progress: Progress): Promise<Prepared> {
  const opened = await openTwenty(request, saved, progress);
  const { twenty, server, publicUrl } = opened;
  const bundle = await progress.step('application', async (say) => {
    const loaded = withAddress(await loadBundle(request.appFolder, say), publicUrl);
    say(`version ${loaded.version}`, told('CHECK_INSTALLED', { version: loaded.version }));
    return loaded;
  });
  const manifest = withPublicUrl(adaptManifest(bundle.manifest, server.version), publicUrl);
  const { plan, lockedOut } = await progress.step('plan', async (say) => {
    const made = await makePlan(twenty, manifest);
    say(countsOf(made.plan), told('STEP_PLAN', { ...made.plan.counts }));
    return made;
  });
  const application = await readApplication(twenty, manifest.application.universalIdentifier);
  mustNotBeNewer(application, bundle.version);
  return { opened, bundle, manifest, application, plan, lockedOut };
}

const countsOf = ({ counts }: Plan): string =>
  counts['+'] + counts['~'] + counts['-'] === 0
    ? 'no changes'
    : `${counts['+']} to add, ${counts['~']} to change, ${counts['-']} to remove`;

/** @throws PatchbayError CONFLICT, HostFailure */
async function makePlan(twenty: Conversation, manifest: Manifest): Promise<Pick<Prepared, 'plan' | 'lockedOut'>> {
  const objects = await readObjects(twenty);
  const conflicts = conflictsOf(manifest, objects, await readOwners(twenty));
  if (conflicts.length > 0)
    throw new PatchbayError(
      'CONFLICT',
      [...conflicts.flatMap(({ what, next }) => [what, `  → ${next}`]), 'Nothing was changed. Then run this again.'].join('\n'),
      { conflicts: conflicts.length },
    );
  try {
    const actions = await sync(twenty, manifest, true);
    const counts = new Map<string, number>();
    for (const { namePlural } of objectsAtStake(actions, objects)) counts.set(namePlural, await countRecords(twenty, namePlural));
    return { plan: planOf(actions, { manifest, objects, counts }), lockedOut: await readLockedOut(twenty, rolesGone(actions)) };
  } catch (error) {
    if (error instanceof NotInstalled) return { plan: planOfManifest(manifest), lockedOut: [] };
    throw inWords(error, manifest);
  }
}

function inWords(error: unknown, manifest: Manifest): unknown {
  if (!(error instanceof ManifestRefused)) return error;
  const names = namesOf(manifest);
  const lines = validationLines(error.errors, (id) => names.get(id));
  return failure(
    'INVALID',
    [
      'Twenty refuses the application:',
      ...lines.slice(0, 12).map((line) => `  - ${line}`),
      ...(lines.length > 12 ? [`  and ${lines.length - 12} more`] : []),
    ].join('\n'),
    'If somebody has edited our objects in Settings → Data model, put them back; else report this as an error of Patchbay.',
    error,
  );
}

function mustNotBeNewer(application: Application | null, version: string): void {
  if (application?.version && compareVersions(application.version, version) > 0)
    throw new PatchbayError(
      'CONFLICT',
      `Twenty has version ${application.version} of the application; this Patchbay brings the older ${version}.\nUse the Patchbay that installed it, or a later one.`,
      { there: application.version, here: version },
    );
}

/** Carries the plan out. */
export async function carryOut(prepared: Prepared, store: ConnectionStore, progress: Progress, consent: Consent): Promise<Installed> {
  const { opened, bundle, manifest, application, plan } = prepared;
  const { twenty, key, server, publicUrl } = opened;
  if (prepared.lockedOut.length > 0) throw wouldLockOut(prepared.lockedOut);
  if (plan.losses.length > 0 && !(await consent({ losses: plan.losses, plan })))
    throw new PatchbayError('REFUSED', 'Nothing was changed.\nTo lose these for good and go on, answer "yes" or add --yes.', {
      losses: plan.losses.length,
    });

  let changed = false;
  if (!isEmpty(plan) || application?.version !== bundle.version) {
    changed = true;
    if (application && !application.version)
      progress.note('An install stopped half-way here before; going on from there.', told('CHECK_HALF_INSTALLED'));
    await putIn(twenty, bundle, manifest, progress);
  }
  await progress.step('setting', async (say) => {
    changed = (await setPublicUrl(twenty, manifest, publicUrl)) || changed;
    say(`${URL_VARIABLE} = ${publicUrl}`, told('CHECK_SETTING', { name: URL_VARIABLE, value: publicUrl }));
  });
  const saved = await store.read();
  // A run that was killed before it saved leaves a webhook with another secret; the next one sets it anew.
  const secret = saved?.webhookSecret ?? randomBytes(32).toString('hex');
  await progress.step('webhook', async (say) => {
    changed = (await ensureWebhook(twenty, { target: targetOf(publicUrl), secret })) || changed;
    say(targetOf(publicUrl), told('CHECK_WEBHOOK', { url: targetOf(publicUrl) }));
  });
  await progress.step('connection', async (say) => {
    const isNew = await store.save({
      host: 'twenty',
      url: server.url,
      apiKey: opened.apiKey,
      workspaceId: key.workspace.id,
      publicUrl,
      webhookSecret: secret,
      appVersion: bundle.version,
      language: saved?.language ?? languageOf(await readLocales(twenty)),
    });
    changed = isNew || changed;
    if (isNew) say('saved', told('STEP_SAVED'));
    else say('as it was', told('STEP_AS_BEFORE'));
  });
  return { workspace: key.workspace.name, url: server.url, publicUrl, appVersion: bundle.version, changed };
}

async function putIn(twenty: Conversation, bundle: Bundle, manifest: Manifest, progress: Progress): Promise<void> {
  const { universalIdentifier, displayName } = manifest.application;
  await progress.step('register', async () => {
    await ensureRegistration(twenty, universalIdentifier, displayName);
    await twenty.ask(
      `mutation ($universalIdentifier: String!, $name: String!) {
        createDevelopmentApplication(universalIdentifier: $universalIdentifier, name: $name) { id } }`,
      { variables: { universalIdentifier, name: displayName }, paced: true },
    );
  });
  await progress.step('files', async (say) => {
    for (const [index, { path, folder, content }] of bundle.files.entries()) {
      say(`${index + 1} of ${bundle.files.length}: ${path.split('/').at(-1)}`, told('STEP_OF', { at: index + 1, of: bundle.files.length }));
      await twenty.ask(
        `mutation ($file: Upload!, $applicationUniversalIdentifier: String!, $fileFolder: FileFolder!, $filePath: String!) {
          uploadApplicationFile(file: $file, applicationUniversalIdentifier: $applicationUniversalIdentifier, fileFolder: $fileFolder, filePath: $filePath) { path } }`,
        {
          variables: { applicationUniversalIdentifier: universalIdentifier, fileFolder: folder, filePath: path },
          file: { name: path.split('/').at(-1) ?? path, content },
          paced: true,
          answerMs: 120_000,
        },
      );
    }
    say(`${bundle.files.length} files`, told('STEP_FILES', { count: bundle.files.length }));
  });
  await progress.step('schema', async (say) => {
    say('Twenty makes its tables; this takes a while', told('STEP_MAKES_TABLES'));
    const actions = await sync(twenty, manifest, false).catch((error: unknown) => {
      throw inWords(error, manifest);
    });
    say(`${actions.length} changes`, told('STEP_CHANGES', { count: actions.length }));
  });
}

/** Twenty wants to know of an application before anybody installs it; one entry a server. */
async function ensureRegistration(twenty: Conversation, universalIdentifier: string, name: string): Promise<void> {
  if (await readRegistration(twenty, universalIdentifier)) return;
  try {
    await twenty.ask(
      'mutation ($input: CreateApplicationRegistrationInput!) { createApplicationRegistration(input: $input) { applicationRegistration { id } } }',
      {
        variables: { input: { name, universalIdentifier } },
      },
    );
  } catch (error) {
    // It was made by somebody else, or by this very call before its answer got lost.
    if (!(error instanceof HostFailure) || !(await readRegistration(twenty, universalIdentifier))) throw error;
  }
}

export async function readRegistration(twenty: Conversation, universalIdentifier: string): Promise<string | null> {
  const answer = await twenty.ask<{ findApplicationRegistrationByUniversalIdentifier: { id: string } | null }>(
    'query ($universalIdentifier: String!) { findApplicationRegistrationByUniversalIdentifier(universalIdentifier: $universalIdentifier) { id } }',
    { variables: { universalIdentifier } },
  );
  return answer.findApplicationRegistrationByUniversalIdentifier?.id ?? null;
}

/** A sync keeps the value of a variable that exists, so it is set here. @returns false where it was right */
async function setPublicUrl(twenty: Conversation, manifest: Manifest, publicUrl: string): Promise<boolean> {
  const application = await readApplication(twenty, manifest.application.universalIdentifier);
  const variable = application?.applicationVariables.find(({ key }) => key === URL_VARIABLE);
  if (!application || !variable || variable.value === publicUrl) return false;
  await twenty.ask(
    'mutation ($key: String!, $value: String!, $applicationId: UUID!) { updateOneApplicationVariable(key: $key, value: $value, applicationId: $applicationId) }',
    { variables: { key: URL_VARIABLE, value: publicUrl, applicationId: application.id } },
  );
  return true;
}
