/** The judge of health, which is pure: each finding at its threshold, and what holds whatever the facts are. */
import fc from 'fast-check';
import { judge, type Finding, type HealthFacts } from '../../src/health/health.js';

const AT = new Date('2026-11-28T10:00:00.000Z');
const ago = (seconds: number): Date => new Date(AT.getTime() - seconds * 1_000);

type Stored = NonNullable<HealthFacts['stored']>;
const CRM: NonNullable<Stored['crm']> = {
  name: 'Twenty',
  url: 'https://crm.example.org',
  connectedAt: ago(10_000),
  reachedAt: ago(20),
  problem: null,
  waiting: 0,
  oldestWaitingAt: null,
  problems: 0,
  keyEndsAt: null,
};
const DATABASE: NonNullable<HealthFacts['database']> = {
  version: '17.5',
  answerMs: 3,
  sizeBytes: 50_000_000,
  connections: 20,
  maxConnections: 200,
  oldestTransactionSeconds: 0,
  migrations: 40,
  lastMigration: 'last',
  clockAheadMs: 1,
  now: AT,
};
const STORED: Stored = {
  engines: [{ id: 'a', startedAt: ago(500), lastSeenAt: ago(0.4), work: ['router', 'crm'] }],
  leases: ['router', 'crm'].map((name) => ({ name, holder: 'a', expiresAt: ago(-1) })),
  readers: [{ name: 'automation', behind: 0, atLeast: false, oldestAt: null }],
  crm: CRM,
  mailIn: { wanted: true, port: 2525, mailboxes: 2, lastAt: null },
  mailOut: { server: 'mail.example.org:25', pending: 0, oldestAt: null, failing: 0, failingSince: null, lastError: null },
  webhooks: { pending: 0, failing: 0, failingSince: null, lastError: null, givenUp: 0 },
};
const WELL: HealthFacts = {
  at: AT,
  logIsCurrent: true,
  database: DATABASE,
  stored: STORED,
  jobs: [{ name: 'webhook', waiting: 0, running: 0, delayed: 1 }],
  disk: { folder: '/data', freeBytes: 50e9, totalBytes: 100e9 },
};

const database = (change: Partial<typeof DATABASE>): HealthFacts => ({ ...WELL, database: { ...DATABASE, ...change } });
const stored = (change: Partial<Stored>): HealthFacts => ({ ...WELL, stored: { ...STORED, ...change } });
const crm = (change: Partial<typeof CRM>): HealthFacts => stored({ crm: { ...CRM, ...change } });
const mailOut = (change: Partial<Stored['mailOut']>): HealthFacts => stored({ mailOut: { ...STORED.mailOut, ...change } });
const mailIn = (change: Partial<Stored['mailIn']>): HealthFacts => stored({ mailIn: { ...STORED.mailIn, ...change } });
const webhooks = (change: Partial<Stored['webhooks']>): HealthFacts => stored({ webhooks: { ...STORED.webhooks, ...change } });
const reader = (seconds: number): HealthFacts =>
  stored({ readers: [{ name: 'automation', behind: 7, atLeast: false, oldestAt: ago(seconds) }] });
const lease = (holder: string | null, expired: number, startedAt = ago(500)): HealthFacts =>
  stored({
    engines: [{ ...STORED.engines[0]!, startedAt }],
    leases: [...STORED.leases.slice(0, 1), { name: 'crm', holder, expiresAt: ago(expired) }],
  });
const disk = (freeBytes: number, totalBytes = 20e9): HealthFacts => ({ ...WELL, disk: { folder: '/data', freeBytes, totalBytes } });

const said = (findings: readonly Finding[]): string[] => findings.map(({ severity, key }) => `${severity} ${key}`);

