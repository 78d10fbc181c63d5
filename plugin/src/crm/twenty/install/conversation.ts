/**
 * Talks to Twenty's administration, with slower calls than the engine's, files among them. It waits with a countdown where a limit is
 * reached, and asks again where the server is away for a moment. Every call is one that may be repeated.
 */
import { setTimeout as passing } from 'node:timers/promises';
import { HostFailure } from '../../host.js';
import { readAnswer, type TwentyAddress, type TwentyEndpoint } from '../client.js';
import { failure, networkFailure, serverFailure } from './words.js';

/** The application is not in the workspace. */
export class NotInstalled extends HostFailure {}

/** Twenty refuses the manifest; `errors` are its own words. */
export class ManifestRefused extends HostFailure {
  constructor(
    message: string,
    readonly errors: unknown,
  ) {
    super('INVALID', message);
  }
}

export interface Patience {
  /** Called once a second during a wait, and with null when it is over. */
  waiting(words: string | null): void;
  sleep?(ms: number): Promise<void>;
}

export interface Call {
  endpoint?: TwentyEndpoint;
  variables?: Record<string, unknown>;
  /** Counts against the limit on changes of applications. */
  paced?: boolean;
  answerMs?: number;
  file?: { name: string; content: Uint8Array };
}

const ANSWER_MS = 30_000;
/** Twenty takes 30 calls in 30 s on an application; two are left for somebody else. */
const PACE = { calls: 28, withinMs: 30_000 };
const LIMIT_WAIT_MS = 10_000;
const LIMIT_WAITS = 18;
const RETRY_MS = [2_000, 4_000, 8_000];

interface Refusal {
  message?: string;
  extensions?: { code?: string; subCode?: string; errors?: unknown };
}

export class Conversation {
  private readonly paced: number[] = [];

  constructor(
    private readonly address: TwentyAddress,
    /** Null where a problem is to be seen at once. */
    private readonly patience: Patience | null,
  ) {}

  /** @throws HostFailure, NotInstalled, ManifestRefused */
  async ask<T>(query: string, call: Call = {}): Promise<T> {
    return this.patiently(call.paced ?? false, () => this.once<T>(query, call));
  }

  /** One page of the REST interface. */
  async get<T>(path: string): Promise<T> {
    return this.patiently(false, async () => {
      const { status, text } = await this.send(`rest/${path}`, {}, ANSWER_MS);
      if (status === 429) throw new HostFailure('LIMITED', 'Twenty takes no more calls for now.');
      if (status >= 400) throw new HostFailure('INVALID', `Twenty answered with ${status} to ${path}.`);
      return JSON.parse(text) as T;
    });
  }

  private async patiently<T>(paced: boolean, work: () => Promise<T>): Promise<T> {
    if (!this.patience) return work();
    for (let limits = 0, retries = 0; ;) {
      if (paced) await this.keepPace();
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof HostFailure)) throw error;
        if (error.kind === 'LIMITED' && limits < LIMIT_WAITS) {
          limits += 1;
          await this.wait("Twenty's limit on calls is reached; going on", LIMIT_WAIT_MS);
        } else if (error.kind === 'UNREACHABLE' && retries < RETRY_MS.length) {
          await this.wait(`${error.message.split('\n')[0]} Trying again`, RETRY_MS[retries] ?? 0);
          retries += 1;
        } else if (error.kind === 'LIMITED') {
          throw failure(
            'LIMITED',
            'Twenty has taken no more calls for three minutes.',
            'Another program uses up its limit. Try later, or let its operator raise API_RATE_LIMITING_SHORT_LIMIT and API_RATE_LIMITING_LONG_LIMIT.',
            error,
          );
        } else throw error;
      }
    }
  }

  /** One call without waiting or repeating, for a look whether something works. */
  async once<T>(query: string, { endpoint = 'metadata', variables = {}, answerMs = ANSWER_MS, file }: Call = {}): Promise<T> {
    const request: RequestInit = {
      method: 'POST',
      headers: file ? {} : { 'content-type': 'application/json' },
      body: file ? formOf(query, variables, file) : JSON.stringify({ query, variables }),
    };
    const { status, text } = await this.send(endpoint, request, answerMs);
    throwKnown(text);
    return readAnswer<T>({ status, text });
  }

  private async send(path: string, request: RequestInit, answerMs: number): Promise<{ status: number; text: string }> {
    const base = this.address.url.endsWith('/') ? this.address.url : `${this.address.url}/`;
    let status: number;
    let text: string;
    try {
      const response = await fetch(new URL(path, base), {
        ...request,
        headers: { ...request.headers, authorization: `Bearer ${this.address.token}` },
        // A redirect would carry the key to a different address.
        redirect: 'error',
        signal: AbortSignal.timeout(answerMs),
      });
      status = response.status;
      text = await response.text();
    } catch (error) {
      throw networkFailure(base, error);
    }
    if (status >= 500) throw serverFailure(base, status);
    return { status, text };
  }

  private async keepPace(): Promise<void> {
    const now = Date.now();
    while (this.paced.length > 0 && now - (this.paced[0] ?? 0) > PACE.withinMs) this.paced.shift();
    if (this.paced.length >= PACE.calls) {
      await this.wait('Twenty takes 30 of these calls in 30 s; going on', PACE.withinMs - (now - (this.paced[0] ?? 0)) + 100);
      this.paced.shift();
    }
    this.paced.push(Date.now());
  }

  private async wait(words: string, ms: number): Promise<void> {
    const sleep = this.patience?.sleep ?? ((time: number) => passing(time));
    for (let left = ms; left > 0; left -= 1_000) {
      this.patience?.waiting(`${words} in ${Math.ceil(left / 1_000)} s`);
      await sleep(Math.min(1_000, left));
    }
    this.patience?.waiting(null);
  }
}

/** Refusals that the installer treats by their kind and not as an error of the engine. */
function throwKnown(text: string): void {
  let refusal: Refusal | undefined;
  try {
    refusal = (JSON.parse(text) as { errors?: Refusal[] }).errors?.[0];
  } catch {
    return;
  }
  const { code = '', subCode = '', errors } = refusal?.extensions ?? {};
  const message = refusal?.message ?? '';
  if (subCode === 'APPLICATION_NOT_FOUND' || subCode === 'APP_NOT_INSTALLED') throw new NotInstalled('INVALID', message);
  if (code === 'METADATA_VALIDATION_FAILED') throw new ManifestRefused(message, errors);
  // Refusals of rights and of the limit on applications come through filters that do not know them, as internal errors.
  if (/not have permission/i.test(message)) throw new HostFailure('DENIED', message);
  if (/limit reached|too many requests|rate limit/i.test(message)) throw new HostFailure('LIMITED', message);
}

/** GraphQL's multipart request with one file. */
function formOf(query: string, variables: Record<string, unknown>, file: { name: string; content: Uint8Array }): FormData {
  const form = new FormData();
  form.append('operations', JSON.stringify({ query, variables: { ...variables, file: null } }));
  form.append('map', JSON.stringify({ 0: ['variables.file'] }));
  form.append('0', new Blob([new Uint8Array(file.content)]), file.name);
  return form;
}
