/** A network between the engine and its database that can fail: refuse and reset, or swallow everything in silence. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export type Fault = 'none' | 'reset' | 'silence';

export interface Proxy {
  /** The same connection string, by way of this proxy. */
  url: string;
  set(fault: Fault): void;
  close(): Promise<void>;
}

export async function openProxy(target: string): Promise<Proxy> {
  const { hostname, port } = new URL(target);
  let fault: Fault = 'none';
  const pairs = new Set<Socket[]>();
  const server = createServer((near) => {
    near.on('error', () => undefined);
    if (fault === 'reset') return near.resetAndDestroy();
    const far = connect(Number(port), hostname);
    const pair = [near, far];
    pairs.add(pair);
    const pass = (from: Socket, to: Socket): void => {
      // What was swallowed once never comes: a connection that lived through the silence stays silent.
      let lost = false;
      from.on('data', (chunk) => ((lost ||= fault === 'silence') ? undefined : to.write(chunk)));
      from.on('error', () => undefined);
      from.on('close', () => (lost || fault === 'silence' ? undefined : to.destroy()));
    };
    pass(near, far);
    pass(far, near);
    near.on('close', () => pairs.delete(pair));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const own = new URL(target);
  own.port = String((server.address() as { port: number }).port);
  return {
    url: own.href,
    set: (next) => {
      fault = next;
      if (fault === 'reset') for (const pair of pairs) for (const socket of pair) socket.resetAndDestroy();
    },
    close: async () => {
      for (const pair of pairs) for (const socket of pair) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
