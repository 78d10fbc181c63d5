/** Connections to PostgreSQL that outlive what happens to it: a server that ends them, and one that falls silent. */
import type { EventEmitter } from 'node:events';
import { Socket } from 'node:net';
import pg from 'pg';

const UNIQUE_VIOLATION = '23505';

/**
 * For `stream` of a pg client: after this long without a byte in either direction the connection counts as lost. A
 * database that vanishes without a word (a machine that lost its power, a firewall that forgot the connection) leaves a
 * connection that looks open, and whoever asked something over it would wait a quarter of an hour for the system to
 * give up.
 */
export const noticingSocket = (silenceMs: number) => (): Socket => {
  const socket = new Socket();
  socket.setTimeout(silenceMs, () => socket.destroy());
  return socket;
};

/**
 * For `Client` of a pg pool. A server that ends a connection says so even between two statements of its user, when
 * nobody listens, and an error event that nobody listens to ends the process; the next statement fails all the same.
 */
export class SteadyClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on('error', () => undefined);
    // Prisma hands on the message alone, and only the detail says which key is there already.
    const { connection } = this as unknown as { connection: EventEmitter };
    connection.prependListener('errorMessage', (refusal: { code?: string; detail?: string; message: string }) => {
      if (refusal.code === UNIQUE_VIOLATION && refusal.detail) refusal.message += ` ${refusal.detail}`;
    });
  }
}
