/**
 * Sends the mails that agents write. The event log says that there is a mail to send, and a job sends it. The mail leaves at least
 * once, and each attempt carries the same Message-ID, so that a mail server which took it twice can tell.
 */
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { ConsentsService } from '../consents/consents.service.js';
import { isOffered } from '../consents/unsubscribe-page.js';
import { UnsubscribeService } from '../consents/unsubscribe.service.js';
import { isMail } from '../interactions/correspondents.js';
import { mailIdOf } from '../interactions/mail-ids.js';
import { replySubject } from '../interactions/mail-subjects.js';
import { MessagesService } from '../interactions/messages.service.js';
import { TIMER, type Actor } from '../platform/commands.js';
import { kindOf } from '../platform/errors.js';
import { EventReaders } from '../platform/event-reader.js';
import type { Channel } from '../platform/generated/channels.js';
import { Jobs, type Attempt, type JobQueue } from '../platform/jobs.js';
import { Mailer } from '../platform/mailer.js';
import { said } from '../platform/told.js';
import { EntryPointsService } from '../queues/entry-points.service.js';
import { backoffMs, isFinal, threadHeaders } from './outgoing.js';

const ATTEMPTS = 8;
const CONCURRENCY = 4;
const PAGE = 500;
const MAILER: Actor = { ...TIMER, name: 'mail' };
/** Of what a mail server says. */
const MOST_SAID = 960;
const NO_SERVER = said('MAIL_NO_SERVER', 'No mail server is set: start the engine with SMTP_URL, and this goes out.');
const NO_MAILBOX = said(
  'MAIL_NO_MAILBOX',
  'Neither the interaction nor its queue has a mailbox to send from: create an entry point of the channel EMAIL.',
);

const NO_WAY_OUT = said(
  'MAIL_NO_UNSUBSCRIBE',
  'Offers and surveys leave with a link to unsubscribe: say at which https address people open this center, and start the engine with SECRET_KEY.',
);

@Injectable()
export class OutgoingService implements OnApplicationBootstrap {
  private readonly log = new Logger('mail');
  private queue: JobQueue<null> | null = null;
  /** Mails that the mail server has taken, but that are not recorded as sent yet: the next attempt only records them. */
  private readonly taken = new Set<string>();

  constructor(
    private readonly mailer: Mailer,
    private readonly jobs: Jobs,
    private readonly readers: EventReaders,
    private readonly messages: MessagesService,
    private readonly entryPoints: EntryPointsService,
    private readonly consents: ConsentsService,
    private readonly unsubscribe: UnsubscribeService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.mailer.isSet) {
      this.queue = await this.jobs.open<null>({
        name: 'mail-out',
        attempts: ATTEMPTS,
        concurrency: CONCURRENCY,
        backoffMs,
        handle: (attempt) => this.send(attempt),
      });
      await this.resume(this.queue);
    }
    await this.readers.start({
      name: 'mail-out',
      types: ['interaction.message_sent'],
      handle: async (events) => {
        const ids = events.flatMap(({ facts }) =>
          isMail({ channel: facts.channel as Channel }) && typeof facts.messageId === 'string' ? facts.messageId : [],
        );
        for (const id of ids) await (this.queue ? this.queue.add(id, null) : this.explain(id));
      },
    });
  }

  /** Mails that were written while there was no mail server, or whose jobs were lost with the backend of the jobs. */
  private async resume(queue: JobQueue<null>): Promise<void> {
    let after: string | undefined;
    for (;;) {
      const ids = await this.messages.pendingMails(PAGE, after);
      for (const id of ids) await queue.add(id, null);
      if (ids.length < PAGE) return;
      after = ids.at(-1);
    }
  }

  private async explain(id: string): Promise<void> {
    const message = await this.messages.withInteraction(id);
    if (message?.delivery === 'PENDING' && message.deliveryError !== NO_SERVER.text)
      await this.messages.delivered(MAILER, id, 'PENDING', { error: NO_SERVER });
  }

  private async send({ id, last }: Attempt<null>): Promise<void> {
    const message = await this.messages.withInteraction(id);
    if (message?.delivery !== 'PENDING' || !isMail(message.interaction)) {
      this.taken.delete(id);
      return;
    }
    if (!this.taken.has(id)) {
      const { interaction } = message;
      const mailbox = message.from ?? (await this.mailboxOf(interaction.queueId));
      if (!mailbox) return this.messages.delivered(MAILER, id, 'FAILED', { error: NO_MAILBOX });
      const own = message.messageId ?? mailIdOf(id, mailbox);
      const answered = await this.messages.lastReceived(interaction.id);
      const { inReplyTo, references } = threadHeaders(own, await this.messages.thread(interaction.id), answered?.messageId ?? null);
      const subject =
        answered || references.length > 0 ? replySubject(message.subject) : (message.subject ?? interaction.queue?.name ?? '');
      const { customerId, channel } = interaction;
      const addresses = [...message.to, ...message.cc];
      const error = await this.consents.whyNotNow({ channel, purpose: message.purpose, customerId, addresses });
      if (error) return this.messages.delivered(MAILER, id, 'FAILED', { error });
      const wayOut = isOffered(message.purpose)
        ? await this.unsubscribe.headersFor({ address: message.to[0]!, purpose: message.purpose })
        : {};
      if (!wayOut) return this.messages.delivered(MAILER, id, 'FAILED', { error: NO_WAY_OUT });
      let refusedFor: string[] = [];
      try {
        refusedFor = await this.mailer.send({
          messageId: own,
          from: { name: interaction.queue?.name ?? '', address: mailbox },
          to: message.to,
          cc: message.cc,
          subject,
          text: message.text,
          inReplyTo,
          references,
          // Some mail servers replace our Message-ID by one of their own: by this header the mail is still known as ours.
          headers: { ...wayOut, 'X-Patchbay': own, ...(message.automatic && { 'Auto-Submitted': 'auto-replied' }) },
        });
      } catch (error) {
        return this.failed(id, error, last);
      }
      // The other recipients have it already, and would get it twice.
      if (refusedFor.length > 0) {
        const delivery = message.to.every((address) => !refusedFor.includes(address)) ? 'SENT' : 'FAILED';
        const error = said('MAIL_REFUSED_FOR', `The mail server did not take it for ${refusedFor.join(', ')}.`, { recipients: refusedFor });
        return this.messages.delivered(MAILER, id, delivery, { error });
      }
      this.taken.add(id);
    }
    await this.messages.delivered(MAILER, id, 'SENT', {});
    this.taken.delete(id);
  }

  private async failed(id: string, error: unknown, last: boolean): Promise<void> {
    const words = (error instanceof Error ? error.message : String(error)).slice(0, MOST_SAID);
    const reason = said('MAIL_REFUSED', `The mail server did not take it: ${words}`, { words });
    if (isFinal(error) || last) {
      // The words of the mail server stay with the message and out of the log: they often name the recipient.
      this.log.warn(`The message ${id} is given up (${kindOf(error)}).`);
      return this.messages.delivered(MAILER, id, 'FAILED', { error: reason });
    }
    await this.messages.delivered(MAILER, id, 'PENDING', { error: reason });
    throw new Error(reason.text, { cause: error });
  }

  private async mailboxOf(queueId: string | null): Promise<string | null> {
    const boxes = await this.entryPoints.list();
    return boxes.find((box) => isMail(box) && box.queueId === queueId)?.address ?? null;
  }
}
