/** Queues: the rules by which work is handed out, who belongs to them, and what each channel weighs. */
import { Injectable } from '@nestjs/common';
import type { Part } from '../platform/bounds.js';
import { Commands, type Actor, type Command } from '../platform/commands.js';
import { absent, recordChange, watch } from '../platform/record-change.js';
import { channelState, memberState, queueState } from '../platform/record-states.sql.js';
import { Database, type Tx } from '../platform/database.js';
import { forbidden, invalid, notFound, refused } from '../platform/errors.js';
import type {
  Channel,
  CreateQueueInput,
  NameTranslation,
  OpeningHours,
  OverflowInput,
  QueryQueuesArgs,
  RemoveQueueMemberInput,
  SetQueueMemberInput,
  UpdateChannelSettingsInput,
  UpdateQueueInput,
} from '../platform/generated/graphql.js';
import { Prisma, type ChannelSettings, type Queue, type QueueMember, type QueueSkill } from '../platform/generated/prisma/client.js';
import { once } from '../platform/idempotency.js';
import { withoutNulls } from '../platform/input.js';
import { asModel } from '../platform/models.js';
import { following, ordered, page, type Connection } from '../platform/paging.js';
import { nameTranslations, translationHas } from '../platform/translations.js';
import { CalendarsService } from '../sla/calendars.service.js';
import { PoliciesService } from '../sla/policies.service.js';
import { defaultsOf } from './channel-defaults.js';
import { checkHours, isOpen } from './hours.js';
import { strictest } from './requirements.js';
import { queueWrapUps, wrapUpRule } from './wrap-up.js';

export type QueueRow = Queue & {
  translations: NameTranslation[];
  relaxation: { afterSeconds: number; levelDrop: number }[];
  hours: OpeningHours | null;
};
export type QueueWithSkills = QueueRow & {
  skills: QueueSkill[];
  /** By its calendar, or the hours of its own; null for always. */
  openAt: ((at: number) => boolean) | null;
  /** What its policy promises in general; null where it promises nothing. */
  acceptTargetSeconds: number | null;
};

const LEAST_OFFER_SECONDS = 5;
const LEAST_PAUSE_SECONDS = 10;
const MOST_PER_AGENT = 1_000;

