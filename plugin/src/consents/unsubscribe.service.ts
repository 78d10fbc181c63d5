/** The way out of mails that nobody asked for: one press (RFC 8058). A link names one address and one purpose, and cannot be made up. */
import { Injectable } from '@nestjs/common';
import { SignInSettingsService } from '../access/sign-in-settings.service.js';
import { Commands, type Actor } from '../platform/commands.js';
import { PatchbayError } from '../platform/errors.js';
import { Seal } from '../platform/seal.js';
import { ConsentsService } from './consents.service.js';
import type { Offered } from './unsubscribe-page.js';

export interface Subscription {
  /** In the form in which it is kept. */
  address: string;
  purpose: Offered;
}

const PLACE = 'unsubscribe link';
const RECIPIENT: Actor = { kind: 'INTAKE', role: null, id: null, agentId: null, name: 'recipient' };

@Injectable()
export class UnsubscribeService {
  constructor(
    private readonly commands: Commands,
    private readonly consents: ConsentsService,
    private readonly settings: SignInSettingsService,
    private readonly seal: Seal,
  ) {}

  /** The headers of a mail; null where the engine has no key, or nobody has said at which https address people open this center. */
  async headersFor(subscription: Subscription): Promise<Record<string, string> | null> {
    const { address: center } = await this.settings.get();
    if (!center?.startsWith('https://') || !this.seal.isAble) return null;
    const link = `${center}/unsubscribe?t=${this.tokenFor(subscription)}`;
    return { 'List-Unsubscribe': `<${link}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
  }

  tokenFor({ address, purpose }: Subscription): string {
    return Buffer.from(this.seal.close(JSON.stringify([address, purpose]), PLACE)).toString('base64url');
  }

  /** What a link is about; null for one that is not ours, or not whole. */
  read(token: string): Subscription | null {
    try {
      const [address, purpose] = JSON.parse(this.seal.open(Buffer.from(token, 'base64url'), PLACE)) as [string, Offered];
      return { address, purpose };
    } catch (error) {
      if (error instanceof PatchbayError) return null;
      throw error;
    }
  }

  /** Said twice, it changes nothing. */
  async unsubscribe({ address, purpose }: Subscription): Promise<void> {
    await this.commands.run(RECIPIENT, (command) =>
      this.consents.bar(command, [{ customerId: null, identity: { kind: 'EMAIL', value: address } }], {
        channel: 'EMAIL',
        purposes: [purpose],
        reason: 'UNSUBSCRIBED',
      }),
    );
  }
}
