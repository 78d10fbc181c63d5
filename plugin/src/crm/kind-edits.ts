/** The interface that each kind of record which people edit in the CRM implements, in one `…-edits.service.ts` a kind. */
import type { Actor } from '../platform/commands.js';
import type { Fields, HostRecord } from './host.js';

/**
 * Carries out people's changes of the records of one kind in the CRM, as ordinary commands. Each method throws a PatchbayError that
 * says what is wrong, in words for the person who made the change.
 */
export interface KindEdits {
  /** @param edits the fields that were changed, with their new values */
  update(actor: Actor, id: string, edits: Fields, record: HostRecord): Promise<void>;
  /** Makes one of ours of a record that somebody created there. @returns its id here; null while too little is filled in */
  create(actor: Actor, idempotencyKey: string, record: HostRecord): Promise<string | null>;
  /** Somebody deleted the record there. */
  remove(actor: Actor, id: string): Promise<void>;
}
