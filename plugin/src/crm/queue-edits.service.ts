/** Queues as people edit them in the CRM. */
import { Injectable } from '@nestjs/common';
import { AgentsService } from '../agents/agents.service.js';
import type { Actor } from '../platform/commands.js';
import { invalid, refused } from '../platform/errors.js';
import type { RoutingStrategy } from '../platform/generated/graphql.js';
import { QueuesService } from '../queues/queues.service.js';
import { isGiven, text, whole } from './edit-values.js';
import type { Fields, HostRecord } from './host.js';
import type { KindEdits } from './kind-edits.js';
import { CrmRecordsService } from './records.service.js';
import { readSkillWords } from './skill-words.js';
import { readWrapUpWords } from './wrap-up-words.js';

const OVERFLOW_SECONDS = 300;

@Injectable()
export class QueueEditsService implements KindEdits {
  constructor(
    private readonly queues: QueuesService,
    private readonly agents: AgentsService,
    private readonly records: CrmRecordsService,
  ) {}

  async update(actor: Actor, id: string, edits: Fields, { fields }: HostRecord): Promise<void> {
    await this.queues.update(actor, { id, ...(await this.inputOf(edits, fields)) });
  }

  async create(actor: Actor, idempotencyKey: string, { fields }: HostRecord): Promise<string> {
    const { name, department, ...rest } = await this.inputOf(fields, fields);
    const queue = await this.queues.create(actor, {
      idempotencyKey,
      ...defined(rest),
      name: name ?? text('name', null),
      department: department ?? name ?? '',
      priority: rest.priority ?? 50,
      strategy: rest.strategy ?? 'LONGEST_IDLE',
      skills: rest.skills ?? [],
      relaxation: [],
      levelDelaySeconds: [],
      stickySeconds: rest.stickySeconds ?? 0,
      offerTimeoutSeconds: rest.offerTimeoutSeconds ?? 20,
      askAgainAfterSeconds: rest.askAgainAfterSeconds ?? 60,
      keepsPlace: rest.keepsPlace ?? false,
      wrapUp: rest.wrapUp ?? [],
    });
    return queue.id;
  }

  async remove(actor: Actor, id: string): Promise<void> {
    await this.queues.update(actor, { id, active: false });
    throw refused('A queue with a history cannot be deleted. It is inactive now and takes no new work.');
  }

  private async inputOf(edits: Fields, fields: Fields) {
    const overflows = 'overflowAfterSeconds' in edits || 'overflowQueue' in edits;
    return {
      ...('name' in edits && { name: text('name', edits.name) }),
      ...(isGiven(edits, 'department') && { department: text('department', edits.department) }),
      ...(isGiven(edits, 'priority') && { priority: whole('priority', edits.priority, 0, 100) }),
      ...(isGiven(edits, 'strategy') && { strategy: edits.strategy as RoutingStrategy }),
      ...(isGiven(edits, 'skills') && {
        skills: readSkillWords(edits.skills as string[], await this.agents.skills()).map(({ skillId, level, mandatory }) => ({
          skillId,
          minLevel: level,
          mandatory,
        })),
      }),
      ...(isGiven(edits, 'offerTimeoutSeconds') && {
        offerTimeoutSeconds: whole('offerTimeoutSeconds', edits.offerTimeoutSeconds, 1, 86_400),
      }),
      ...(isGiven(edits, 'stickySeconds') && { stickySeconds: whole('stickySeconds', edits.stickySeconds, 0, 86_400) }),
      ...(isGiven(edits, 'askAgainAfterSeconds') && {
        askAgainAfterSeconds: whole('askAgainAfterSeconds', edits.askAgainAfterSeconds, 10, 86_400),
      }),
      ...('maxPerAgent' in edits && {
        maxPerAgent: edits.maxPerAgent === null ? null : whole('maxPerAgent', edits.maxPerAgent, 1, 1_000),
      }),
      ...(isGiven(edits, 'keepsPlace') && { keepsPlace: Boolean(edits.keepsPlace) }),
      ...(isGiven(edits, 'wrapUp') && { wrapUp: readWrapUpWords(edits.wrapUp as string[]) }),
      ...(overflows && { overflow: await this.overflow(edits, fields) }),
      ...('slaPolicy' in edits && {
        slaPolicyId: edits.slaPolicy ? await this.records.localId('SLA_POLICY', edits.slaPolicy, 'SLA policy') : null,
      }),
      ...(isGiven(edits, 'active') && { active: Boolean(edits.active) }),
    };
  }

  /** In the CRM one field is set after the other: the queue comes first, with a time that can be changed then. */
  private async overflow(edits: Fields, { overflowAfterSeconds, overflowQueue }: Fields) {
    if (!overflowQueue) {
      if (edits.overflowAfterSeconds && !('overflowQueue' in edits))
        throw invalid(
          'overflowQueue',
          `Choose the overflow queue first; work goes there after ${OVERFLOW_SECONDS} seconds, which you can change then.`,
        );
      return null;
    }
    return {
      afterSeconds: whole('overflowAfterSeconds', overflowAfterSeconds ?? OVERFLOW_SECONDS, 1, 86_400),
      queueId: await this.records.localId('QUEUE', overflowQueue, 'queue'),
    };
  }
}

const defined = <T extends object>(input: T): T =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined && value !== null)) as T;
