/**
 * One simulated agent at the desk: answers what rings and handles what is held. Decides nothing itself (`handling.ts`
 * does) and believes only the snapshots of its work subscription: whatever a person at the wall or the desk did in
 * between is found out by the next command's refusal, and the agent starts over from what it really holds.
 */
import { Attendance } from './attendance.js';
import type { Engine } from './engine-api.js';
import {
  AcceptOfferDocument,
  AddNoteDocument,
  AwaitCustomerDocument,
  CloseInteractionDocument,
  DeclineOfferDocument,
  EndInteractionDocument,
  EscalateInteractionDocument,
  HoldInteractionDocument,
  MyWorkDocument,
  MyWorkNowDocument,
  OpenInteractionDocument,
  ResumeInteractionDocument,
  SendMessageDocument,
  TransferInteractionDocument,
  type HeldFragment,
  type WorkFragment,
} from './generated/operations.js';
import { answerOffer, attention, handlingSteps, unansweredSteps, type Held, type Step } from './handling.js';
import { channels, type Channel } from './generated/channels.js';
import type { Random } from './random.js';
import type { Cancel } from './sim-clock.js';
import type { PresencePeriod } from './staffing.js';
import type { Activity } from './tally.js';
import { LANGUAGES, recogniseSubject, TOPICS, type Language } from './texts.js';
import { attempt, noteFailure, type Workplace } from './workplace.js';

/** An interaction in hand, with what is left to do. */
interface Job {
  id: string;
  channel: Channel;
  state: Held['state'];
  language: Language;
  customerId: string | null;
  steps: Step[];
  /** A command is under way; nothing else is begun until it is answered. */
  commanding: boolean;
  /** The engine was seen waiting for the customer since that was asked of it. */
  sawWaiting: boolean;
  stopWaiting: Cancel;
}

/** After so many refusals the agent leaves an interaction alone until somebody else has dealt with it. */
const MOST_TROUBLES = 4;
/** A snapshot that comes later than this after a command was made with the command's effect. */
const SNAPSHOT_DELAY_MS = 3_000;

export class AgentActor {
  private readonly jobs = new Map<string, Job>();
  /** Closed or given away, with the real time of it; a snapshot from before may still show them. */
  private readonly finished = new Map<string, number>();
  private readonly answering = new Set<string>();
  private readonly troubles = new Map<string, number>();
  private focus: { job: Job; since: number; cancel: Cancel } | null = null;
  private work: WorkFragment | null = null;
  private readonly attendance: Attendance;

  /**
   * @param periods the agent's presence from now on, without end
   */
  constructor(
    private readonly agent: { id: string; name: string },
    private readonly api: Engine,
    private readonly place: Workplace,
    private readonly random: Random,
    periods: Iterator<PresencePeriod, never>,
  ) {
    this.attendance = new Attendance(agent, api, place, random, periods);
  }

  start(): void {
    this.api.follow(
      MyWorkDocument,
      () => ({}),
      ({ myWork }) => this.snapshot(myWork),
    );
    this.attendance.start();
  }

  /** The engine's word on what this agent holds. */
  private snapshot(work: WorkFragment): void {
    if (this.work && work.at < this.work.at) return;
    this.work = work;
    for (const { id } of work.offers) if (!this.answering.has(id)) this.ring(id);
    for (const id of this.answering) if (!work.offers.some((offer) => offer.id === id)) this.answering.delete(id);

    const held = new Set(work.interactions.map(({ id }) => id));
    for (const job of this.jobs.values()) if (!held.has(job.id)) this.drop(job);
    const settled = this.place.realNow() - SNAPSHOT_DELAY_MS;
    for (const [id, at] of this.finished) if (!held.has(id) || at < settled) this.finished.delete(id);
    for (const id of this.troubles.keys()) if (!held.has(id)) this.troubles.delete(id);
    for (const interaction of work.interactions) {
      const job = this.jobs.get(interaction.id);
      if (job) this.observe(job, interaction);
      else if (!this.finished.has(interaction.id)) this.take(interaction);
    }
    this.attendance.observe(work.agent, this.talking());
    this.attend();
  }

