/** Connections to PostgreSQL that bear its failures: a server that ends them, and one that falls silent. */
import type { EventEmitter } from 'node:events';
import { Socket } from 'node:net';
import pg from 'pg';

const UNIQUE_VIOLATION = '23505';
/** PostgreSQL has ended a transaction, and its connection, because its engine said nothing for too long. */
export const IDLE_IN_TRANSACTION = '25P03';

/**
 * For `stream` of a pg client: after this long without a byte in either direction the connection counts as lost. A
 * database that vanishes without a word (a machine that lost its power, a firewall that forgot the connection) leaves a
 * connection that looks open, and a statement sent over it would wait a quarter of an hour for the system to
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
    // The next statement would fail without saying why; a transaction that was ended for its idleness may be done again.
    this.on('error', (error: Error & { code?: string }) => {
      if (error.code === IDLE_IN_TRANSACTION) this.query = () => Promise.reject(error);
    });
    // Prisma hands on the message alone, and only the detail says which key is there already.
    const { connection } = this as unknown as { connection: EventEmitter };
    connection.prependListener('errorMessage', (refusal: { code?: string; detail?: string; message: string }) => {
      if (refusal.code === UNIQUE_VIOLATION && refusal.detail) refusal.message += ` ${refusal.detail}`;
    });
  }
}
