/** From an address and a key to a conversation with a Twenty that is fit for it, with each step shown to the administrator. */
import { COMMAND } from '../../../platform/command.js';
import { PatchbayError } from '../../../platform/errors.js';
import { told } from '../../../platform/told.js';
import type { Progress, Request, SavedConnection } from '../../administration.js';
import { findServer, mustBeRecent, type Server } from './address.js';
import { Conversation } from './conversation.js';
import { examineKey, mustSuffice, type KeyFacts } from './key.js';
import { failure, KEY_MENU } from './words.js';

export interface Opened {
  twenty: Conversation;
  server: Server;
  key: KeyFacts;
  apiKey: string;
  publicUrl: string;
}

/** @throws HostFailure INVALID where nobody has said which Twenty is meant */
export function whichTwenty(request: Request, saved: SavedConnection | null): { url: string; apiKey: string } {
  const url = request.url ?? saved?.url;
  // A key belongs to one server: the saved one is sent to no other.
  const apiKey = request.apiKey ?? (saved && (!request.url || request.url.replace(/\/+$/, '') === saved.url) ? saved.apiKey : undefined);
  if (!url || !apiKey) {
    const lacking = [!url && '--url (or TWENTY_URL)', !apiKey && '--api-key (or TWENTY_API_KEY)'].filter(Boolean).join(' and ');
    throw failure(
      'INVALID',
      `Which Twenty? ${lacking} is missing, and no connection is saved${url ? ' for it' : ''}.`,
      `Example: ${COMMAND} install twenty --url https://crm.example.org --api-key eyJ…\nA key is made in Twenty: ${KEY_MENU}, role Admin.`,
    );
  }
  return { url, apiKey: apiKey.trim() };
}

/** @throws HostFailure, PatchbayError with what to do next */
export async function openTwenty(request: Request, saved: SavedConnection | null, progress: Progress): Promise<Opened> {
  const { url, apiKey } = whichTwenty(request, saved);
  const publicUrl = publicUrlOf(request, saved);
  const server = await progress.step('server', async (say) => {
    const found = await findServer(url);
    mustBeRecent(found.version);
    say(
      `Twenty ${found.version} at ${found.url}${found.corrected ? ' (corrected)' : ''}`,
      told('STEP_SERVER', { version: found.version, url: found.url }),
    );
    return found;
  });
  const twenty = new Conversation({ url: server.url, token: apiKey }, { waiting: (words) => words && progress.note(words) });
  const key = await progress.step('key', async (say) => {
    const facts = await examineKey(twenty, apiKey, new Date());
    mustSuffice(facts);
    mustBeSame(facts, saved);
    const days = facts.expiresAt ? Math.floor((facts.expiresAt.getTime() - Date.now()) / 86_400_000) : null;
    say(
      [`workspace ${facts.workspace.name}`, facts.role && `role ${facts.role}`, days !== null && days < 60 && `ends in ${days} days`]
        .filter(Boolean)
        .join(', '),
      told('CHECK_KEY', { workspace: facts.workspace.name, until: facts.expiresAt?.toISOString() ?? null }),
    );
    return facts;
  });
  return { twenty, server, key, apiKey, publicUrl };
}

/** @throws PatchbayError CONFLICT where the saved connection belongs to a different workspace */
export function mustBeSame(key: KeyFacts, saved: SavedConnection | null): void {
  if (!saved || saved.workspaceId === key.workspace.id) return;
  throw new PatchbayError(
    'CONFLICT',
    [
      `This contact center lives in another workspace already: ${saved.workspaceId}, at ${saved.url}.`,
      `Take it out there first: ${COMMAND} uninstall twenty (without --url and --api-key).`,
      `If that Twenty is gone for good: ${COMMAND} uninstall twenty --forget`,
      'Or give this one a database of its own: --data FOLDER, or DATABASE_URL.',
    ].join('\n'),
    { workspaceId: saved.workspaceId },
  );
}

/** @throws HostFailure INVALID for a text that is no web address */
export function publicUrlOf(request: Request, saved: SavedConnection | null): string {
  const url = (request.publicUrl ?? saved?.publicUrl ?? request.localUrl).trim().replace(/\/+$/, '');
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol) || new URL(url).search)
    throw failure('INVALID', `"${url}" is not an address of the engine.`, 'Give one such as --public-url https://patchbay.example.org');
  return url;
}
