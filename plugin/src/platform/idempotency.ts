/** Idempotency keys: the same key with the same input gives the same record, however often it is sent. */
import { createHash } from 'node:crypto';
import { uuidv7 } from './ids.js';
import type { Command } from './commands.js';
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
  const actor = command.actor.id ?? command.actor.name;
  const id = uuidv7();
  const requestHash = createHash('sha256').update(canonical(input)).digest();
  const written = await command.tx.$executeRaw(Prisma.sql`
    INSERT INTO idempotency_keys (actor, key, operation, request_hash, record_id, created_at)
    VALUES (${actor}, ${input.idempotencyKey}, ${operation}, ${requestHash}, ${id}::uuid, ${command.at})
    ON CONFLICT (actor, key) DO NOTHING`);
  if (written === 1) {
    await create(id);
    return { id, repeated: false };
  }
  const earlier = await command.tx.idempotencyKey.findUniqueOrThrow({
    where: { actor_key: { actor, key: input.idempotencyKey } },
  });
  if (earlier.operation !== operation || !requestHash.equals(earlier.requestHash)) {
    throw new PatchbayError(
      'IDEMPOTENCY_KEY_REUSED',
      'This idempotency key was used before with another input; take a new key for a new record.',
      { operation: earlier.operation },
    );
  }
  return { id: earlier.recordId, repeated: true };
}

/** JSON with the keys of every object in order, so that equal inputs give equal text. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner) && !(inner instanceof Date)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
