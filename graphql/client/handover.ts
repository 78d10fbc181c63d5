/** Subscriptions that outlive the WebSocket they began on: each is open on the next one before the last one is closed. */
import { ApolloLink, Observable } from '@apollo/client';

/** What carries subscriptions: a WebSocket with its token. */
export interface Carrier {
  link: Pick<ApolloLink, 'request'>;
  /** Its token is not taken any more: what runs on it waits for the next one. */
  refused(): boolean;
  dispose(): void;
}

/**
 * What a subscription's context may say: variables that change with what was already received, such as the number to go on
 * from. They count whenever it is begun on another WebSocket.
 */
export interface Onwards {
  onwards?: () => Record<string, unknown>;
}

/** How long the old carrier goes on beside the new one after that has said its first word; both say the same meanwhile. */
const OVERLAP_MS = 1_000;

interface Open {
  operation: ApolloLink.Operation;
  observer: { next(result: ApolloLink.Result): void; error(error: unknown): void; complete(): void };
  /** What this subscription runs on now, the newest last. */
  running: { carrier: Carrier; stop(): void }[];
}

export class HandoverLink extends ApolloLink {
  private readonly open = new Set<Open>();
  private readonly carriers: Carrier[];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(first: Carrier) {
    super();
    this.carriers = [first];
  }

  override request(operation: ApolloLink.Operation): Observable<ApolloLink.Result> {
    return new Observable<ApolloLink.Result>((observer) => {
      const subscription: Open = { operation, observer, running: [] };
      this.open.add(subscription);
      this.start(subscription, this.newest);
      return () => {
        this.open.delete(subscription);
        for (const { stop } of subscription.running) stop();
      };
    });
  }

  /** Starts every open subscription on `next` as well; once that answers, the older carriers are let go. */
  handOver(next: Carrier): void {
    this.carriers.push(next);
    for (const subscription of this.open) this.start(subscription, next);
    if (this.open.size === 0) this.retire();
  }

  close(): void {
    clearTimeout(this.timer);
    for (const carrier of this.carriers) carrier.dispose();
  }

  private get newest(): Carrier {
    return this.carriers[this.carriers.length - 1]!;
  }

  private start(subscription: Open, carrier: Carrier): void {
    if (carrier.refused()) return;
    const entry = { carrier, stop: () => undefined as void };
    subscription.running.push(entry);
    const superseded = (): boolean => carrier !== this.newest;
    const { operation } = subscription;
    const { onwards } = operation.getContext() as Onwards;
    if (onwards) operation.variables = { ...operation.variables, ...onwards() };
    const running = carrier.link.request(operation, () => {
      throw new Error('A carrier is the end of its chain.');
    })!;
    const handle = running.subscribe({
      next: (result) => {
        subscription.observer.next(result);
        if (!superseded() && this.carriers.length > 1) this.timer ??= setTimeout(() => this.retire(), OVERLAP_MS);
      },
      // What ends on an older carrier goes on on the newer one.
      error: (error) => {
        if (!superseded() && !carrier.refused()) subscription.observer.error(error);
      },
      complete: () => {
        if (!superseded()) subscription.observer.complete();
      },
    });
    entry.stop = () => handle.unsubscribe();
  }

  private retire(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const old = this.carriers.splice(0, this.carriers.length - 1);
    for (const subscription of this.open) {
      for (const { carrier, stop } of subscription.running) if (old.includes(carrier)) stop();
      subscription.running = subscription.running.filter(({ carrier }) => !old.includes(carrier));
    }
    for (const carrier of old) carrier.dispose();
  }
}