  // Offers ------------------------------------------------------------------------------------------------------------

  private ring(offerId: string): void {
    this.answering.add(offerId);
    const reaction = answerOffer(this.random);
    if (reaction.answer === 'NONE') {
      this.place.tally.count('unanswered');
      return;
    }
    this.place.clock.after(reaction.afterSeconds, async () => {
      if (!this.answering.has(offerId)) return;
      if (reaction.answer === 'ACCEPT') {
        if (await attempt(this.place, this.agent.name, () => this.api.call(AcceptOfferDocument, { id: offerId })))
          this.place.tally.count('accepted');
      } else if (
        await attempt(this.place, this.agent.name, () =>
          this.api.call(DeclineOfferDocument, { input: { id: offerId, reason: reaction.reason } }),
        )
      ) {
        this.place.tally.count('declined');
      }
    });
  }

  // Work --------------------------------------------------------------------------------------------------------------

  private take(interaction: HeldFragment): void {
    if ((this.troubles.get(interaction.id) ?? 0) >= MOST_TROUBLES) return;
    const state = heldState(interaction.state);
    if (!state) return;
    const known = recogniseSubject(interaction.subject);
    const language = LANGUAGES.find((each) => each === interaction.customer?.language);
    const held: Held = {
      channel: interaction.channel,
      state,
      language: known?.language ?? language ?? 'en',
      topic: known?.topic ?? this.random.pick(TOPICS),
      transferCount: interaction.transferCount,
      escalationLevel: interaction.escalationLevel,
    };
    const job: Job = {
      id: interaction.id,
      channel: interaction.channel,
      state,
      language: held.language,
      customerId: interaction.customer?.id ?? null,
      steps: handlingSteps(this.random, held, this.agent.name, this.place.realNow()),
      commanding: false,
      sawWaiting: state === 'WAITING_FOR_CUSTOMER',
      stopWaiting: () => undefined,
    };
    this.jobs.set(job.id, job);
    this.advance(job);
  }

  private observe(job: Job, interaction: HeldFragment): void {
    job.state = heldState(interaction.state) ?? job.state;
    if (job.state === 'WAITING_FOR_CUSTOMER') job.sawWaiting = true;
    else if (job.sawWaiting && !job.commanding && job.steps[0]?.step === 'UNTIL_ANSWERED') this.proceed(job);
  }

  /** Begins the first of the steps that are left. */
  private advance(job: Job): void {
    const [step] = job.steps;
    if (!step) return this.drop(job);
    if (step.step === 'WORK') return this.attend();
    if (step.step === 'UNTIL_ANSWERED') {
      if (step.atMostSeconds !== null) job.stopWaiting = this.place.clock.after(step.atMostSeconds, () => this.giveUpOn(job));
      return this.attend();
    }
    void this.command(job, step);
  }

  /** The first step is done. */
  private proceed(job: Job): void {
    if (this.jobs.get(job.id) !== job) return;
    job.stopWaiting();
    job.steps.shift();
    this.advance(job);
  }

  private giveUpOn(job: Job): void {
    if (this.jobs.get(job.id) !== job) return;
    job.steps = unansweredSteps(job.language);
    this.advance(job);
  }

  private async command(job: Job, step: Step): Promise<void> {
    job.commanding = true;
    try {
      await this.send(job, step);
    } catch (error) {
      noteFailure(this.place, this.agent.name, error);
      // What only adds to the interaction is left out; anything else means that it is not what we thought it was.
      if (step.step !== 'SEND' && step.step !== 'NOTE' && step.step !== 'OPEN_CASE') {
        this.troubles.set(job.id, (this.troubles.get(job.id) ?? 0) + 1);
        this.drop(job);
        await this.resync();
        return;
      }
    } finally {
      job.commanding = false;
    }
    if (step.step === 'CLOSE' || step.step === 'TRANSFER' || step.step === 'ESCALATE') this.finished.set(job.id, this.place.realNow());
    this.proceed(job);
  }

