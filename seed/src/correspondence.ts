/** What was written in a past contact, message by message. Pure. */
import type { AgentRecord } from './contact-center.js';
import type { InteractionRecord, MessageRecord } from './history-records.js';
import { channels, type Channel } from './generated/channels.js';
import { COMPANY_DOMAIN } from './organisation.js';
import type { Random } from './random.js';
import { agentLetter, customerLetter, fill, TEXTS, type Facts, type Language, type Topic } from './texts.js';
import { uuidV7 } from './uuid.js';

/** Whether a contact on the channel has messages. */
export const isWritten = (channel: Channel): boolean => ['MESSAGES', 'LETTERS'].includes(channels[channel].conversation);

/** One thing said. `share` is how far through the contact, 0 (its opening) to 1 (its end). */
interface Line {
  by: 'customer' | 'agent';
  share: number;
  text: string;
}

export interface Conversation {
  interaction: InteractionRecord;
  agent: AgentRecord;
  customerName: string;
  language: Language;
  topic: Topic;
  facts: Facts;
  /** The agent had to ask before the answer could be given. */
  asked: boolean;
}

/** The messages of a contact in writing that has ended, oldest first. */
export function correspondence(random: Random, conversation: Conversation): MessageRecord[] {
  const { interaction, agent } = conversation;
  const { createdAt, entryAddress, customerAddress, subject } = interaction;
  const acceptedAt = interaction.acceptedAt ?? createdAt;
  const endedAt = interaction.endedAt ?? acceptedAt;
  const messages: MessageRecord[] = [];
  for (const { by, share, text } of lines(random, conversation)) {
    const at = by === 'customer' && share === 0 ? createdAt : Math.round(acceptedAt + (endedAt - acceptedAt) * share);
    const message = messageOf(random, interaction, at, {
      direction: by === 'customer' ? 'INBOUND' : 'OUTBOUND',
      internal: false,
      authorId: by === 'agent' ? agent.id : null,
      text,
    });
    const previous = messages.at(-1);
    const [from, to] = by === 'customer' ? [customerAddress, entryAddress] : [entryAddress, customerAddress];
    messages.push(
      channels[interaction.channel].address === 'MAIL'
        ? {
            ...message,
            from,
            to: to === null ? [] : [to],
            subject: previous ? `Re: ${subject}` : subject,
            messageId: `<${message.id}@${from?.split('@')[1] ?? COMPANY_DOMAIN}>`,
            inReplyTo: previous?.messageId ?? null,
          }
        : message,
    );
  }
  return messages;
}

/** A note for colleagues. */
export function noteOf(random: Random, interaction: InteractionRecord, at: number, authorId: string, text: string): MessageRecord {
  return messageOf(random, interaction, at, { direction: 'OUTBOUND', internal: true, authorId, text });
}

function lines(random: Random, { interaction, agent, customerName, language, topic, facts, asked }: Conversation): Line[] {
  const texts = TEXTS[language];
  const { requests, reply, chat } = texts.topics[topic];
  const customer = (share: number, template: string): Line => ({
    by: 'customer',
    share,
    text: customerLetter(language, fill(template, facts), customerName),
  });
  const answer = (share: number, template: string): Line => ({
    by: 'agent',
    share,
    text: agentLetter(language, fill(template, facts), agent.name),
  });
  const { conversation, live } = channels[interaction.channel];
  if (conversation === 'LETTERS') {
    return [
      customer(0, random.pick(requests)),
      ...(asked ? [answer(0.3, random.pick(texts.questions)), customer(0.7, random.pick(texts.customerAnswers))] : []),
      answer(0.98, reply),
    ];
  }
  if (live) {
    return chat.map((line, index) => ({
      by: index % 2 === 0 ? 'customer' : 'agent',
      share: index / chat.length,
      text: fill(line, facts),
    }));
  }
  return [
    { by: 'customer', share: 0, text: fill(chat[0], facts) },
    { by: 'agent', share: 0.9, text: fill(chat[1], facts) },
  ];
}

function messageOf(
  random: Random,
  { id }: InteractionRecord,
  at: number,
  said: Pick<MessageRecord, 'direction' | 'internal' | 'authorId' | 'text'>,
): MessageRecord {
  return {
    id: uuidV7(random, at),
    interactionId: id,
    from: null,
    to: [],
    subject: null,
    messageId: null,
    inReplyTo: null,
    delivery: said.direction === 'OUTBOUND' && !said.internal ? 'SENT' : 'NONE',
    createdAt: at,
    ...said,
  };
}
