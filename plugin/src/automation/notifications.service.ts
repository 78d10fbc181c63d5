/** What rules and ladders tell an agent, or everybody of a role: kept until it was read. */
import { Injectable } from '@nestjs/common';
import { Commands, record, type Actor, type Command } from '../platform/commands.js';
import { Database } from '../platform/database.js';
import { forbidden, notFound } from '../platform/errors.js';
import type { Role } from '../platform/generated/graphql.js';
import type { Notification } from '../platform/generated/prisma/client.js';
import { uuidv7 } from '../platform/ids.js';

export interface NewNotification {
  agentIds: string[];
  roles: Role[];
  text: string;
  interactionId: string | null;
}

const MOST_SHOWN = 50;

@Injectable()
export class NotificationsService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
  ) {}

  async send(command: Command, { agentIds, roles, text, interactionId }: NewNotification): Promise<void> {
    const rows = [...agentIds.map((agentId) => ({ agentId, role: null })), ...roles.map((role) => ({ agentId: null, role }))].map((to) => ({
      ...to,
      id: uuidv7(),
      text,
      interactionId,
      createdAt: command.at,
    }));
    await command.tx.notification.createMany({ data: rows });
    // The text stays out of the log: it may speak of the customer.
    await record(
      command,
      rows.map(({ id, agentId, role }) => ({ type: 'notification.sent', subjectId: id, facts: { agentId, role, interactionId } })),
    );
  }

  /** Unread ones of the agent who asks, or of the caller's role, newest first. */
  unread(of: Pick<Actor, 'agentId' | 'role'>): Promise<Notification[]> {
    return this.database.prisma.notification.findMany({
      where: { ...addressee(of), readAt: null },
      orderBy: { id: 'desc' },
      take: MOST_SHOWN,
    });
  }

  /** Reading twice changes nothing. @throws PatchbayError FORBIDDEN for what was told to others */
  async markRead(actor: Actor, id: string): Promise<Notification> {
    await this.commands.run(actor, async (command) => {
      const notification = await command.tx.notification.findUnique({ where: { id } });
      if (!notification) throw notFound('notification', id);
      const { agentId, role, interactionId } = notification;
      const mine = addressee(actor);
      if (agentId !== mine.agentId || role !== mine.role) throw forbidden('This notification is for another agent or role.');
      const { count } = await command.tx.notification.updateMany({ where: { id, readAt: null }, data: { readAt: command.at } });
      if (count > 0) await record(command, [{ type: 'notification.read', subjectId: id, facts: { agentId, role, interactionId } }]);
    });
    return this.database.prisma.notification.findUniqueOrThrow({ where: { id } });
  }
}

const addressee = ({ agentId, role }: Pick<Actor, 'agentId' | 'role'>) => (agentId ? { agentId, role: null } : { agentId: null, role });
