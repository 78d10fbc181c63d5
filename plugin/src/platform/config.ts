/** Every setting of the engine, from the environment, checked at the start. The README's table is this list. */
import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);

const schema = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must look like postgresql://user:password@host:5432/database' }),
  /** BullMQ on Redis instead of PostgreSQL. */
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'must look like redis://host:6379' }).optional(),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: port.default(4400),
  /** Where mail comes in; without it there is no listener. */
  SMTP_PORT: port.optional(),
  /** The server that outgoing mail is handed to; without it replies by mail stay pending. */
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must look like smtp://user:password@host:25' }).optional(),
  /** Largest mail taken, attachments included. */
  MAIL_MAX_BYTES: z.coerce.number().int().min(10_000).max(200_000_000).default(25_000_000),
  /** Country that telephone numbers without a prefix belong to, ISO 3166-1. */
  PHONE_COUNTRY: z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be two capital letters, such as CZ')
    .default('CZ'),
  /** Other origins that may call the API from a browser, separated by commas. */
  ALLOWED_ORIGINS: z
    .string()
    .default('')
    .transform((list) =>
      list
        .split(',')
        .map((origin) => origin.trim())
        .filter(Boolean),
    ),
  DATABASE_POOL: z.coerce.number().int().min(4).max(100).default(16),
});

export type Config = z.infer<typeof schema>;

/** Injection token of the checked settings. */
export const CONFIG = Symbol('config');

/**
 * @throws Error naming each wrong setting and what it should be, one a line
 */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  throw new Error(result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'));
}
