/** The audit at its fullest: a log of a million events that all belong to it, asked by each filter that is offered. */
import { Api } from '../support/patchbay.js';
import { makeCenter } from './center.js';
import { startBenchEngine } from './engine.js';
import { ascending, percentile, type Bench } from './figure.js';

const EVENTS = 1_000_000;
const ASKED = 60;
const MOST_MS = 200;

/** Nine in ten are of one kind and one actor, so that the others have to be looked for. */
const FILL = `
  INSERT INTO events (seq, at, type, subject_id, actor_kind, actor_id, actor_name, cause_seq, facts, audit_kind, audit)
  SELECT nextval('events_seq'), now() - make_interval(secs => ($1 - n) * 30),
    CASE WHEN n % 10 = 0 THEN 'team.updated' ELSE 'queue.updated' END,
    md5((n % 500)::text)::uuid, 'USER', md5('actor' || CASE WHEN n % 10 = 0 THEN n % 400 ELSE 0 END)::uuid,
    'Person ' || CASE WHEN n % 10 = 0 THEN n % 400 ELSE 0 END, CASE WHEN n % 10 = 1 THEN n - 1 END, '{}',
    CASE WHEN n % 10 = 0 THEN 'TEAM' ELSE 'QUEUE' END,
    '{"name": "Claims", "changes": [{"path": ["offerTimeoutSeconds"], "before": 20, "after": 45}]}'
  FROM generate_series(1, $1) n`;

const AUDIT = `query($filter: AuditFilter, $after: Cursor) {
  audit(filter: $filter, first: 50, after: $after) {
    pageInfo { endCursor }
    edges { node { seq at type actor { name } record { kind id name } changes { path before after } cause { seq type } } }
  }
}`;

const bench: Bench = async (place) => {
  const center = await makeCenter(place.server, {
    queues: 1,
    agents: 1,
    queuesPerAgent: 0,
    capacity: 100,
    alwaysConnected: false,
    available: false,
  });
  await center.pool.query(FILL, [EVENTS]);
  await center.pool.query('VACUUM ANALYZE events');
  const engine = await startBenchEngine(place, center);
  const admin = new Api(engine.url, await center.token('ADMIN'));
  const supervisor = new Api(engine.url, await center.token('SUPERVISOR'));
  const { rows } = await center.pool.query<{ subject: string; actor: string; rare: string; half: Date; cause: string }>(`
    SELECT md5('7')::uuid AS subject, md5('actor0')::uuid AS actor, md5('actor10')::uuid AS rare, now() - make_interval(secs => ${EVENTS * 15}) AS half,
      (SELECT cause_seq::text FROM events WHERE cause_seq IS NOT NULL LIMIT 1) AS cause`);
  const { subject, actor, rare, half, cause } = rows[0]!;
  const filters: Record<string, Record<string, unknown>> = {
    nothing: {},
    record: { recordId: subject },
    'the actor of most': { actorId: actor },
    'a rare actor': { actorId: rare },
    'a name': { actorName: 'Person 10' },
    kind: { kinds: ['TEAM'] },
    'a kind that is not there': { kinds: ['RULE'] },
    'kind and actor that never meet': { kinds: ['TEAM'], actorId: actor },
    time: { until: half },
    'time and kind': { kinds: ['TEAM'], from: new Date(half.getTime() - 86_400_000), until: half },
    cause: { causeSeq: cause },
  };
  const ms: number[] = [];
  const slowest: [string, number][] = [];
  for (const [name, filter] of Object.entries(filters)) {
    const own: number[] = [];
    for (let n = 0; n < ASKED; n += 1) {
      const began = performance.now();
      await (n % 2 === 0 ? admin : supervisor).do(AUDIT, { filter });
      own.push(performance.now() - began);
    }
    ms.push(...own);
    slowest.push([name, percentile(ascending(own), 95)]);
  }
  const actors: number[] = [];
  for (let n = 0; n < ASKED; n += 1) {
    const began = performance.now();
    await supervisor.do('{ auditActors }');
    actors.push(performance.now() - began);
  }
  await engine.end();
  await center.drop();
  const [name, worst] = slowest.sort(([, a], [, b]) => b - a)[0]!;
  return [
    {
      name: `a page of the audit of ${EVENTS.toLocaleString('en')} changes, p95 of all filters`,
      unit: 'ms',
      samples: [percentile(ascending(ms), 95)],
      aim: { op: '<=', value: MOST_MS },
      note: `the slowest filter is ${name}: p95 ${worst.toFixed(0)} ms`,
    },
    {
      name: 'the names of those who changed something, p95',
      unit: 'ms',
      samples: [percentile(ascending(actors), 95)],
      aim: { op: '<=', value: MOST_MS },
    },
  ];
};

export default bench;
