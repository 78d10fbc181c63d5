/**
 * The work of an administrator with the CRM, done by the engine in the background and followed from a page: one task at a time,
 * whose progress stands in the database, so that each engine can tell it. A task that its engine did not live to end is stopped;
 * the same task, begun again, goes on from there.
 */
import { Inject, Injectable, Logger } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import type { Actor } from '../platform/commands.js';
import { CONFIG, type Config } from '../platform/config.js';
import { Database } from '../platform/database.js';
import { conflict, describeError, kindOf, PatchbayError, refused } from '../platform/errors.js';
import type { CrmTaskKind, StartCrmTaskInput } from '../platform/generated/graphql.js';
import { Prisma } from '../platform/generated/prisma/client.js';
import { uuidv7 } from '../platform/ids.js';
import { Leases } from '../platform/leases.js';
import { refusal, said, told, type Said, type Told } from '../platform/told.js';
import type { CrmAdministration, Finding, Plan, Progress, Request } from './administration.js';
import { ADMINISTRATIONS } from './administrations.js';
import { DatabaseStore } from './connection-store.service.js';
import { HostFailure } from './host.js';

export interface TaskStep {
  name: string;
  words: string;
  told: Told | null;
  done: boolean;
}

export interface CrmTask {
  id: string;
  kind: CrmTaskKind;
  state: 'RUNNING' | 'DONE' | 'FAILED' | 'STOPPED';
  startedBy: string;
  startedAt: Date;
  endedAt: Date | null;
  steps: TaskStep[];
  plan: Plan | null;
  findings: Finding[];
  problem: string | null;
  told: Told | null;
}

/** Progress is written down this often at most. */
const WRITE_APART_MS = 250;
/** An engine silent for longer does not go on with its task. */
const LIVES_SECONDS = 10;
const KEPT_TASKS = 20;
/** Of the CRM that a new connection is made with. */
const FIRST = 'twenty';

