/** Hands mails to the mail server that is set; the only way by which one leaves. */
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport, type SendMailOptions, type Transporter } from 'nodemailer';
import { CONFIG, type Config } from './config.js';

const CONNECT_MS = 10_000;
const SILENCE_MS = 30_000;

@Injectable()
export class Mailer implements OnApplicationShutdown {
  private readonly transport: Transporter | null;

  constructor(@Inject(CONFIG) { SMTP_URL }: Config) {
    this.transport =
      SMTP_URL === undefined
        ? null
        : createTransport({
            url: SMTP_URL,
            connectionTimeout: CONNECT_MS,
            greetingTimeout: CONNECT_MS,
            socketTimeout: SILENCE_MS,
            disableFileAccess: true,
            disableUrlAccess: true,
          });
  }

  /** Whether a mail server is set. */
  get isSet(): boolean {
    return this.transport !== null;
  }

  /**
   * @returns the addresses for which the mail server did not take it, though it did for others
   * @throws Error with the mail server's words, or why it was not reached; and where none is set
   */
  async send(mail: SendMailOptions): Promise<string[]> {
    if (!this.transport) throw new Error('No mail server is set.');
    const sent = (await this.transport.sendMail(mail)) as { rejected?: (string | { address: string })[] };
    return (sent.rejected ?? []).map((one) => (typeof one === 'string' ? one : one.address));
  }

  onApplicationShutdown(): void {
    this.transport?.close();
  }
}
