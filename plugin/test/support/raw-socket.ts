/** A WebSocket without a client library: says what a test wants said, right or wrong. */
import { WebSocket } from 'ws';

export interface ProtocolMessage {
  type: string;
  id?: string;
  payload?: unknown;
}

const ANSWER_MS = 10_000;

export class RawSocket {
  /** What came and was not asked for yet. */
  readonly received: ProtocolMessage[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;
  private wake: () => void = () => undefined;

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => {
      this.received.push(JSON.parse(data.toString()) as ProtocolMessage);
      this.wake();
    });
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) =>
      socket.once('close', (code, reason) => {
        resolve({ code, reason: reason.toString() });
        this.wake();
      }),
    );
  }

  /** Connected, and nothing said yet. @throws Error when the handshake is refused */
  static async open(url: string, headers: Record<string, string> = {}): Promise<RawSocket> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers });
    const raw = new RawSocket(socket);
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    return raw;
  }

  /** @throws Error when the engine closes it */
  static async signedIn(url: string, token: string, headers: Record<string, string> = {}): Promise<RawSocket> {
    const raw = await RawSocket.open(url, headers);
    raw.say({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
    await raw.next(({ type }) => type === 'connection_ack');
    return raw;
  }

  say(message: unknown): void {
    this.raw(JSON.stringify(message));
  }

  raw(data: string | Buffer): void {
    this.socket.send(data, () => undefined);
  }

  /** The next message that fits, those before it dropped. @throws Error when the socket closes first, or none comes */
  async next(fits: (message: ProtocolMessage) => boolean): Promise<ProtocolMessage> {
    const deadline = Date.now() + ANSWER_MS;
    for (;;) {
      for (let message = this.received.shift(); message; message = this.received.shift()) if (fits(message)) return message;
      if (this.socket.readyState >= WebSocket.CLOSING) throw new Error(`closed: ${JSON.stringify(await this.closed)}`);
      const left = deadline - Date.now();
      if (left <= 0) throw new Error('The engine did not answer.');
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  close(): void {
    this.socket.close();
  }
}