@Injectable()
export class QueuesService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly policies: PoliciesService,
    private readonly calendars: CalendarsService,
  ) {}

  async get(id: string): Promise<QueueRow> {
    const queue = await this.database.prisma.queue.findUnique({ where: { id } });
    if (!queue) throw notFound('queue', id);
    return queue as QueueRow;
  }

  async ids(): Promise<string[]> {
    return (await this.database.prisma.queue.findMany({ select: { id: true } })).map(({ id }) => id);
  }

  async byIds(ids: string[]): Promise<QueueRow[]> {
    return (await this.database.prisma.queue.findMany({ where: { id: { in: ids } } })) as QueueRow[];
  }

  async list(
    { filter, sort, first, after }: QueryQueuesArgs,
    part: Part | null = null,
  ): Promise<Connection<QueueRow> & { totalCount: number }> {
    const where = {
      ...(part && { id: { in: [...part.servedQueueIds] } }),
      ...(filter?.active != null && { active: filter.active }),
      ...(filter?.department && { department: filter.department }),
      ...(filter?.search && {
        OR: [
          { name: { contains: filter.search, mode: 'insensitive' as const } },
          { department: { contains: filter.search, mode: 'insensitive' as const } },
          { id: { in: await this.translatedAs(filter.search) } },
        ],
      }),
    };
    const [rows, totalCount] = await Promise.all([
      this.database.prisma.queue.findMany({ where, ...following(after), orderBy: ordered(sort), take: first + 1 }),
      this.database.prisma.queue.count({ where }),
    ]);
    return { ...page(rows as QueueRow[], first, ({ id }) => id), totalCount };
  }

  /** The queues that are called so in another language. */
  private async translatedAs(text: string): Promise<string[]> {
    const rows = await this.database.prisma.$queryRaw<{ id: string }[]>(
      Prisma.sql`SELECT id::text FROM queues WHERE ${translationHas(Prisma.sql`translations`, text)}`,
    );
    return rows.map(({ id }) => id);
  }

  /** For the router: these queues, or all of them, with their skills and promises. */
  async facts(tx: Tx, ids: string[] | null): Promise<QueueWithSkills[]> {
    const queues = (await tx.queue.findMany({ where: ids ? { id: { in: ids } } : {} })) as QueueRow[];
    const skills = await tx.queueSkill.findMany({ where: ids ? { queueId: { in: ids } } : {} });
    const policies = await this.policies.byIds([...new Set(queues.flatMap(({ slaPolicyId }) => slaPolicyId ?? []))], tx);
    const calendars = await this.calendars.current(
      tx,
      queues.flatMap(({ calendarId }) => calendarId ?? []),
    );
    const openAt = ({ calendarId, hours }: QueueRow): QueueWithSkills['openAt'] => {
      const calendar = calendarId === null ? undefined : calendars.get(calendarId);
      if (calendar) return (at) => calendar.isOpen(at);
      return hours && ((at) => isOpen(hours, at));
    };
    return queues.map((queue) => ({
      ...queue,
      openAt: openAt(queue),
      skills: skills.filter(({ queueId }) => queueId === queue.id),
      acceptTargetSeconds:
        policies.find(({ id }) => id === queue.slaPolicyId)?.milestones.find(({ kind }) => kind === 'TIME_TO_ACCEPT')?.targetSeconds ??
        null,
    }));
  }

  skillsOf(queueIds: string[]): Promise<QueueSkill[]> {
    return this.database.prisma.queueSkill.findMany({ where: { queueId: { in: queueIds } } });
  }

  membersOf(queueIds: string[]): Promise<QueueMember[]> {
    return this.database.prisma.queueMember.findMany({
      where: { queueId: { in: queueIds } },
      orderBy: [{ level: 'asc' }, { agentId: 'asc' }],
    });
  }

  membersByIds(ids: string[]): Promise<QueueMember[]> {
    return this.database.prisma.queueMember.findMany({ where: { id: { in: ids } } });
  }

  channelSettings(tx: Tx = this.database.prisma): Promise<ChannelSettings[]> {
    return tx.channelSettings.findMany({ orderBy: { channel: 'asc' } });
  }

  async create(actor: Actor, input: CreateQueueInput): Promise<QueueRow> {
    const { idempotencyKey: _, translations, skills, overflow, hours, wrapUp, ...rest } = input;
    check(input);
    const { id } = await this.commands.run(actor, (command) =>
      once(command, 'createQueue', input, async (queueId) => {
        await command.tx.queue.create({
          data: {
            ...rest,
            id: queueId,
            translations: nameTranslations(translations ?? []),
            relaxation: sorted(input.relaxation),
            hours: hours ? checkHours(hours) : Prisma.DbNull,
            wrapUp: queueWrapUps(wrapUp),
            ...columns(overflow),
            skills: { create: strictest(skills) },
          },
        });
        await recordChange(command, absent(queueState(queueId)), {
          type: 'queue.created',
          subjectId: queueId,
          facts: { name: input.name },
        });
      }),
    );
    return this.get(id);
  }

  async update(actor: Actor, input: UpdateQueueInput): Promise<QueueRow> {
    const { id, translations, skills, overflow, hours, calendarId, relaxation, slaPolicyId, maxPerAgent, wrapUp, ...rest } = input;
    const asked = Object.entries(input)
      .filter(([name, value]) => name !== 'id' && value !== undefined)
      .map(([name]) => name);
    if (actor.role === 'SUPERVISOR' && asked.some((name) => name !== 'priority' && name !== 'strategy')) {
      throw forbidden("A supervisor may change a queue's priority and strategy; ask an administrator for the rest.");
    }
    check(input);
    await this.commands.run(actor, async (command) => {
      const { tx } = command;
      if (!(await tx.queue.findUnique({ where: { id } }))) throw notFound('queue', id);
      if (input.active === false) {
        // Whatever is on its way into the queue is counted, and what comes later is refused.
        await tx.$queryRaw(Prisma.sql`SELECT FROM queues WHERE id = ${id}::uuid FOR UPDATE`);
        const waiting = await tx.interaction.count({ where: { queueId: id, state: { notIn: ['CLOSED', 'ABANDONED'] } } });
        if (waiting > 0) throw refused(`${waiting} interactions are still open in this queue; transfer or close them first.`, { waiting });
      }
      const before = await watch(command, queueState(id));
      await tx.queue.update({
        where: { id },
        data: {
          ...withoutNulls(rest),
          ...(translations && { translations: nameTranslations(translations) }),
          ...(relaxation && { relaxation: sorted(relaxation) }),
          // One takes the place of the other.
          ...(hours !== undefined && { hours: hours ? checkHours(hours) : Prisma.DbNull, ...(hours && { calendarId: null }) }),
          ...(calendarId !== undefined && { calendarId, ...(calendarId !== null && { hours: Prisma.DbNull }) }),
          ...(overflow !== undefined && columns(overflow)),
          ...(slaPolicyId !== undefined && { slaPolicyId }),
          ...(maxPerAgent !== undefined && { maxPerAgent }),
          ...(wrapUp && { wrapUp: queueWrapUps(wrapUp) }),
        },
      });
      if (skills) {
        await tx.queueSkill.deleteMany({ where: { queueId: id } });
        await tx.queueSkill.createMany({ data: strictest(skills).map((skill) => ({ ...skill, queueId: id })) });
      }
      await recordChange(command, before, { type: 'queue.updated', subjectId: id, facts: { changed: asked } });
    });
    return this.get(id);
  }

  async setMember(actor: Actor, { queueId, agentId, level }: SetQueueMemberInput): Promise<QueueRow> {
    await this.commands.run(actor, async (command) => {
      const before = await watch(command, memberState(queueId, agentId));
      const { id } = await command.tx.queueMember.upsert({
        where: { queueId_agentId: { queueId, agentId } },
        create: { queueId, agentId, level },
        update: { level },
      });
      await recordChange(command, before, { type: 'queue.member_set', subjectId: queueId, facts: { memberId: id, agentId, level } });
    });
    return this.get(queueId);
  }

  /** Removing an agent who is no member changes nothing. */
  async removeMember(actor: Actor, { queueId, agentId }: RemoveQueueMemberInput): Promise<QueueRow> {
    const queue = await this.get(queueId);
    await this.commands.run(actor, async (command) => {
      const where = { queueId_agentId: { queueId, agentId } };
      const member = await command.tx.queueMember.findUnique({ where });
      if (!member) return;
      const before = await watch(command, memberState(queueId, agentId));
      await command.tx.queueMember.delete({ where });
      await recordChange(command, before, { type: 'queue.member_removed', subjectId: queueId, facts: { memberId: member.id, agentId } });
    });
    return queue;
  }

  async updateChannel(actor: Actor, { channel, wrapUp, ...input }: UpdateChannelSettingsInput): Promise<ChannelSettings> {
    return this.commands.run(actor, async (command) => {
      const before = await watch(command, channelState(channel));
      const settings = await command.tx.channelSettings.update({
        where: { channel },
        data: { ...withoutNulls(input), ...(wrapUp && { wrapUp: wrapUpRule(wrapUp) }) },
      });
      if (settings.waitingWeight > settings.weight) {
        throw invalid('waitingWeight', 'Work that waits for the customer cannot weigh more than work in hand.');
      }
      // A channel has no id of its own; its settings are one record for the log.
      await recordChange(command, before, { type: 'channel.updated', subjectId: CHANNELS_SUBJECT, facts: { channel } });
      return settings;
    });
  }

  async resetChannel(actor: Actor, channel: Channel): Promise<ChannelSettings> {
    return this.commands.run(actor, async (command) => {
      const before = await watch(command, channelState(channel));
      const settings = await command.tx.channelSettings.update({ where: { channel }, data: defaultsOf(channel) });
      await recordChange(command, before, { type: 'channel.updated', subjectId: CHANNELS_SUBJECT, facts: { channel } });
      return settings;
    });
  }

  /**
   * The queue, which stays usable until the command ends.
   *
   * @throws PatchbayError when there is no such queue or it takes no work
   */
  async usable(command: Command, id: string): Promise<QueueRow> {
    const [row] = await command.tx.$queryRaw<object[]>(Prisma.sql`SELECT * FROM queues WHERE id = ${id}::uuid FOR SHARE`);
    if (!row) throw notFound('queue', id);
    return takesWork(asModel<QueueRow>(row));
  }
}

