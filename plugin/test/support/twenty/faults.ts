/** How the contract server misbehaves: away, slow, behind a broken proxy, cut off in the middle of an answer. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export class FaultyListener {
  private server: Server;
  private readonly sockets = new Set<Socket>();
  private port = 0;
  private delayMs = 0;
  private refusal: number | null = null;
  private lost = 0;
  private held = 0;

  constructor(private readonly listener: RequestListener) {
    this.server = this.make();
  }

  private make(): Server {
    const server = createServer((request, response) => {
      if (this.refusal !== null) {
        response.writeHead(this.refusal, { 'content-type': 'text/html' });
        response.end(`<html><head><title>${this.refusal}</title></head><body><center><h1>${this.refusal}</h1></center></body></html>`);
        return;
      }
      if (this.delayMs === 0) return this.listener(request, response);
      this.held += 1;
      const settle = (isCut: boolean) => {
        clearTimeout(timer);
        request.socket.off('close', cut);
        this.held -= 1;
        if (!isCut) this.listener(request, response);
      };
      const cut = () => settle(true);
      const timer = setTimeout(() => settle(false), this.delayMs);
      request.socket.once('close', cut);
    });
    server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
    return server;
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve, reject) => this.server.once('error', reject).listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
    return `http://127.0.0.1:${this.port}`;
  }

  /** No longer there: connections are reset, new ones refused. */
  async down(): Promise<void> {
    if (!this.server.listening) return;
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.cut();
    await closed;
  }

  /** Back at the same address. */
  async up(): Promise<void> {
    if (this.server.listening) return;
    this.server = this.make();
    await this.start();
  }

  /** Every connection is cut at once; requests that wait for their turn are never carried out. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  /** How many requests stand and wait for their turn. */
  waiting(): number {
    return this.held;
  }

  slow(ms: number): void {
    this.delayMs = ms;
  }

  /** A status and a page in HTML for everything, as from a proxy; null ends it. */
  refuseAll(status: number | null): void {
    this.refusal = status;
  }

  /** The next so many requests are carried out, and their answers never arrive. */
  loseAnswers(count: number): void {
    this.lost = count;
  }

  /** Whether this answer is one of those. */
  isLost(): boolean {
    if (this.lost === 0) return false;
    this.lost -= 1;
    return true;
  }
}