it.each<[string, HealthFacts, string[]]>([
  ['nothing', WELL, []],
  ['a CRM that is not connected', stored({ crm: null }), []],
  ['a database elsewhere', { ...WELL, disk: null }, []],
  [
    'a database that is silent, which says it all',
    { ...WELL, database: null, stored: null, logIsCurrent: false },
    ['CRITICAL DATABASE_SILENT'],
  ],
  ['249 ms', database({ answerMs: 249 }), []],
  ['250 ms', database({ answerMs: 250 }), ['WARNING DATABASE_SLOW']],
  ['159 of 200 connections', database({ connections: 159 }), []],
  ['160 of 200 connections', database({ connections: 160 }), ['WARNING DATABASE_CONNECTIONS']],
  ['a transaction of 5 min', database({ oldestTransactionSeconds: 300 }), ['WARNING DATABASE_OLD_TRANSACTION']],
  ['a clock 2 s ahead', database({ clockAheadMs: 2_003 }), ['WARNING CLOCKS_DIFFER']],
  ['a clock 2 s behind', database({ clockAheadMs: -2_003 }), ['WARNING CLOCKS_DIFFER']],
  ['a difference that may be the answer’s own time', database({ clockAheadMs: 2_003, answerMs: 100 }), []],
  ['2 GB of 20', disk(2e9), []],
  ['less than 2 GB', disk(1.9e9), ['WARNING DISK_FULL']],
  ['3 % of a large disk', disk(29e9, 1_000e9), ['WARNING DISK_FULL']],
  ['less than 512 MB', disk(0.5e9), ['CRITICAL DISK_FULL']],
  ['a log that is not read', { ...WELL, logIsCurrent: false }, ['CRITICAL LOG_UNREAD']],
  ['work on its way to another engine', lease(null, 9), []],
  ['work that nobody does', lease(null, 10), ['CRITICAL WORK_UNDONE']],
  ['work that somebody has who is no engine', lease('b', -60), ['CRITICAL WORK_UNDONE']],
  ['work of an engine that has just come', lease(null, 10, ago(9)), []],
  ['a reader 9 s behind', reader(9), []],
  ['a reader 10 s behind', reader(10), ['WARNING READER_BEHIND']],
  ['a reader a minute behind', reader(60), ['CRITICAL READER_BEHIND']],
  ['jobs whose backend is silent', { ...WELL, jobs: null }, ['CRITICAL JOBS_SILENT']],
  ['500 jobs', { ...WELL, jobs: [{ name: 'webhook', waiting: 500, running: 1, delayed: 0 }] }, ['WARNING JOBS_WAIT']],
  ['a listener that is gone', mailIn({ port: null }), ['CRITICAL MAIL_IN_STOPPED']],
  ['mailboxes without a listener', mailIn({ wanted: false, port: null }), ['WARNING MAIL_IN_OFF']],
  ['no mail at all', stored({ mailIn: { wanted: false, port: null, mailboxes: 0, lastAt: null }, mailOut: { ...STORED.mailOut, server: null } }), []], // prettier-ignore
  ['mailboxes without a server for replies', mailOut({ server: null }), ['WARNING MAIL_OUT_OFF']],
  ['replies without a server', mailOut({ server: null, pending: 1, oldestAt: AT }), ['CRITICAL MAIL_OUT_OFF']],
  ['a mail that was refused just now', mailOut({ pending: 1, oldestAt: ago(59), failing: 1, failingSince: ago(59) }), []],
  ['mails refused for a minute', mailOut({ pending: 1, oldestAt: ago(60), failing: 1, failingSince: ago(60) }), ['WARNING MAIL_OUT_FAILS']],
  ['mails refused for long', mailOut({ pending: 1, oldestAt: ago(900), failing: 1, failingSince: ago(900) }), ['CRITICAL MAIL_OUT_FAILS']],
  ['a mail that nobody tried', mailOut({ pending: 1, oldestAt: ago(60) }), ['WARNING MAIL_OUT_STANDS']],
  ['a webhook refused just now', webhooks({ pending: 1, failing: 1, failingSince: ago(59) }), []],
  ['webhooks refused for a minute', webhooks({ pending: 1, failing: 1, failingSince: ago(60) }), ['WARNING WEBHOOKS_FAIL']],
  ['webhooks given up', webhooks({ givenUp: 2 }), ['WARNING WEBHOOKS_GIVEN_UP']],
  ['a CRM away for a moment', crm({ problem: 'down', reachedAt: ago(29) }), []],
  ['a CRM away', crm({ problem: 'down', reachedAt: ago(30) }), ['WARNING CRM_UNREACHABLE']],
  ['a CRM away for long', crm({ problem: 'down', reachedAt: ago(300) }), ['CRITICAL CRM_UNREACHABLE']],
  ['a CRM never reached', crm({ problem: 'down', reachedAt: null }), ['CRITICAL CRM_UNREACHABLE']],
  ['a CRM that nobody asks', crm({ reachedAt: ago(180) }), ['WARNING CRM_SILENT']],
  ['a CRM that is behind', crm({ waiting: 3, oldestWaitingAt: ago(120) }), ['WARNING CRM_BEHIND']],
  ['a CRM away, which is behind by that', crm({ problem: 'down', reachedAt: ago(130), waiting: 3, oldestWaitingAt: ago(120) }), ['WARNING CRM_UNREACHABLE']], // prettier-ignore
  ['records refused', crm({ problems: 1 }), ['WARNING CRM_RECORDS']],
  ['a key of two weeks', crm({ keyEndsAt: ago(-14 * 86_400) }), []],
  ['a key that ends', crm({ keyEndsAt: ago(-14 * 86_400 + 1) }), ['WARNING CRM_KEY_ENDS']],
  ['a key that has ended', crm({ keyEndsAt: AT }), ['CRITICAL CRM_KEY_ENDS']],
])('%s', (_name, facts, expected) => {
  expect(said(judge(facts))).toEqual(expected);
});

