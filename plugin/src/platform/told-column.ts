/** What the engine says, as a JSON column keeps it beside the English words. */
import { Prisma } from './generated/prisma/client.js';
import type { Told } from './told.js';

/** Of nothing said, an empty column. */
export const toldColumn = (told: Told | null | undefined): Prisma.InputJsonValue | typeof Prisma.DbNull =>
  told ? (told as unknown as Prisma.InputJsonValue) : Prisma.DbNull;
