/** Every setting of the engine, from the environment, checked at the start. The table of docs/settings.md is this list. */
import proxyAddress from '@fastify/proxy-addr';
import ipaddr from 'ipaddr.js';
import { IANAZone } from 'luxon';
import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);
const count = z.coerce.number().int().min(1).max(1_000_000_000);

const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean),
  );
const isOrigin = (text: string): boolean => URL.canParse(text) && new URL(text).origin === text;
const origins = list.refine((all) => all.every(isOrigin), 'must be origins such as https://crm.example.org, separated by commas');

function areAddresses(all: string[]): boolean {
  try {
    return Boolean(proxyAddress.compile(all));
  } catch {
    return false;
  }
}

/** A name is not looked up here: it may not be known yet. */
const isHostOrNetwork = (text: string): boolean =>
  ipaddr.isValid(text) || ipaddr.isValidCIDR(text) || /^(?!.*\.\d+$)[a-z0-9_-]+(\.[a-z0-9_-]+)*$/i.test(text);

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
  /** Whom mails about the sign-in come from; without it no-reply at the center's own host. */
  MAIL_FROM: z.email('must be an address such as no-reply@example.org').optional(),
  /** Largest mail taken, attachments included. */
  MAIL_MAX_BYTES: z.coerce.number().int().min(10_000).max(200_000_000).default(25_000_000),
  /** Automatic answers to one address within 24 hours, over all interactions; chats apart. */
  AUTO_REPLIES_PER_DAY: z.coerce.number().int().min(1).max(10_000).default(10),
  /** Country that telephone numbers without a prefix belong to, ISO 3166-1. */
  PHONE_COUNTRY: z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be two capital letters, such as CZ')
    .default('CZ'),
  /** IANA; the clock by which the hours are kept that a customer prefers who has no time zone. Without it, that of the machine. */
  CENTER_TIME_ZONE: z
    .string()
    .refine((zone) => IANAZone.isValidZone(zone), 'must be an IANA time zone, such as Europe/Prague')
    .default(() => Intl.DateTimeFormat().resolvedOptions().timeZone),
  /** The language of a new center's presence statuses and dispositions; the connected CRM's, else English, where it is not set. */
  CENTER_LANGUAGE: z.enum(['en', 'cs'], 'must be en or cs').optional(),
  /** Other origins that may call the API from a browser, separated by commas. */
  ALLOWED_ORIGINS: origins,
  /** Origins whose pages may show ours in a frame, separated by commas: a CRM that embeds the desk. */
  EMBEDDING_ORIGINS: origins,
  /** Proxies in front of the engine whose X-Forwarded-For is believed: addresses, ranges, or `loopback`, by commas. */
  TRUSTED_PROXIES: list.refine(areAddresses, 'must be addresses or ranges such as 10.0.0.0/8, or loopback, separated by commas'),
  /** Hosts outside the public internet that webhooks may be sent to: names, addresses or ranges, separated by commas. */
  WEBHOOK_ALLOW: list.refine(
    (all) => all.every(isHostOrNetwork),
    'must be host names, addresses or ranges such as 10.0.0.0/8, separated by commas',
  ),
  /** Requests and operations of one token or intake source. */
  REQUESTS_PER_MINUTE: count.default(120_000),
  /** Refused tokens and signatures from one address, until it has to wait. */
  FAILED_SIGN_INS_PER_MINUTE: count.default(300),
  /** WebSockets open at once. */
  CONNECTIONS: count.default(5_000),
  CONNECTIONS_PER_TOKEN: count.default(2_000),
  /** Seals the secrets that the engine has to read again. Without it none can be kept. */
  SECRET_KEY: z
    .string()
    .refine((text) => /^[A-Za-z0-9+/]{43}=$/.test(text), 'must be 32 bytes as base64, such as `openssl rand -base64 32` makes')
    .optional(),
  /** Lets anybody on this machine sign in to each role without a password; the demonstration of `npm start` sets it. */
  DEMO_SIGN_IN: z.stringbool().default(false),
  DATABASE_POOL: z.coerce.number().int().min(4).max(100).default(16),
});

export type Config = z.infer<typeof schema>;

/** Injection token of the checked settings. */
export const CONFIG = Symbol('config');

/**
 * @throws Error naming each wrong setting and a right value, one a line
 */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  throw new Error(result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'));
}
