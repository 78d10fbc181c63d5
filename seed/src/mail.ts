/** Customers' letters as real mail, handed to the engine's own listener. */
import { createTransport, type Transporter } from 'nodemailer';

export interface Letter {
  from: { name: string; address: string };
  to: string;
  subject: string;
  text: string;
  /** Unique, without angle brackets; becomes the Message-ID. */
  id: string;
}

export class Post {
  private readonly transport: Transporter;

  /** @param port of the engine's SMTP listener on this machine */
  constructor(port: number) {
    this.transport = createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true, pool: true, maxConnections: 2 });
  }

  /** True when the listener has taken the letter. */
  async deliver({ from, to, subject, text, id }: Letter): Promise<boolean> {
    try {
      await this.transport.sendMail({ from, to, subject, text, messageId: `<${id}@${from.address.split('@')[1] ?? 'mail.example'}>` });
      return true;
    } catch {
      return false;
    }
  }

  close(): void {
    this.transport.close();
  }
}
