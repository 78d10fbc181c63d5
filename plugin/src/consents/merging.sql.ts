/**
 * Two customers turned out to be one. All that either said stands in one history, and the stricter of the two counts: where one of them
 * had withdrawn a consent, and all that was said together would come to one, it is withdrawn once more.
 */
import { among } from '../customers/merges.sql.js';
import { record, type Command } from '../platform/commands.js';
import { CHANNELS } from '../platform/generated/channels.js';
import { Prisma, type Consent } from '../platform/generated/prisma/client.js';
import { uuidv7 } from '../platform/ids.js';
import { consentAt } from './may-contact.js';

const PURPOSES = ['SERVICE', 'MARKETING', 'SURVEY', 'RECORDING'] as const;
const TABLES = [Prisma.sql`consents`, Prisma.sql`do_not_contact`];

/** What is known of `from` is known of `into` from now on: consents, preferences where `into` has none, do-not-contact entries. */
export async function moveConsents(command: Command, from: string, into: string): Promise<void> {
  const { tx, at, actor } = command;
  const rows = await tx.consent.findMany({ where: { customerId: { in: [from, into] } } });
  const of = (id: string): Consent[] => rows.filter(({ customerId }) => customerId === id);
  const refused = PURPOSES.flatMap((purpose) =>
    CHANNELS.map((channel) => ({ purpose, channel, at })).flatMap((contact) => {
      const [first] = [into, from].filter((id) => consentAt(of(id), contact).standing === 'WITHDRAWN');
      return first && consentAt(rows, contact).standing !== 'WITHDRAWN' ? { ...contact, by: first } : [];
    }),
  );
  for (const table of TABLES)
    await tx.$executeRaw(Prisma.sql`
      UPDATE ${table} SET customer_id = ${into}::uuid, origin_customer_id = coalesce(origin_customer_id, ${from}::uuid)
      WHERE customer_id = ${from}::uuid`);
  await tx.$executeRaw(Prisma.sql`
    UPDATE contact_preferences SET customer_id = ${into}::uuid WHERE customer_id = ${from}::uuid
      AND NOT EXISTS (SELECT FROM contact_preferences WHERE customer_id = ${into}::uuid)`);
  // Whoever withdrew it takes that along where they are parted again.
  const withdrawn = refused.map(({ purpose, channel, by }) => ({
    id: uuidv7(),
    purpose,
    channel,
    originId: by === from ? from : null,
  }));
  await tx.consent.createMany({
    data: withdrawn.map((one) => ({
      ...one,
      customerId: into,
      state: 'WITHDRAWN',
      source: 'MERGE',
      at,
      recordedBy: actor.name,
      createdAt: at,
    })),
  });
  await record(
    command,
    withdrawn.map(({ id, purpose, channel }) => ({
      type: 'consent.recorded',
      subjectId: into,
      facts: { consentId: id, channel, purpose, state: 'WITHDRAWN', source: 'MERGE' },
      audit: { name: '', changes: [{ path: [purpose, channel], before: { state: 'GIVEN' }, after: { state: 'WITHDRAWN' } }] },
    })),
  );
}

/**
 * Two people after all: what `from` brought, and whoever had been merged into them, is theirs again. Preferences are those of both. While
 * the merge still stands.
 */
export async function giveConsentsBack({ tx }: Command, from: string, root: string): Promise<void> {
  for (const table of TABLES)
    await tx.$executeRaw(Prisma.sql`
      WITH RECURSIVE ${among('leaving', from)}
      UPDATE ${table} SET customer_id = ${from}::uuid, origin_customer_id = nullif(origin_customer_id, ${from}::uuid)
      WHERE customer_id = ${root}::uuid AND origin_customer_id IN (SELECT id FROM leaving)`);
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO contact_preferences (customer_id, channel, language, hours, time_zone, updated_at)
    SELECT ${from}::uuid, channel, language, hours, time_zone, updated_at FROM contact_preferences WHERE customer_id = ${root}::uuid
    ON CONFLICT DO NOTHING`);
}

/** What they agreed to and whom not to contact stays, so that it goes on to hold; what tells of the person does not. */
export async function forgetConsents({ tx }: Command, customerIds: string[]): Promise<void> {
  const whose = { customerId: { in: customerIds } };
  await tx.consent.updateMany({ where: whose, data: { sourceText: null, proof: null } });
  await tx.doNotContact.updateMany({ where: whose, data: { note: null } });
  await tx.contactPreferences.deleteMany({ where: whose });
}
