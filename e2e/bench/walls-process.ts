/** The process behind walls.ts. */
import type { WebSocket } from 'ws';
import type { QueuesTileFragment } from '../../wallboard/src/generated/operations.js';
import { openWall } from './wall-socket.js';
import { monotonic, waitingKey, type Seen, type WallsOrder } from './walls.js';

type Rows = { queueId: string; waiting: number }[];

let seen: Seen = { arrivals: {}, frames: 0 };
/** All walls of one board get the same text: it is read once. */
const lastRead = new Map<string, { text: string; rows: Rows }>();

function rowsOf(board: string, text: string): Rows {
  const known = lastRead.get(board);
  if (known?.text === text) return known.rows;
  const { queues } = (JSON.parse(text) as { payload: { data: { board: QueuesTileFragment } } }).payload.data.board;
  const rows = queues.map(({ queueId, waiting }) => ({ queueId, waiting }));
  lastRead.set(board, { text, rows });
  return rows;
}

function fail(error: Error): never {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}

function watch({ url, token }: WallsOrder, board: string[] | null): Promise<WebSocket> {
  const known = new Map<string, number>();
  const name = String(board);
  return new Promise((resolve) => {
    const socket = openWall(
      url,
      token,
      board,
      (text) => {
        const at = monotonic();
        seen.frames += 1;
        for (const { queueId, waiting } of rowsOf(name, text)) {
          // One frame may show several changes of a queue at once.
          for (let n = (known.get(queueId) ?? waiting) + 1; n <= waiting; n += 1) (seen.arrivals[waitingKey(queueId, n)] ??= []).push(at);
          known.set(queueId, waiting);
        }
        resolve(socket);
      },
      fail,
    );
  });
}

const AT_ONCE = 20;
const sockets: WebSocket[] = [];

async function open(order: WallsOrder): Promise<void> {
  // A few at once: a thousand at the same instant is another measurement.
  for (let from = 0; from < order.boards.length; from += AT_ONCE) {
    sockets.push(...(await Promise.all(order.boards.slice(from, from + AT_ONCE).map((board) => watch(order, board)))));
  }
  process.send?.('open');
}

process.on('message', (message: WallsOrder | 'take') => {
  if (message !== 'take') return void open(message);
  const taken = seen;
  seen = { arrivals: {}, frames: 0 };
  process.send?.(taken);
});
process.on('disconnect', () => process.exit(0));
