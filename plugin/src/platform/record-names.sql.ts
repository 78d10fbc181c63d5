/** What records that others refer to are called. */
import { Prisma } from './generated/prisma/client.js';

const TABLES = [
  'queues',
  'agents',
  'teams',
  'skills',
  'business_calendars',
  'sla_policies',
  'presence_statuses',
  'dispositions',
  'automation_rules',
];

export const namesOf = (ids: readonly string[]): Prisma.Sql =>
  Prisma.join(
    TABLES.map((table) => Prisma.sql`SELECT id::text AS id, name FROM ${Prisma.raw(table)} WHERE id = ANY(${[...ids]}::uuid[])`),
    ' UNION ALL ',
  );