const count = fc.nat({ max: 2_000 });
const when = fc.option(fc.nat({ max: 100_000 }).map(ago), { nil: null });
const anyFacts: fc.Arbitrary<HealthFacts> = fc.record({
  at: fc.constant(AT),
  logIsCurrent: fc.boolean(),
  database: fc.option(
    fc.record({
      version: fc.constant('17'),
      answerMs: count,
      sizeBytes: count,
      connections: count,
      maxConnections: fc.integer({ min: 1, max: 2_000 }),
      oldestTransactionSeconds: count,
      migrations: count,
      lastMigration: fc.constant('last'),
      clockAheadMs: fc.integer({ min: -10_000, max: 10_000 }),
      now: fc.constant(AT),
    }),
    { nil: null },
  ),
  stored: fc.option(
    fc.record({
      engines: fc.array(
        fc.record({
          id: fc.uuid(),
          startedAt: fc.nat({ max: 1_000 }).map(ago),
          lastSeenAt: fc.nat({ max: 1_000 }).map(ago),
          work: fc.subarray(['router', 'crm', 'sla']),
        }),
        { maxLength: 3 },
      ),
      leases: fc.subarray(['router', 'crm', 'sla']).chain((names) =>
        fc.tuple(
          ...names.map((name) =>
            fc.record({
              name: fc.constant(name),
              holder: fc.option(fc.uuid(), { nil: null }),
              expiresAt: fc.integer({ min: -30, max: 30 }).map(ago),
            }),
          ),
        ),
      ),
      readers: fc.array(fc.record({ name: fc.constantFrom('a', 'b'), behind: count, atLeast: fc.boolean(), oldestAt: when }), {
        maxLength: 3,
      }),
      crm: fc.option(
        fc.record({
          name: fc.constant('Twenty'),
          url: fc.constant('https://crm.example.org'),
          connectedAt: fc.constant(ago(100_000)),
          reachedAt: when,
          problem: fc.option(fc.constant('down'), { nil: null }),
          waiting: count,
          oldestWaitingAt: when,
          problems: count,
          keyEndsAt: when,
        }),
        { nil: null },
      ),
      mailIn: fc.record({ wanted: fc.boolean(), port: fc.option(count, { nil: null }), mailboxes: count, lastAt: when }),
      mailOut: fc.record({
        server: fc.option(fc.constant('mail:25'), { nil: null }),
        pending: count,
        oldestAt: when,
        failing: count,
        failingSince: when,
        lastError: fc.constant(null),
      }),
      webhooks: fc.record({ pending: count, failing: count, failingSince: when, lastError: fc.constant(null), givenUp: count }),
    }),
    { nil: null },
  ),
  jobs: fc.option(fc.array(fc.record({ name: fc.constant('webhook'), waiting: count, running: count, delayed: count })), { nil: null }),
  disk: fc.option(fc.record({ folder: fc.constant('/data'), freeBytes: fc.nat(), totalBytes: fc.nat() }), { nil: null }),
});

it('puts critical findings first, says each thing once, in facts that JSON can carry, and never less of a longer wait', () => {
  fc.assert(
    fc.property(anyFacts, fc.nat({ max: 10_000 }), (facts, later) => {
      const findings = judge(facts);
      const severities = findings.map(({ severity }) => severity);
      expect(severities).toEqual([...severities].sort());
      const names = findings.map(({ key, facts: { name, id } }) => `${key} ${name ?? ''} ${id ?? ''}`);
      if (
        new Set(facts.stored?.readers.map(({ name }) => name)).size === (facts.stored?.readers.length ?? 0) &&
        (facts.jobs?.length ?? 0) < 2
      )
        expect(new Set(names).size).toBe(names.length);
      for (const finding of findings) expect(JSON.parse(JSON.stringify(finding.facts))).toEqual(finding.facts);

      const waits: readonly string[] = ['READER_BEHIND', 'MAIL_OUT_FAILS', 'WEBHOOKS_FAIL', 'CRM_UNREACHABLE'];
      const weight = (all: readonly Finding[], key: string): number =>
        all.filter((one) => one.key === key).reduce((sum, { severity }) => sum + (severity === 'CRITICAL' ? 2 : 1), 0);
      const after = judge({ ...facts, at: new Date(AT.getTime() + later * 1_000) });
      for (const key of waits) expect(weight(after, key)).toBeGreaterThanOrEqual(weight(findings, key));
    }),
  );
});
