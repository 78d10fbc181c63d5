/** A draft rule played over a history of 100,000 events, and what the engine answers meanwhile: a ping each 20 ms. */
import { setTimeout } from 'node:timers/promises';
import { Api } from '../support/patchbay.js';
import { makeCenter, type Center } from './center.js';
import { startBenchEngine } from './engine.js';
import type { Bench } from './figure.js';

const EVENTS = 100_000;
/** Opened, queued, offered, accepted, closed. */
const EVENTS_A_LIFE = 5;
const DAYS = 7;
const ROUNDS = 5;
const PING_MS = 20;
const REST_MS = 3_000;

interface Run {
  events: number;
  tried: number;
  matched: number;
  milliseconds: number;
}

const bench: Bench = async (place) => {
  const center = await makeCenter(place.server, {
    queues: 20,
    agents: 50,
    queuesPerAgent: 3,
    capacity: 100,
    alwaysConnected: false,
    available: false,
  });
  await addHistory(center);
  const engine = await startBenchEngine(place, center);
  const admin = new Api(engine.url, await center.token('ADMIN'));
  const play = (): Promise<{ dryRunRule: Run }> =>
    admin.do(
      `query($input: DryRunRuleInput!) { dryRunRule(input: $input) {
         events tried matched interactions milliseconds guarded skipped { term times }
         touches { at eventSeq eventType interaction { id number state } would { action field before after } happened { type at } }
       } }`,
      {
        input: {
          trigger: { events: ['interaction.opened', 'interaction.queued', 'interaction.accepted', 'interaction.closed'] },
          condition: 'interaction.channel in ["EMAIL", "CHAT"] && customer.tier == "VIP" && interaction.priority >= 40',
          actions: [
            { type: 'set-priority', settings: { by: 10 } },
            { type: 'notify', settings: { roles: ['SUPERVISOR'], text: '{{ customer.name }} waits' } },
          ],
          days: DAYS,
        },
      },
    );
  const took: number[] = [];
  const silent: number[] = [];
  const silentAtRest: number[] = [];
  let last: Run | null = null;
  // The first round compiles.
  for (let round = 0; round <= ROUNDS; round += 1) {
    const rest = pings(admin);
    await setTimeout(REST_MS);
    const atRest = await rest();
    const stop = pings(admin);
    await setTimeout(200);
    const began = performance.now();
    last = (await play()).dryRunRule;
    const ended = performance.now();
    const silence = await stop();
    if (last.events !== EVENTS) throw new Error(`It looked at ${last.events} events, not at ${EVENTS}.`);
    if (round === 0) continue;
    took.push(ended - began);
    silent.push(silence);
    silentAtRest.push(atRest);
  }
  await engine.end();
  await center.drop();
  const words = `dry run over ${EVENTS.toLocaleString('en-GB')} events`;
  return [
    {
      name: `${words}, three terms`,
      unit: 'ms',
      samples: took,
      aim: { op: '<=', value: 5_000 },
      note: `the caller's time; tried ${last?.tried ?? 0} times, matched ${last?.matched ?? 0}`,
    },
    { name: `${words}: longest time without another answer`, unit: 'ms', samples: silent, note: `a ping each ${PING_MS} ms` },
    { name: '… the same at rest', unit: 'ms', samples: silentAtRest },
  ];
};
export default bench;

/** Asks every so often, whether or not the last answer has come; the returned function gives the longest time between two answers. */
function pings(api: Api): () => Promise<number> {
  let going = true;
  let answeredAt = performance.now();
  let longest = 0;
  const all: Promise<void>[] = [];
  const asking = (async () => {
    while (going) {
      all.push(
        api.do('{ __typename }').then(() => {
          const now = performance.now();
          longest = Math.max(longest, now - answeredAt);
          answeredAt = now;
        }),
      );
      await setTimeout(PING_MS);
    }
  })();
  return async () => {
    going = false;
    await asking;
    await Promise.all(all);
    return longest;
  };
}

/** Closed lives of the last days with their rows and events, as the engine writes both. */
async function addHistory({ pool, queueIds, agentIds, dispositionId }: Center): Promise<void> {
  const lives = EVENTS / EVENTS_A_LIFE;
  await pool.query(
    `INSERT INTO customers (id, name, tier, language, created_at)
     SELECT uuidv7(), 'Customer ' || n, (CASE WHEN n % 10 = 0 THEN 'VIP' ELSE 'STANDARD' END)::"CustomerTier", 'cs', now() FROM generate_series(1, 5000) n`,
  );
  await pool.query(
    `INSERT INTO interactions (id, channel, direction, state, priority, skills, subject, queue_id, customer_id, agent_id, disposition_id,
       created_at, queued_at, accepted_at, ended_at, closed_at)
     SELECT uuidv7(), (ARRAY['VOICE', 'EMAIL', 'CHAT', 'SMS', 'WEB_FORM']::"Channel"[])[1 + n % 5], 'INBOUND', 'CLOSED', n % 10 * 10, '[]', 'Invoice ' || n,
       ($1::uuid[])[1 + n % cardinality($1::uuid[])], c.ids[1 + n * 7 % 5000], ($2::uuid[])[1 + n % cardinality($2::uuid[])], $3, t, t,
       t + interval '1 minute', t + interval '9 minutes', t + interval '10 minutes'
     FROM (SELECT array_agg(id) AS ids FROM customers) c, generate_series(1, $4::int) n,
       LATERAL (SELECT now() - interval '20 minutes' - n * ($5 * interval '1 day' - interval '2 hours') / $4 AS t) at`,
    [queueIds, agentIds, dispositionId, lives, DAYS],
  );
  // Past append_events, which takes one transaction's events.
  await pool.query(
    `INSERT INTO events (seq, at, type, subject_id, actor_kind, actor_name, facts)
     SELECT nextval('events_seq'), at, type, id, kind::"ActorKind", 'bench', facts FROM (
       SELECT i.id, e.* FROM interactions i, LATERAL (
         SELECT jsonb_build_object('channel', i.channel, 'queueId', i.queue_id) AS own, uuidv7() AS offer
       ) o, LATERAL (VALUES
         (i.created_at, 1, 'interaction.opened', 'INTAKE', o.own || jsonb_build_object('direction', i.direction, 'customerId', i.customer_id, 'parentId', NULL, 'priority', i.priority)),
         (i.created_at, 2, 'interaction.queued', 'INTAKE', o.own || '{"agentId": null, "because": "OPENED"}'),
         (i.created_at + interval '30 seconds', 3, 'interaction.offered', 'ROUTER',
           o.own || jsonb_build_object('agentId', i.agent_id, 'offerId', o.offer, 'expiresAt', i.accepted_at)),
         (i.accepted_at, 4, 'interaction.accepted', 'AGENT', o.own || jsonb_build_object('agentId', i.agent_id, 'offerId', o.offer, 'first', true, 'waitMs', 60000)),
         (i.closed_at, 5, 'interaction.closed', 'AGENT',
           o.own || jsonb_build_object('agentId', i.agent_id, 'handleMs', 540000, 'dispositionId', i.disposition_id, 'disposition', 'Solved'))
       ) AS e (at, step, type, kind, facts) ORDER BY e.at, i.id, e.step
     ) x`,
  );
  await pool.query('VACUUM ANALYZE');
}
