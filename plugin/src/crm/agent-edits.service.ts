/** Agent profiles as people edit them in the CRM. */
import { Injectable } from '@nestjs/common';
import { AgentsService } from '../agents/agents.service.js';
import type { Actor } from '../platform/commands.js';
import { invalid, refused } from '../platform/errors.js';
import { isGiven, text, whole } from './edit-values.js';
import type { Fields, HostRecord } from './host.js';
import type { KindEdits } from './kind-edits.js';
import { CrmPeopleService } from './people.service.js';
import { readSkillWords } from './skill-words.js';

const NEW_AGENT_CAPACITY = 100;

@Injectable()
export class AgentEditsService implements KindEdits {
  constructor(
    private readonly agents: AgentsService,
    private readonly people: CrmPeopleService,
  ) {}

  async update(actor: Actor, id: string, edits: Fields): Promise<void> {
    await this.agents.update(actor, { id, ...(await this.inputOf(edits)) });
  }

  async create(actor: Actor, idempotencyKey: string, { fields }: HostRecord): Promise<string> {
    const user = fields.user ? await this.people.user(String(fields.user)) : null;
    if (!user) throw invalid('workspaceMember', 'Choose the workspace member who shall work here.');
    const { skills, extension } = await this.inputOf(fields);
    const agent = await this.agents.create(actor, {
      idempotencyKey,
      name: user.name,
      email: user.email,
      capacity: Number(fields.capacity ?? NEW_AGENT_CAPACITY),
      skills: skills ?? [],
      extension: extension ?? undefined,
    });
    return agent.id;
  }

  async remove(actor: Actor, id: string): Promise<void> {
    await this.agents.update(actor, { id, active: false });
    throw refused('An agent with a history cannot be deleted. The agent is inactive now and gets no work.');
  }

  private async inputOf(edits: Fields) {
    const user = edits.user ? await this.people.user(String(edits.user)) : null;
    return {
      ...(user && { name: user.name, email: user.email }),
      ...(isGiven(edits, 'capacity') && { capacity: whole('capacity', edits.capacity, 0, 10_000) }),
      ...('skills' in edits && {
        skills: readSkillWords((edits.skills as string[] | null) ?? [], await this.agents.skills()).map(({ skillId, level }) => ({
          skillId,
          level,
        })),
      }),
      ...('extension' in edits && { extension: edits.extension === null ? null : text('extension', edits.extension) }),
      ...(isGiven(edits, 'active') && { active: Boolean(edits.active) }),
    };
  }
}
