/** The rules for every download of a stranger's file: which roles may have it, and that no browser shows, guesses or runs it. */
import type { Part } from '../platform/bounds.js';
import type { Actor } from '../platform/commands.js';
import { forbidden } from '../platform/errors.js';

const ROLES = ['ADMIN', 'SUPERVISOR', 'TEAM_LEAD', 'AGENT'];

export const DOWNLOAD_HEADERS = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "sandbox; default-src 'none'",
  'cache-control': 'private, max-age=3600',
};

/** @throws PatchbayError FORBIDDEN for a token that may not read interactions */
export function mustRead({ role }: Pick<Actor, 'role'>, what: string): void {
  if (!role || !ROLES.includes(role)) throw forbidden(`A token of the role ${role} may not read ${what}; it needs ${ROLES.join(' or ')}.`);
}

/** Whether the file belongs to what a bounded right shows. */
export const isInside = async (part: Part | null, kind: 'ATTACHMENT' | 'MESSAGE', id: string): Promise<boolean> =>
  part === null || (await part.among(kind, [id])).length > 0;

export const isId = (id: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);

/** The header gives the name twice: in ASCII for old clients, and percent-encoded in UTF-8 for all others. */
export function disposition(fileName: string): string {
  const ascii = fileName
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^ -~]|["\\%]/g, '_');
  const encoded = encodeURIComponent(fileName).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
