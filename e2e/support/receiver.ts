/** Somebody else's program that takes webhooks: it fails now and then, and believes only what is signed. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

export interface Call {
  /** The `webhook-id` it came with. */
  id: string;
  /** Of the interaction it is about. */
  subjectId: string;
  body: string;
  /** What is wrong with its signature; null where it is right. */
  refusal: string | null;
}

export interface Receiver {
  url: string;
  secret: string;
  /** Every call, those that were answered with a failure too. */
  calls: Call[];
  close(): Promise<void>;
}

/** @param fails whether to answer 503, asked at the first call with each id */
export async function openReceiver(fails: () => boolean): Promise<Receiver> {
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  const webhook = new Webhook(secret);
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('error', () => undefined);
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const id = String(request.headers['webhook-id']);
      const isFirst = !calls.some((call) => call.id === id);
      let refusal: string | null = null;
      let subjectId = '';
      try {
        webhook.verify(body, request.headers as Record<string, string>);
        ({ subjectId } = (JSON.parse(body) as { event: { subjectId: string } }).event);
      } catch (error) {
        refusal = String(error);
      }
      calls.push({ id, subjectId, body, refusal });
      response.writeHead(isFirst && fails() ? 503 : 204).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    secret,
    calls,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
