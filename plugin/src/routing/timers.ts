/**
 * Changes that become due by time alone: at most one moment for each interaction and each agent. Most moments never come, as
 * work is done before; so they wait unsorted, by the second, and only those of seconds that have begun are put in order.
 */
import TinyQueue from 'tinyqueue';
import type { AgentNode, InteractionNode } from './nodes.js';

type Subject = InteractionNode | AgentNode;

interface Timer {
  readonly subject: Subject;
  readonly at: number;
}

export class Timers {
  private readonly bySecond = new Map<number, Set<Subject>>();
  /** Those of `bySecond`. */
  private readonly seconds = new TinyQueue<number>();
  /** Entries of a second that has begun; void where the subject's moment is another one by now. */
  private readonly soon = new TinyQueue<Timer>([], (a, b) => a.at - b.at);
  private begun = -Infinity;

  /** The earliest moment; null when nothing is due ever. */
  get next(): number | null {
    const soonest = this.soonest();
    if (soonest !== undefined) return soonest.at;
    for (let second = this.seconds.peek(); second !== undefined; second = this.seconds.peek()) {
      let next = Infinity;
      for (const { timerAt } of this.bySecond.get(second) ?? []) if (timerAt !== null && timerAt < next) next = timerAt;
      if (next !== Infinity) return next;
      this.seconds.pop();
      this.bySecond.delete(second);
    }
    return null;
  }

  /** Replaces the subject's moment; null removes it. */
  arm(subject: Subject, at: number | null): void {
    if (subject.timerAt === at) return;
    if (subject.timerAt !== null) this.bySecond.get(secondOf(subject.timerAt))?.delete(subject);
    subject.timerAt = at;
    if (at === null) return;
    const second = secondOf(at);
    if (second <= this.begun) this.soon.push({ subject, at });
    else this.waitFor(second).add(subject);
  }

  /** The subject of the earliest moment that is not after `now`; its timer is gone then. */
  pop(now: number): Subject | null {
    this.begin(secondOf(now));
    const timer = this.soonest();
    if (timer === undefined || timer.at > now) return null;
    timer.subject.timerAt = null;
    return timer.subject;
  }

  private soonest(): Timer | undefined {
    let timer = this.soon.peek();
    for (; timer !== undefined && timer.subject.timerAt !== timer.at; timer = this.soon.peek()) this.soon.pop();
    return timer;
  }

  private begin(second: number): void {
    if (second <= this.begun) return;
    this.begun = second;
    for (let next = this.seconds.peek(); next !== undefined && next <= second; next = this.seconds.peek()) {
      for (const subject of this.bySecond.get(next) ?? []) if (subject.timerAt !== null) this.soon.push({ subject, at: subject.timerAt });
      this.bySecond.delete(next);
      this.seconds.pop();
    }
  }

  private waitFor(second: number): Set<Subject> {
    let subjects = this.bySecond.get(second);
    if (subjects === undefined) {
      subjects = new Set();
      this.bySecond.set(second, subjects);
      this.seconds.push(second);
    }
    return subjects;
  }
}

function secondOf(at: number): number {
  return Math.floor(at / 1_000);
}