/** @throws PatchbayError where it does not */
export function takesWork(queue: QueueRow): QueueRow {
  if (!queue.active) throw refused(`The queue ${queue.name} takes no new work.`);
  return queue;
}

/** The subject of events about channel settings, which belong to the contact center as a whole. */
export const CHANNELS_SUBJECT = '00000000-0000-7000-8000-000000000000';

function check(input: Partial<CreateQueueInput | UpdateQueueInput>): void {
  if (input.hours && input.calendarId) throw invalid('calendarId', 'A queue has a calendar or hours of its own; leave one of the two out.');
  if (input.offerTimeoutSeconds != null && input.offerTimeoutSeconds < LEAST_OFFER_SECONDS) {
    throw invalid('offerTimeoutSeconds', `An offer rings at least ${LEAST_OFFER_SECONDS} seconds.`);
  }
  if (input.askAgainAfterSeconds != null && input.askAgainAfterSeconds < LEAST_PAUSE_SECONDS) {
    throw invalid('askAgainAfterSeconds', `An agent who declined is asked again after ${LEAST_PAUSE_SECONDS} seconds at the earliest.`);
  }
  if (input.maxPerAgent != null && (input.maxPerAgent < 1 || input.maxPerAgent > MOST_PER_AGENT)) {
    throw invalid('maxPerAgent', `A cap is from 1 to ${MOST_PER_AGENT} interactions at once; give null for no cap.`);
  }
  if (input.overflow && input.overflow.afterSeconds < 1) throw invalid('overflow.afterSeconds', 'Overflow comes after at least 1 second.');
  if (input.overflow && 'id' in input && input.overflow.queueId === input.id)
    throw invalid('overflow.queueId', 'A queue cannot overflow into itself.');
  if ((input.relaxation?.length ?? 0) > 20 || (input.levelDelaySeconds?.length ?? 0) > 9 || (input.skills?.length ?? 0) > 50) {
    throw invalid('relaxation', 'At most 20 relaxation steps, 9 level delays and 50 skills.');
  }
}

const sorted = (steps: CreateQueueInput['relaxation']) =>
  steps.map(({ afterSeconds, levelDrop }) => ({ afterSeconds, levelDrop })).sort((a, b) => a.afterSeconds - b.afterSeconds);

const columns = (overflow: OverflowInput | null | undefined) => ({
  overflowAfterSeconds: overflow?.afterSeconds ?? null,
  overflowQueueId: overflow?.queueId ?? null,
});
