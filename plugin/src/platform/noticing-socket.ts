/**
 * A socket that notices when the other side has fallen silent. A database that vanishes without a word (a machine that
 * lost its power, a firewall that forgot the connection) leaves a connection that looks open, and whoever asked
 * something over it would wait for a quarter of an hour until the system gives up.
 */
import { Socket } from 'node:net';

/** For `stream` of a pg client: after this long without a byte in either direction the connection counts as lost. */
export const noticingSocket = (silenceMs: number) => (): Socket => {
  const socket = new Socket();
  socket.setTimeout(silenceMs, () => socket.destroy());
  return socket;
};
