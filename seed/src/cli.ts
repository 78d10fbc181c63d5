/** `node dist/cli.js`: fills a database with a contact center. */
import { Presets, SingleBar } from 'cli-progress';
import { numberOption, readOptions, UsageError } from './arguments.js';
import { MOBILE_NUMBERS } from './phones.js';
import { seedDatabase, SeededBefore, SeedRefused, type Progress } from './write.js';

const HELP = `Fills a Patchbay database with a contact center: 12 queues, 60 agents, customers and 90 days of history.

  npm run seed -- [options]

  --database-url URL  PostgreSQL, such as postgresql://user:password@localhost:5432/patchbay
                      (default: DATABASE_URL from the environment)
  --seed N            which contact center: the same number gives the same one (default 1)
  --customers N       1 to ${MOBILE_NUMBERS} (default 5000)
  --interactions N    closed contacts of the last 90 days, 0 to 10000000 (default 8000)
  --append            only add contacts to a database that was seeded before, with the same --seed and --customers
  --help              this

Exit status: 0 done, 1 failed, 2 wrong options, 3 there are queues already (nothing was changed).

  npm run seed -- --interactions 100000      a database for benchmarks
`;

async function main(): Promise<number> {
  const values = readOptions(process.argv.slice(2), {
    'database-url': { type: 'string' },
    seed: { type: 'string' },
    customers: { type: 'string' },
    interactions: { type: 'string' },
    append: { type: 'boolean' },
    help: { type: 'boolean' },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const databaseUrl = values['database-url'] ?? process.env.DATABASE_URL;
  if (typeof databaseUrl !== 'string' || !/^postgres(ql)?:\/\//.test(databaseUrl)) {
    throw new UsageError('Say which database: --database-url postgresql://user:password@host:5432/database, or set DATABASE_URL.');
  }
  const show = process.stdout.isTTY ? new Bar() : new Lines();
  const options = {
    databaseUrl,
    seed: numberOption(values, 'seed', { from: -2_147_483_648, to: 2_147_483_647, otherwise: 1 }),
    customers: numberOption(values, 'customers', { from: 1, to: MOBILE_NUMBERS, otherwise: 5_000 }),
    interactions: numberOption(values, 'interactions', { from: 0, to: 10_000_000, otherwise: 8_000 }),
    append: values.append === true,
  };
  const startedAt = performance.now();
  try {
    const result = await seedDatabase({ ...options, reference: new Date(), onProgress: (progress) => show.progress(progress) });
    show.stop();
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
    const { queues, agents, customers, interactions, messages } = result;
    process.stdout.write(
      options.append
        ? `Added ${interactions} interactions with ${messages} messages in ${seconds} s.\n`
        : `Seeded ${queues} queues, ${agents} agents, ${customers} customers and ${interactions} interactions with ${messages} messages in ${seconds} s.\n`,
    );
    return 0;
  } finally {
    show.stop();
  }
}

/** One bar a table, for people. */
class Bar {
  private bar: SingleBar | null = null;
  private what: string | null = null;

  progress({ what, done, total }: Progress): void {
    if (what !== this.what) {
      this.stop();
      this.what = what;
      this.bar = new SingleBar({ format: `${what.padEnd(13)} {bar} {value}/{total}`, hideCursor: true }, Presets.shades_classic);
      this.bar.start(total, 0);
    }
    this.bar?.update(done);
  }

  stop(): void {
    this.bar?.stop();
    this.bar = null;
  }
}

/** A line for every tenth, for logs. */
class Lines {
  private last = '';

  progress({ what, done, total }: Progress): void {
    const line = `${what}: ${Math.floor((done / total) * 10) * 10} %`;
    if (line !== this.last) process.stdout.write(`${line}\n`);
    this.last = line;
  }

  stop(): void {
    this.last = '';
  }
}

/** What went wrong, in a sentence, and the exit status it has. */
function explain(error: unknown): { message: string; status: number } {
  if (error instanceof UsageError) return { message: error.message, status: 2 };
  if (error instanceof SeedRefused) return { message: error.message, status: error instanceof SeededBefore ? 3 : 1 };
  const { code, message } = error as Error & { code?: string };
  const [first] = error instanceof AggregateError ? (error.errors as (Error & { code?: string })[]) : [];
  return {
    message: `The database could not be filled: ${first?.message ?? message}${code && !message.includes(code) ? ` (${code})` : ''}`,
    status: 1,
  };
}

main().then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    const { message, status } = explain(error);
    process.stderr.write(`${message}\n`);
    process.exitCode = status;
  },
);
