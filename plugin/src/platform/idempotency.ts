/** Idempotency keys: the same key with the same input gives the same record, however often it is sent. */
import { createHash } from 'node:crypto';
import { uuidv7 } from './ids.js';
import type { Command } from './commands.js';
import { StaleRead } from './database.js';
import { PatchbayError } from './errors.js';
import { Prisma } from './generated/prisma/client.js';

export const KEPT_HOURS = 48;

/**
 * Runs `create` with a fresh id unless this actor used `key` before. The key is written in the command's own
 * transaction: of two racing calls the second waits for the first and then finds its record.
 *
 * @returns the record's id, and whether it was there already
 * @throws PatchbayError IDEMPOTENCY_KEY_REUSED when the key came with another input or operation before
 */
export async function once(
  command: Command,
  operation: string,
  input: { idempotencyKey: string },
  create: (id: string) => Promise<unknown>,
): Promise<{ id: string; repeated: boolean }> {
  const call = callOf(command, operation, input);
  const id = uuidv7();
  const written = await command.tx.$executeRaw(keepKey(call, id, command.at));
  if (written === 1) {
    await create(id);
    return { id, repeated: false };
  }
  const [earlier] = await command.rows<{ earlier: EarlierCall | null }>(Prisma.sql`SELECT ${earlierCall(call)} AS earlier`);
  const repeated = repeatedId(call, earlier?.earlier ?? null);
  if (repeated === null) throw new StaleRead();
  return { id: repeated, repeated: true };
}

/** A call that brings an idempotency key. */
export interface KeyedCall {
  actor: string;
  key: string;
  operation: string;
  requestHash: Buffer;
}

export interface EarlierCall {
  operation: string;
  hash: string;
  recordId: string;
}

export const callOf = ({ actor }: Command, operation: string, input: { idempotencyKey: string }): KeyedCall => ({
  actor: actor.id ?? actor.name,
  key: input.idempotencyKey,
  operation,
  requestHash: createHash('sha256').update(canonical(input)).digest(),
});

/** A part of a statement: the call that used the key before, as `repeatedId` takes it. */
export const earlierCall = ({ actor, key }: KeyedCall): Prisma.Sql => Prisma.sql`(
  SELECT json_build_object('operation', k.operation, 'hash', encode(k.request_hash, 'hex'), 'recordId', k.record_id)
  FROM idempotency_keys k WHERE k.actor = ${actor} AND k.key = ${key}
)`;

/** Gives no row where the key is used already; waits for a call that is just using it. */
export const keepKey = ({ actor, key, operation, requestHash }: KeyedCall, recordId: string, at: Date): Prisma.Sql => Prisma.sql`
  INSERT INTO idempotency_keys (actor, key, operation, request_hash, record_id, created_at)
  VALUES (${actor}, ${key}, ${operation}, ${requestHash}, ${recordId}::uuid, ${at})
  ON CONFLICT (actor, key) DO NOTHING RETURNING record_id`;

/**
 * The record of the earlier call; null where there was none.
 *
 * @throws PatchbayError IDEMPOTENCY_KEY_REUSED when the key came with another input or operation before
 */
export function repeatedId(call: KeyedCall, earlier: EarlierCall | null): string | null {
  if (!earlier) return null;
  if (earlier.operation !== call.operation || earlier.hash !== call.requestHash.toString('hex')) {
    throw new PatchbayError(
      'IDEMPOTENCY_KEY_REUSED',
      'This idempotency key was used before with another input; take a new key for a new record.',
      { operation: earlier.operation },
    );
  }
  return earlier.recordId;
}

/** JSON with the keys of every object in order, so that equal inputs give equal text. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner) && !(inner instanceof Date)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
