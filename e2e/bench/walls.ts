/** Many walls in a process of their own, so that reading their frames does not hold up who measures. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface WallsOrder {
  url: string;
  token: string;
  /** One wall an entry; null for the whole contact center. */
  boards: (string[] | null)[];
}

/** What the walls saw since they were asked last. */
export interface Seen {
  /** By queue and number of those waiting there: when each wall learned of it, by `monotonic`. */
  arrivals: Record<string, number[]>;
  frames: number;
}

export interface Walls {
  take(): Promise<Seen>;
  close(): Promise<void>;
}

export const waitingKey = (queueId: string, waiting: number): string => `${queueId} ${waiting}`;

/** Milliseconds of the one clock that all processes of a machine share. */
export const monotonic = (): number => Number(process.hrtime.bigint()) / 1e6;

/** Resolves when each wall has its snapshot. */
export async function openWalls(order: WallsOrder): Promise<Walls> {
  const child = fork(fileURLToPath(new URL('./walls-process.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] });
  const exit = once(child, 'exit');
  const answer = async (): Promise<unknown> => {
    const message = await Promise.race([once(child, 'message'), exit.then(() => null)]);
    if (!message) throw new Error('The walls have ended.');
    return message[0];
  };
  child.send(order);
  await answer();
  return {
    take: async () => {
      child.send('take');
      return (await answer()) as Seen;
    },
    close: async () => {
      child.disconnect();
      await exit;
    },
  };
}