  private async send(job: Job, step: Step): Promise<void> {
    const { api, place } = this;
    const { id } = job;
    const idempotencyKey = place.newKey();
    switch (step.step) {
      case 'HOLD':
        await api.call(HoldInteractionDocument, { id });
        return;
      case 'RESUME':
        await api.call(ResumeInteractionDocument, { id });
        return;
      case 'SEND':
        await api.call(SendMessageDocument, { input: { idempotencyKey, interactionId: id, text: step.text } });
        return;
      case 'NOTE':
        await api.call(AddNoteDocument, { input: { idempotencyKey, interactionId: id, text: step.text } });
        return;
      case 'AWAIT_CUSTOMER':
        job.sawWaiting = false;
        await api.call(AwaitCustomerDocument, { id });
        return;
      case 'OPEN_CASE': {
        const { subject, description } = step;
        const queueId = place.center.queueIds.get(step.queue);
        await api.call(OpenInteractionDocument, {
          input: {
            idempotencyKey,
            externalId: idempotencyKey,
            channel: 'CASE',
            parentId: id,
            customerId: job.customerId,
            queueId,
            subject,
            description,
          },
        });
        place.tally.count('cases');
        return;
      }
      case 'TRANSFER':
        await api.call(TransferInteractionDocument, { input: { id, queueId: place.center.queueIds.get(step.queue), note: step.note } });
        place.tally.count('transferred');
        return;
      case 'ESCALATE':
        await api.call(EscalateInteractionDocument, { input: { id, note: step.note } });
        place.tally.count('escalated');
        return;
      case 'END':
        await api.call(EndInteractionDocument, { id });
        return;
      case 'CLOSE': {
        const dispositionId = place.center.dispositionIds.get(step.disposition) ?? place.center.anyDispositionId ?? '';
        await api.call(CloseInteractionDocument, { input: { id, dispositionId, note: step.note } });
        place.tally.count('closed');
        return;
      }
      case 'WORK':
      case 'UNTIL_ANSWERED':
        return;
    }
  }

  /** Works on the one thing that needs it most; what it interrupts keeps what was left of it. */
  private attend(): void {
    const [first] = [...this.jobs.values()]
      .filter(({ steps }) => steps[0]?.step === 'WORK')
      .sort((left, right) => attention(left.channel, left.state) - attention(right.channel, right.state));
    if (this.focus && this.focus.job !== first) this.interrupt();
    const [step] = first?.steps ?? [];
    if (first && !this.focus && step?.step === 'WORK') {
      const cancel = this.place.clock.after(step.seconds, () => {
        this.focus = null;
        this.proceed(first);
        this.attend();
      });
      this.focus = { job: first, since: this.place.clock.now(), cancel };
    }
    this.place.tally.doing(this.agent.id, this.activity());
  }

  private interrupt(): void {
    if (!this.focus) return;
    const { job, since, cancel } = this.focus;
    cancel();
    const [step] = job.steps;
    if (step?.step === 'WORK') job.steps[0] = { step: 'WORK', seconds: Math.max(0, step.seconds - (this.place.clock.now() - since)) };
    this.focus = null;
  }

  private drop(job: Job): void {
    if (this.focus?.job === job) this.interrupt();
    job.stopWaiting();
    if (this.jobs.get(job.id) === job) this.jobs.delete(job.id);
    this.attend();
  }

  private async resync(): Promise<void> {
    await attempt(this.place, this.agent.name, async () => this.snapshot((await this.api.call(MyWorkNowDocument, {})).myWork));
  }

  private activity(): Activity {
    if (this.focus || this.answering.size > 0 || [...this.jobs.values()].some(({ commanding }) => commanding)) return 'BUSY';
    return this.attendance.availability === 'AVAILABLE' ? 'IDLE' : 'AWAY';
  }

  /** In a conversation that cannot be left. */
  private talking(): boolean {
    return [...this.jobs.values()].some(({ channel, state }) => channels[channel].live && state !== 'WAITING_FOR_CUSTOMER');
  }
}

function heldState(state: string): Held['state'] | null {
  return state === 'ACTIVE' || state === 'ON_HOLD' || state === 'WAITING_FOR_CUSTOMER' || state === 'WRAP_UP' ? state : null;
}
