/** An engine in a process of its own on a bench's database, and what it uses of the machine. */
import { cpus } from 'node:os';
import pidusage from 'pidusage';
import { freshFolder, removeFolder, startPatchbay, type Started } from '../support/patchbay.js';
import type { Center } from './center.js';
import type { Workplace } from './figure.js';

export interface BenchEngine extends Started {
  end(): Promise<void>;
}

export async function startBenchEngine(place: Workplace, center: Center, environment: Record<string, string> = {}): Promise<BenchEngine> {
  const folder = await freshFolder();
  const profiling = place.profileFolder ? ['--cpu-prof', `--cpu-prof-dir=${place.profileFolder}`] : [];
  const started = await startPatchbay(folder, ['--no-demo'], { DATABASE_URL: center.url, ...environment }, undefined, profiling);
  return {
    ...started,
    end: async () => {
      await started.stop();
      await removeFolder(folder);
    },
  };
}

export interface Usage {
  passedMs: number;
  /** Cores that the engine kept busy, 1 for a whole one. */
  engineCores: number;
  /** Cores that everything on this machine kept busy. */
  machineCores: number;
}

/** Call the returned function at the end of what is to be measured. */
export async function usageOf(engine: Started): Promise<() => Promise<Usage>> {
  const pid = engine.process.pid ?? 0;
  const look = async (): Promise<{ at: number; engine: number; machine: number }> => {
    const times = cpus().map(({ times }) => times);
    const machine = times.reduce((sum, { user, nice, sys, irq }) => sum + user + nice + sys + irq, 0);
    return { engine: (await pidusage(pid)).ctime, machine, at: performance.now() };
  };
  const before = await look();
  return async () => {
    const after = await look();
    const passed = after.at - before.at;
    return {
      passedMs: passed,
      engineCores: (after.engine - before.engine) / passed,
      machineCores: (after.machine - before.machine) / passed,
    };
  };
}

/** What PostgreSQL does for the center: processor time in ms, of its own work beside too, and statements. Call the returned function at the end. */
export async function postgresUsageOf({ pool }: Center): Promise<() => Promise<{ processorMs: number; statements: number }>> {
  await pool.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
  const look = async (): Promise<{ processors: Map<number, number>; statements: number }> => {
    const { rows: processes } = await pool.query<{ pid: number }>('SELECT pid FROM pg_stat_activity');
    const { rows } = await pool.query<{ calls: number }>(
      `SELECT sum(calls)::float AS calls FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid WHERE d.datname = current_database()`,
    );
    const usage = await pidusage(processes.map(({ pid }) => pid));
    return { processors: new Map(processes.map(({ pid }) => [pid, usage[pid]?.ctime ?? 0])), statements: rows[0]?.calls ?? 0 };
  };
  const before = await look();
  return async () => {
    const after = await look();
    const processorMs = [...after.processors].reduce((sum, [pid, ms]) => sum + ms - (before.processors.get(pid) ?? 0), 0);
    return { processorMs, statements: after.statements - before.statements };
  };
}
