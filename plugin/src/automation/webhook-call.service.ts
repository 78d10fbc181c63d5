/** One call of a webhook over HTTP, and what its answer means. Connects only to addresses that were checked. */
import { lookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { CONFIG, type Config } from '../platform/config.js';
import { said } from '../platform/told.js';
import { readAllowed, refusalOfAddress, refusalOfUrl, type Allowed } from './webhook-address.js';
import { judge, judgeFailure, type Verdict } from './webhook-answer.js';

const ANSWER_MS = 10_000;
/** More of an answer is not waited for: nobody reads it. */
const ANSWER_BYTES = 64 * 1_024;

class RefusedAddress extends Error {}

@Injectable()
export class WebhookCaller {
  protected readonly answerMs: number = ANSWER_MS;
  private readonly allowed: Allowed;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly clock: Clock,
  ) {
    this.allowed = readAllowed(config.WEBHOOK_ALLOW);
  }

  /** Never throws: what went wrong is the verdict. */
  async post(url: string, headers: Record<string, string>, body: string): Promise<Verdict> {
    const refused = refusalOfUrl(url, this.allowed);
    if (refused) return { outcome: 'failed', status: null, error: said('WEBHOOK_URL_REFUSED', refused, { message: refused }) };
    const { hostname } = new URL(url);
    try {
      const { statusCode = 0, headers: answered } = await this.exchange(new URL(url), headers, body);
      return judge(statusCode, answered['retry-after'], this.clock.now().getTime());
    } catch (error) {
      if (error instanceof RefusedAddress)
        return { outcome: 'failed', status: null, error: said('WEBHOOK_ADDRESS_REFUSED', error.message, { host: hostname }) };
      return judgeFailure(hostname, error, this.answerMs);
    }
  }

  /** How a name is looked up; what it gives is checked afterwards. */
  protected find(hostname: string, options: LookupOptions & { all: true }, done: Found): void {
    lookup(hostname, options, done);
  }

  private exchange(url: URL, headers: Record<string, string>, body: string): Promise<IncomingMessage> {
    const request = url.protocol === 'https:' ? requestHttps : requestHttp;
    // One clock for all of it: the look-up, the connection, the answer's head and its body.
    const signal = AbortSignal.timeout(this.answerMs);
    return new Promise((resolve, reject) => {
      const call = request(url, {
        method: 'POST',
        // A connection of its own, closed afterwards: each one is checked.
        agent: false,
        lookup: this.checked(url.hostname),
        signal,
        headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      });
      let answer: IncomingMessage | undefined;
      // The head has said it all: a body that breaks off or never ends changes nothing.
      const end = (error: Error): void => (answer ? resolve(answer) : reject(error));
      call.on('error', end);
      // Such as an answer that would switch to another protocol.
      call.on('close', () => end(new Error('The connection was closed.')));
      call.on('response', (response) => {
        answer = response;
        let bytes = 0;
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > ANSWER_BYTES) call.destroy();
        });
        response.on('error', end);
      });
      call.end(body);
    });
  }

  /**
   * Looks the name up for the connection itself and checks what it finds: a name that is looked up once to be checked and
   * once more to be connected to can be another address by then.
   */
  private checked(host: string): LookupFunction {
    return (hostname, options, done) => {
      this.find(hostname, { ...options, all: true }, (error, found) => {
        if (error) return done(error, '', 0);
        const refused = found.map(({ address }) => refusalOfAddress(address, host, this.allowed)).find((reason) => reason !== null);
        if (refused) return done(new RefusedAddress(refused), '', 0);
        const [first] = found;
        if (!first) return done(Object.assign(new Error('The name has no address.'), { code: 'ENOTFOUND' }), '', 0);
        return options.all ? done(null, found) : done(null, first.address, first.family);
      });
    };
  }
}

type Found = (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void;