@Injectable()
export class CrmTasksService {
  private readonly log = new Logger('crm');

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly leases: Leases,
    private readonly clock: Clock,
  ) {}

  /** The last one; null before the first. */
  async last(): Promise<CrmTask | null> {
    const [task] = await this.database.models<CrmTask>(Prisma.sql`
      SELECT id, kind, started_by, started_at, ended_at, steps, plan, findings, problem, told,
        CASE WHEN state = 'RUNNING' AND NOT EXISTS (${this.livingEngine()}) THEN 'STOPPED' ELSE state END AS state
      FROM crm_tasks ORDER BY started_at DESC, id DESC LIMIT 1`);
    return task ?? null;
  }

  /**
   * Begins a task and does not wait for it.
   *
   * @throws PatchbayError CONFLICT while another one runs
   */
  async start(actor: Actor, input: StartCrmTaskInput): Promise<CrmTask> {
    const task: CrmTask = {
      id: uuidv7(),
      kind: input.kind,
      state: 'RUNNING',
      startedBy: actor.name,
      startedAt: this.clock.now(),
      endedAt: null,
      steps: [],
      plan: null,
      findings: [],
      problem: null,
      told: null,
    };
    await this.database.statement(Prisma.sql`
      UPDATE crm_tasks SET state = 'STOPPED' WHERE state = 'RUNNING' AND NOT EXISTS (${this.livingEngine()})`);
    const made = await this.database.statement(Prisma.sql`
      INSERT INTO crm_tasks (id, kind, state, engine_id, started_by, started_at) VALUES (${task.id}::uuid, ${task.kind}, 'RUNNING',
        ${this.leases.engineId}::uuid, ${task.startedBy}, ${task.startedAt}::timestamptz) ON CONFLICT DO NOTHING RETURNING 1`);
    if (made.length === 0) throw conflict('Somebody works on the CRM just now: wait until that task has ended.');
    await this.database.statement(Prisma.sql`
      DELETE FROM crm_tasks WHERE id NOT IN (SELECT id FROM crm_tasks ORDER BY started_at DESC LIMIT ${KEPT_TASKS})`);
    void this.run(task, input);
    return task;
  }

  private livingEngine(): Prisma.Sql {
    return Prisma.sql`SELECT FROM engines e WHERE e.id = crm_tasks.engine_id AND e.last_seen_at > now() - make_interval(secs => ${LIVES_SECONDS})`;
  }

  private async run(task: CrmTask, input: StartCrmTaskInput): Promise<void> {
    let timer: NodeJS.Timeout | null = null;
    const changed = (): void => {
      timer ??= setTimeout(() => {
        timer = null;
        void this.write(task).catch(() => undefined);
      }, WRITE_APART_MS);
    };
    try {
      await this.work(task, input, changed);
      task.state = 'DONE';
    } catch (error) {
      task.state = 'FAILED';
      const { text, told } = this.wordsOf(error);
      task.problem = text;
      task.told = told;
    }
    if (timer) clearTimeout(timer);
    task.endedAt = this.clock.now();
    await this.write(task).catch((error: unknown) => this.log.warn(`The end of a task with the CRM was not kept: ${describeError(error)}`));
  }

  private async work(task: CrmTask, input: StartCrmTaskInput, changed: () => void): Promise<void> {
    const store = await DatabaseStore.open(this.config.DATABASE_URL, task.startedBy);
    try {
      const saved = await store.read();
      const administration = ADMINISTRATIONS[saved?.host ?? FIRST]!;
      const request: Request = {
        url: input.url ?? undefined,
        apiKey: input.apiKey ?? undefined,
        publicUrl: input.publicUrl ?? undefined,
        localUrl: `http://localhost:${this.config.PORT}`,
        appFolder: undefined,
      };
      const progress = progressOf(task, changed);
      if (task.kind === 'DOCTOR') {
        await administration.doctor(request, store, (finding) => {
          task.findings.push(finding);
          changed();
        });
      } else if (task.kind === 'PLAN') task.plan = (await administration.plan(request, saved, progress)).plan;
      else {
        await store.claim();
        await this.change(task.kind, administration, request, store, progress, input);
      }
    } finally {
      await store.close().catch(() => undefined);
    }
  }

  private async change(
    kind: Exclude<CrmTaskKind, 'DOCTOR' | 'PLAN'>,
    administration: CrmAdministration,
    request: Request,
    store: DatabaseStore,
    progress: Progress,
    { acceptLosses, withDemo }: StartCrmTaskInput,
  ): Promise<void> {
    if (kind === 'FORGET') {
      await progress.step('connection', async (say) => {
        if (await store.forget()) say('forgotten', told('STEP_FORGOTTEN'));
        else say('there was none', told('STEP_NONE'));
      });
      return;
    }
    if (kind === 'UNINSTALL') return administration.uninstall(request, store, progress);
    if (!withDemo && !(await store.read()) && (await store.isDemo()))
      throw refused(
        'This contact center is the demo: its people are invented, and would appear in the CRM beside the real ones. Connect an empty one, or say that you want the demo there.',
        { demo: true },
      );
    await administration.install(request, store, progress, () => Promise.resolve(acceptLosses === true));
  }

  private async write({ id, state, endedAt, steps, plan, findings, problem, told }: CrmTask): Promise<void> {
    const json = (value: unknown): string => JSON.stringify(value);
    await this.database.statement(Prisma.sql`
      UPDATE crm_tasks SET state = ${state}, ended_at = ${endedAt}::timestamptz, steps = ${json(steps)}::jsonb,
        plan = ${plan && json(plan)}::jsonb, findings = ${json(findings)}::jsonb, problem = ${problem},
        told = ${told && json(told)}::jsonb WHERE id = ${id}::uuid`);
  }

  private wordsOf(error: unknown): Said {
    if (error instanceof HostFailure) return { text: error.message, told: error.told };
    if (error instanceof PatchbayError) return error.facts.demo === true ? said('CRM_DEMO', error.message) : refusal(error);
    this.log.error(describeError(error));
    return said('ENGINE_FAILED', 'The engine failed; its log says why.', { error: kindOf(error) });
  }
}

/** Steps as they stand beside each other; a remark stands with the step that runs. */
function progressOf(task: CrmTask, changed: () => void): Progress {
  return {
    step: async (name, work) => {
      const step: TaskStep = { name, words: '', told: null, done: false };
      task.steps.push(step);
      changed();
      const result = await work((words, by) => {
        step.words = words;
        step.told = by ?? null;
        changed();
      });
      step.done = true;
      changed();
      return result;
    },
    note: (text, by) => {
      const step = task.steps.at(-1);
      if (step) {
        step.words = text;
        step.told = by ?? null;
      }
      changed();
    },
  };
}
