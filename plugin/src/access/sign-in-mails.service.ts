/** Mails people what lets them in: at the address that the center is known by, never at one that a request names. */
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../platform/config.js';
import { Database } from '../platform/database.js';
import { refused } from '../platform/errors.js';
import type { LinkMailProblem } from '../platform/generated/graphql.js';
import type { User } from '../platform/generated/prisma/client.js';
import { Mailer } from '../platform/mailer.js';
import type { NewLink } from './links.service.js';
import type { Provider } from './provider-claims.js';
import { languageIn, signInMail, type MailKind, type MailLanguage } from './sign-in-mails.js';

const SAID_LENGTH = 500;
const NO_ADDRESS = 'Say first at which address people open this center (updateSignInSettings): links that are mailed begin with it.';
const NO_SERVER = 'No mail server is set: start the engine with SMTP_URL. An administrator can give you a link for a new password.';

export interface MailOutcome {
  /** Null where it was mailed. */
  problem: LinkMailProblem | null;
  /** What the mail server said, or why it was not reached. */
  said: string | null;
}

@Injectable()
export class SignInMailsService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly mailer: Mailer,
  ) {}

  /** Whether links can be mailed. */
  async areOn(): Promise<boolean> {
    return this.mailer.isSet && (await this.settings()).center !== null;
  }

  /** @throws PatchbayError REFUSED that says what to set */
  async mustBeOn(): Promise<void> {
    if (!this.mailer.isSet) throw refused(NO_SERVER);
    if ((await this.settings()).center === null) throw refused(NO_ADDRESS);
  }

  /** @returns null where there is no mail server */
  async tryToSend(user: User, kind: MailKind, link: NewLink): Promise<MailOutcome | null> {
    if (!this.mailer.isSet) return null;
    if ((await this.settings()).center === null) return { problem: 'NO_ADDRESS', said: null };
    try {
      await this.send(user, kind, link);
      return { problem: null, said: null };
    } catch (error) {
      return { problem: 'NOT_TAKEN', said: (error instanceof Error ? error.message : String(error)).slice(0, SAID_LENGTH) };
    }
  }

  /**
   * @param language of the page from which the person asked
   * @throws Error with the mail server's words; PatchbayError REFUSED as `mustBeOn` does
   */
  async send(user: User, kind: MailKind, link: NewLink | null, language: MailLanguage | null = null): Promise<void> {
    const { center, provider } = await this.settings();
    if (center === null) throw refused(NO_ADDRESS);
    const spoken = language ?? languageIn(user.language ?? undefined) ?? (await this.centersLanguage());
    const facts = { name: user.name, center, provider: provider?.name ?? null };
    const mail = signInMail(kind, spoken, { ...facts, link: link && { address: `${center}${link.path}`, validHours: link.validHours } });
    const from = this.config.MAIL_FROM ?? `no-reply@${new URL(center).hostname}`;
    await this.mailer.send({
      ...mail,
      from: { name: 'Patchbay', address: from },
      to: { name: user.name, address: user.email },
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
  }

  private async settings(): Promise<{ center: string | null; provider: Provider | null }> {
    const { address, provider } = await this.database.prisma.signInSettings.findUniqueOrThrow({ where: { id: 1 } });
    return { center: address, provider: provider as Provider | null };
  }

  private async centersLanguage(): Promise<MailLanguage> {
    const { CENTER_LANGUAGE } = this.config;
    const connection = CENTER_LANGUAGE ? null : await this.database.prisma.crmConnection.findFirst({ select: { language: true } });
    return CENTER_LANGUAGE ?? languageIn(connection?.language ?? undefined) ?? 'en';
  }
}
