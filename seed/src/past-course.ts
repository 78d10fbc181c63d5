/** What became of a past contact: from its opening to its end, or, for an open case, to where it stands. Pure. */
import type { AgentRecord } from './contact-center.js';
import { correspondence, noteOf, isWritten } from './correspondence.js';
import { addressOf } from './customers.js';
import { drawDisposition, drawEffort } from './handling.js';
import type { HistoryBatch, InteractionRecord } from './history-records.js';
import type { Contact, PastContacts, Sequel } from './past-contacts.js';
import type { Random } from './random.js';
import { drawFacts, fill, TEXTS, type Facts } from './texts.js';
import { channels } from './generated/channels.js';
import { uuidV7 } from './uuid.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Adds a contact that has ended to the batch; the answer is what it leads to later. */
export function addEnded(random: Random, past: PastContacts, contact: Contact, createdAt: number, batch: HistoryBatch): Sequel | null {
  const { customer, language, topic, entry } = contact;
  const { channel } = entry;
  const { live, conversation } = channels[channel];
  const spoken = conversation === 'SPOKEN';
  const facts = factsOf(random, contact, createdAt);
  const interaction = opened(random, contact, createdAt, facts);
  batch.interactions.push(interaction);

  const waitMs = SECOND * (live ? random.logNormal(14, 1) : random.logNormal(2_400, 0.9));
  if (live && random.chance(0.05)) {
    interaction.state = 'ABANDONED';
    interaction.closedAt = createdAt + Math.round(waitMs * 2) + 5 * SECOND;
    return random.chance(0.4) ? { notBefore: createdAt + 10 * MINUTE, customer, topic, parentId: null } : null;
  }

  const agent = past.agent(contact);
  const { workSeconds, wrapSeconds } = drawEffort(random, channel, topic);
  const written = isWritten(channel);
  const asked = written && !live && random.chance(0.2);
  const questionMs = asked ? Math.min(3 * HOUR, SECOND * random.logNormal(1_500, 0.8)) : 0;
  interaction.state = 'CLOSED';
  interaction.agentId = agent.id;
  interaction.acceptedAt = createdAt + Math.round(Math.min(waitMs, 5 * HOUR));
  interaction.endedAt = interaction.acceptedAt + Math.round(SECOND * workSeconds + questionMs);
  interaction.closedAt = interaction.endedAt + Math.round(SECOND * wrapSeconds);
  interaction.dispositionId = past.dispositionId(drawDisposition(random, topic, channel));
  interaction.dispositionNote = fill(random.pick(TEXTS[language].topics[topic].notes), facts);
  interaction.transferCount = spoken && random.chance(0.05) ? 1 : 0;
  if (written)
    batch.messages.push(...correspondence(random, { interaction, agent, customerName: customer.name, language, topic, facts, asked }));

  if (spoken && random.chance(0.05)) return { notBefore: interaction.closedAt, customer, topic, parentId: interaction.id };
  return random.chance(0.12)
    ? { notBefore: interaction.closedAt + Math.round(random.logNormal(2 * DAY, 0.7)), customer, topic, parentId: null }
    : null;
}

/** Adds a case that is still open: with `agent`, or waiting in its queue where that is null. */
export function addOpen(
  random: Random,
  contact: Contact,
  createdAt: number,
  agent: AgentRecord | null,
  state: 'ACTIVE' | 'WAITING_FOR_CUSTOMER',
  batch: HistoryBatch,
): void {
  const facts = factsOf(random, contact, createdAt);
  const interaction = opened(random, contact, createdAt, facts);
  batch.interactions.push(interaction);
  if (!agent) return;
  interaction.acceptedAt = createdAt + random.int(5, 55) * MINUTE;
  interaction.agentId = agent.id;
  interaction.state = state;
  const notedAt = interaction.acceptedAt + random.int(4, 20) * MINUTE;
  batch.messages.push(noteOf(random, interaction, notedAt, agent.id, fill(random.pick(TEXTS[contact.language].caseReasons), facts)));
}

function factsOf(random: Random, { language, place }: Contact, at: number): Facts {
  const facts = drawFacts(random, language, at);
  return place === null ? facts : { ...facts, place };
}

function opened(
  random: Random,
  { customer, language, topic, entry, queueId, place, parentId }: Contact,
  createdAt: number,
  facts: Facts,
): InteractionRecord {
  const { channel } = entry;
  const texts = TEXTS[language].topics[topic];
  const subject = random.pick(texts.subjects);
  const description = isWritten(channel)
    ? null
    : fill(channels[channel].conversation === 'SPOKEN' ? texts.chat[0] : random.pick(texts.requests), facts);
  return {
    id: uuidV7(random, createdAt),
    channel,
    direction: 'INBOUND',
    state: 'QUEUED',
    subject: place === null ? subject : `${subject} · ${place}`,
    description,
    priority: Math.min(100, (entry.priority ?? 50) + (customer.tier === 'VIP' ? 20 : 0)),
    skills: entry.skills,
    queueId,
    agentId: null,
    customerId: customer.id,
    parentId,
    customerAddress: addressOf(customer, channel),
    entryAddress: parentId === null ? entry.address : null,
    createdAt,
    queuedAt: createdAt,
    acceptedAt: null,
    endedAt: null,
    closedAt: null,
    dispositionId: null,
    dispositionNote: null,
    transferCount: 0,
  };
}
