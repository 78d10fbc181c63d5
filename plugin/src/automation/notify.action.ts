/** Shows agents, or everybody of a role, a text from a Liquid template until they have read it. */
import { z } from 'zod';
import type { Command } from '../platform/commands.js';
import { said, told, type Said } from '../platform/told.js';
import { reference, shown, text, type Action, type Effect, type Names, type Occasion } from './rule-action.js';
import { NotificationsService } from './notifications.service.js';
import { RuleAction } from './rule-action.decorator.js';
import { render } from './templates.js';

const settings = z
  .strictObject({
    agents: z.array(reference('agent')).max(50).default([]),
    roles: z
      .array(z.enum(['ADMIN', 'SUPERVISOR']))
      .max(2)
      .default([]),
    text: text(),
  })
  .refine(({ agents, roles }) => agents.length + roles.length > 0, 'Name at least one agent or role to tell');
type Settings = z.infer<typeof settings>;

@RuleAction()
export class NotifyAction implements Action<Settings> {
  readonly type = 'notify';
  readonly title = 'Tell somebody';
  readonly description = 'Shows agents, or everybody of a role, a text from a Liquid template until they have read it.';
  readonly settings = settings;
  readonly needsInteraction = false;

  constructor(private readonly notifications: NotificationsService) {}

  summary(to: Settings, names: Names): Said {
    const cut = to.text.length > 100 ? `${to.text.slice(0, 99)}…` : to.text;
    return said('ACTION_NOTIFICATION', `Tells ${people(to, names)}: "${cut}".`, { ...named(to, names), text: cut });
  }

  describe(to: Settings, { facts, names }: Occasion): Effect[] {
    return [
      {
        action: this.type,
        field: `notification to ${people(to, names)}`,
        told: told('EFFECT_NOTIFICATION', named(to, names)),
        before: null,
        after: shown(render(to.text, facts)),
      },
    ];
  }

  async perform(command: Command, to: Settings, occasion: Occasion): Promise<Effect[]> {
    const { facts } = occasion;
    await this.notifications.send(command, {
      agentIds: [...new Set(to.agents)],
      roles: [...new Set(to.roles)],
      text: render(to.text, facts),
      interactionId: facts.interaction.id || null,
    });
    return this.describe(to, occasion);
  }
}

const ROLES = { ADMIN: 'administrators', SUPERVISOR: 'supervisors' };

const named = ({ agents, roles }: Settings, names: Names) => ({ agents: agents.map((id) => names.of('agent', id)), roles });

const people = ({ agents, roles }: Settings, names: Names): string =>
  [...agents.map((id) => names.of('agent', id)), ...roles.map((role) => `all ${ROLES[role]}`)].join(', ');
