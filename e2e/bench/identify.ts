/** Whom an address means, among a million customers with two million addresses. */
import pg from 'pg';
import type { Identity } from '../../plugin/src/customers/addresses.js';
import { holdingsOf } from '../../plugin/src/customers/customers.sql.js';
import { makeCenter } from './center.js';
import { ascending, percentile, type Bench } from './figure.js';

const CUSTOMERS = 1_000_000;
const ASKED = 20_000;
const MOST_MS = 5;
/** So many customers sit behind one switchboard; one customer in fifty shares the number of the one before. */
const SWITCHBOARD = 5_000;

/** Every twentieth has a Brazilian mobile number, written as it was before 2012. */
const numberOf = (n: number): string => {
  if (n <= SWITCHBOARD) return '+420200000000';
  const own = n % 50 === 0 ? n - 1 : n;
  return n % 20 === 7 ? `+551180${String(own).padStart(6, '0')}` : `+42060${String(own).padStart(7, '0')}`;
};

const bench: Bench = async (place) => {
  const center = await makeCenter(place.server, { queues: 1, agents: 1, queuesPerAgent: 1, capacity: 1, alwaysConnected: false, available: false }); // prettier-ignore
  // Of words, which nobody looks for here: to keep them would be most of the time that it takes to fill the tables.
  await center.pool.query('DROP INDEX customers_words, customer_identities_words');
  await center.pool.query(
    `INSERT INTO customers (id, name, tier, created_at) SELECT md5('customer' || n)::uuid, 'Customer ' || n, 'STANDARD', now() FROM generate_series(1, $1) n`,
    [CUSTOMERS],
  );
  const EVERY = 100_000;
  for (let from = 1; from <= CUSTOMERS; from += EVERY) {
    const numbers = Array.from({ length: EVERY }, (_, at) => numberOf(from + at));
    await center.pool.query(
      `INSERT INTO customer_identities (kind, value, customer_id)
       SELECT kind::"IdentityKind", CASE kind WHEN 'PHONE' THEN number ELSE 'person' || n || '@example.org' END, md5('customer' || n)::uuid
       FROM unnest($1::text[]) WITH ORDINALITY AS given (number, at), LATERAL (SELECT at + $2 - 1 AS n) counted, unnest(ARRAY['EMAIL', 'PHONE']) kind`,
      [numbers, from],
    );
  }
  await center.pool.query('VACUUM ANALYZE customers');
  await center.pool.query('VACUUM ANALYZE customer_identities');

  const kinds: Record<string, (n: number) => Identity> = {
    'a number': (n) => ({ kind: 'PHONE', value: numberOf(n) }),
    'another number of the line': (n) => ({ kind: 'PHONE', value: numberOf(n - (n % 20) + 7).replace('+55118', '+551198') }),
    'an e-mail address': (n) => ({ kind: 'EMAIL', value: `person${n}@example.org` }),
    'the number of a switchboard': () => ({ kind: 'PHONE', value: numberOf(1) }),
    'a number that nobody has': (n) => ({ kind: 'PHONE', value: `+42070${String(n).padStart(7, '0')}` }),
  };
  const client = new pg.Client({ connectionString: center.url });
  await client.connect();
  const found: Record<string, number> = {};
  const times: Record<string, number[]> = {};
  for (let asked = 0; asked < ASKED; asked += 1) {
    for (const [name, identity] of Object.entries(kinds)) {
      const { text, values } = holdingsOf([identity(1 + ((asked * 7_919 + 10_007) % CUSTOMERS))], null);
      const began = performance.now();
      const { rows } = await client.query({ name: 'candidates', text, values: [...values] });
      (times[name] ??= []).push(performance.now() - began);
      found[name] = (found[name] ?? 0) + rows.length;
    }
  }
  await client.end();
  await center.drop();
  return Object.entries(times).map(([name, samples]) => ({
    name: `who is meant by ${name}, of ${CUSTOMERS.toLocaleString('en')} customers with ${(2 * CUSTOMERS).toLocaleString('en')} addresses, p99`,
    unit: 'ms',
    samples: [percentile(ascending(samples), 99)],
    aim: { op: '<=' as const, value: MOST_MS },
    note: `p50 ${percentile(ascending(samples), 50).toFixed(2)} ms; ${(found[name]! / ASKED).toFixed(2)} customers on average`,
  }));
};

export default bench;
