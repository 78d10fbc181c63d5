/** The fast router against the plain one, on random contact centers and random days. */
import fc from 'fast-check';
import type { AgentFacts, ExplanationPoint, InteractionFacts } from '../../src/routing/facts.js';
import { CHANNELS, claim, copyOf } from './builders.js';
import { story, type Story } from './random-worlds.js';
import type { Reference } from './reference.js';
import { expectWords, SideBySide, type Observer } from './side-by-side.js';

const RUNS = 100;

const always = (observer: Observer, runs = RUNS): void =>
  fc.assert(
    fc.property(story, (told) => new SideBySide(observer).tell(told)),
    { numRuns: runs },
  );

describe('the router, whatever happens', () => {
  it('decides exactly as the specification says', () => {
    always({}, 5 * RUNS);
  });

  it('offers nothing to two people, and nothing that does not wait', () => {
    always({
      after: (_, decisions, items) => {
        const waiting = new Set([...items.values()].filter(({ state }) => state === 'QUEUED').map(({ id }) => id));
        for (const decision of decisions) {
          if (decision.kind === 'OFFER') expect(waiting.delete(decision.interactionId)).toBe(true);
          else waiting.add(decision.interactionId);
        }
      },
    });
  });

  it('offers nobody more than their capacity holds', () => {
    always({
      after: ({ reference }, decisions, items) => {
        const held = copyOf(items) as Map<string, InteractionFacts>;
        for (const decision of decisions) {
          const item = held.get(decision.interactionId) as InteractionFacts;
          const agentId = decision.kind === 'OFFER' ? decision.agentId : null;
          if (agentId !== null) expect(load(held, reference, agentId, item)).toBeLessThanOrEqual(capacityOf(reference, agentId));
          held.set(item.id, { ...item, agentId, state: agentId === null ? 'QUEUED' : 'OFFERED' });
        }
      },
    });
  });

  it('gives nobody more at once than the caps of queue and team allow', () => {
    always({
      after: ({ reference }, decisions, items) => {
        const plain = reference.copy();
        plain.items = copyOf(items) as Map<string, InteractionFacts>;
        for (const decision of decisions) {
          const item = plain.items.get(decision.interactionId) as InteractionFacts;
          if (decision.kind === 'OVERFLOW') item.queueId = decision.toQueueId;
          if (decision.kind === 'OFFER') expect(plain.capOf(plain.agents.get(decision.agentId)!, item)).toBeNull();
          const agentId = decision.kind === 'OFFER' ? decision.agentId : null;
          Object.assign(item, { agentId, state: agentId === null ? 'QUEUED' : 'OFFERED' });
        }
      },
    });
  });

  it('passes nobody over, and rests only when nobody waits whom a free agent could serve', () => {
    const told = story.map((all): Story => ({ ...all, changes: all.changes.map((change) => ({ ...change, limit: 1 })) }));
    let plain: Reference;
    const observer: Observer = {
      before: ({ reference }) => (plain = reference.copy()),
      after: ({ now }, [decision]) => {
        const order = plain.inOrder(now);
        if (decision === undefined) for (const item of order) expect(plain.eligibleAgents(item, now)).toEqual([]);
        if (decision?.kind !== 'OFFER') return;
        const agent = plain.agents.get(decision.agentId)!;
        const earlier = order.slice(
          0,
          order.findIndex(({ id }) => id === decision.interactionId),
        );
        for (const item of earlier) expect(plain.isEligible(agent, item, now)).toBe(false);
      },
    };
    fc.assert(
      fc.property(told, (one) => {
        const both = new SideBySide(observer);
        both.tell(one);
        while (both.decide(1).length > 0);
      }),
      { numRuns: RUNS },
    );
  });

  it('asks nobody again before everybody else was asked', () => {
    always({
      after: (_, decisions, items) => {
        const asked = new Map([...items.values()].map(({ id, declinedBy }) => [id, declinedBy]));
        for (const decision of decisions) {
          const { kind, interactionId: id } = decision;
          if (kind === 'OFFER') expect(asked.get(id)).not.toContain(decision.agentId);
          if (kind === 'LAPSE') asked.set(id, [...(asked.get(id) ?? []), decision.agentId]);
          if (kind === 'NEW_ROUND' || kind === 'OVERFLOW') asked.set(id, []);
        }
      },
    });
  });

  it('asks again though others were not asked yet, once that has lasted as long as the queue bears, and no sooner', () => {
    always({
      after: ({ reference, now }, decisions) => {
        for (const item of reference.inOrder(now))
          if (!reference.preferenceHolds(item, now)) claim(!reference.hasWaitedTooLong(item, now) || decisions.length > 0, () => item.id);
      },
    });
  });

  it('leaves nothing waiting for ever that somebody can serve, however often they decline', () => {
    const calm = story.map(({ queues, agents, interactions }) => ({
      queues,
      agents,
      interactions: interactions.map((facts): InteractionFacts => ({ ...facts, state: 'QUEUED', agentId: null, offer: null })),
    }));
    fc.assert(
      fc.property(calm, fc.nat(2), (world, declines) => {
        const both = new SideBySide();
        both.tell({ ...world, channels: CHANNELS, changes: [] });
        serveAll(both, declines);
        for (const item of both.reference.inOrder(both.now)) {
          expect(both.reference.eligibleAgents({ ...item, declinedBy: [] }, both.now)).toEqual([]);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('says in time when to be asked again', () => {
    always({
      after: ({ router, reference, now }) => {
        const due = router.nextDue(now) ?? Infinity;
        const plain = reference.copy();
        for (const moment of plain.moments()) if (moment > now && moment < due) expect(plain.decide(moment)).toEqual([]);
      },
    });
  });

  it('changes nothing when it is told the same again', () => {
    always({
      after: ({ router, reference, now }) => {
        router.decide(now);
        reference.decide(now);
        const due = router.nextDue(now);
        const plain = reference.copy();
        for (const facts of plain.channels.values()) router.setChannels([facts]);
        for (const facts of plain.queues.values()) router.setQueue(facts);
        for (const facts of plain.agents.values()) router.setAgent(facts);
        for (const facts of plain.items.values()) router.setInteraction(facts);
        expect(router.nextDue(now)).toBe(due);
        expect(router.decide(now)).toEqual([]);
      },
    });
  });
});

describe('an explanation, whatever happens', () => {
  it('is never silent, never blames what is not in the way, and never calls blocked what can be offered', () => {
    const check = ({ router, reference, now }: SideBySide): void => {
      for (const item of reference.items.values()) {
        const explanation = router.explainInteraction(item.id, now);
        expectWords(explanation);
        expectTrue(explanation.points, item, reference, now);
      }
    };
    always({ before: check, after: check });
  });

  it('tells an agent what comes next exactly when something does', () => {
    const check = ({ router, reference, now }: SideBySide): void => {
      const order = reference.inOrder(now);
      for (const agent of reference.agents.values()) {
        const explanation = router.explainAgent(agent.id, now);
        expectWords(explanation);
        const next = order.find((item) => reference.isEligible(agent, item, now));
        const pending = explanation.points.find(({ code }) => code === 'ROUTER_PENDING');
        claim(pending?.facts['interactionId'] === next?.id, () => `${next?.id} is next, not ${JSON.stringify(pending)}`);
      }
    };
    always({ before: check, after: check });
  });
});

/** Units taken in the way of `item`, with its own. */
function load(held: Map<string, InteractionFacts>, reference: Reference, agentId: string, item: InteractionFacts): number {
  const { channels } = reference;
  const isInterruptible = ({ channel }: InteractionFacts): boolean => channels.get(channel)?.interruptible ?? false;
  let units = channels.get(item.channel)?.weight ?? 100;
  for (const one of reference.agents.get(agentId)?.wrapUps ?? []) {
    const channel = channels.get(one.channel);
    if (isInterruptible(item) || !channel?.interruptible) units += channel?.weight ?? 100;
  }
  for (const other of held.values()) {
    if (other.agentId !== agentId || other.state === 'QUEUED') continue;
    if (!isInterruptible(item) && isInterruptible(other)) continue;
    const channel = channels.get(other.channel);
    units += (other.state === 'WAITING_FOR_CUSTOMER' ? channel?.waitingWeight : channel?.weight) ?? 100;
  }
  return units;
}

function capacityOf(reference: Reference, agentId: string): number {
  return reference.agents.get(agentId)?.capacity ?? 0;
}

/** Agents decline each interaction so many times, then accept and finish it at once; until nothing is left to do. */
function serveAll(both: SideBySide, declines: number): void {
  const declined = new Map<string, number>();
  for (let round = 0; round < 60; round++) {
    for (const { id, state, agentId } of [...both.reference.items.values()]) {
      if (state !== 'OFFERED' || agentId === null) continue;
      const pair = `${id} ${agentId}`;
      const times = declined.get(pair) ?? 0;
      declined.set(pair, times + 1);
      if (times >= declines) both.removeInteraction(id);
      else decline(both, id, agentId);
    }
    const due = both.router.nextDue(both.now);
    if (due === null) return;
    both.now = due;
    both.decide();
  }
}

function decline(both: SideBySide, id: string, agentId: string): void {
  const item = copyOf(both.reference.items.get(id)!);
  const declinedBy = [...item.declinedBy, agentId];
  both.setInteraction({ ...item, state: 'QUEUED', agentId: null, offer: null, declinedBy, lastDeclinedAt: both.now });
}

/** Each point says what the reference finds as well, and every member of the queue is accounted for once. */
function expectTrue(points: ExplanationPoint[], item: InteractionFacts, reference: Reference, now: number): void {
  const codes = points.map(({ code }) => code);
  const only = (code: string): void => claim(codes.join() === code, () => `${codes.join()} instead of ${code}`);
  if (item.state === 'OFFERED') return only('OFFERED');
  if (item.state !== 'QUEUED' || item.queueId === null) return only('NOT_WAITING');
  const queue = reference.queues.get(item.queueId);
  if (!queue?.open) return only('QUEUE_CLOSED');
  if (item.roundNotBefore !== null && item.roundNotBefore > now) return only('ROUND_PAUSE');

  const able = reference.eligibleAgents(item, now).length;
  const pending = points.find(({ code }) => code === 'ROUTER_PENDING');
  claim((pending?.facts['count'] ?? 0) === able, () => `${able} are able, not ${JSON.stringify(pending)}`);
  if (able > 0)
    return claim(
      codes.every((code) => /ROUTER_PENDING|BEHIND_OTHERS/.test(code)),
      () => codes.join(),
    );

  const isReserved = reference.preferenceHolds(item, now);
  claim(codes.includes('PREFERRED_AGENT') === isReserved, () => `reserved: ${isReserved}, told: ${codes.join()}`);
  const concerned = [...reference.agents.values()].filter((agent) =>
    isReserved ? agent.id === item.preferred?.agentId : agent.memberships.has(queue.id),
  );
  if (concerned.length === 0) return only('NO_MEMBERS');
  const told = points.filter(({ code }) => code !== 'PREFERRED_AGENT' && code !== 'BEHIND_OTHERS');
  for (const { code, facts } of told) {
    const ids = facts['agentIds'] as string[];
    claim(ids.length === Math.min(5, facts['count'] as number), () => `${code} names ${ids.length}`);
    for (const id of ids) {
      const agent = reference.agents.get(id) as AgentFacts;
      claim(HINDERS[code]?.(agent, item, reference, now) === true, () => `${code} does not hinder ${id}`);
    }
  }
  const counted = told.reduce((sum, { facts }) => sum + (facts['count'] as number), 0);
  claim(counted === concerned.length, () => `${counted} of ${concerned.length} members are accounted for`);
}

type Hinders = (agent: AgentFacts, item: InteractionFacts, reference: Reference, now: number) => boolean;

const HINDERS: { [code in ExplanationPoint['code']]?: Hinders } = {
  SKILL: ({ skills }, item, reference, now) =>
    reference.needs(item, now).some(({ skillId, minLevel }) => (skills.get(skillId) ?? 0) < minLevel),
  MEMBERSHIP_LEVEL: ({ memberships }, item, reference, now) => {
    const { level } = memberships.get(item.queueId!)!;
    const delay = reference.queues.get(item.queueId!)?.levelDelayMs[level - 2] ?? Infinity;
    return level > 1 && now - item.queuedAt < delay;
  },
  DECLINED: ({ id }, item) => item.declinedBy.includes(id),
  PRESENCE: ({ availability }) => availability !== 'AVAILABLE',
  CONNECTION: ({ connected }) => !connected,
  NOT_RESPONDING: ({ notResponding }) => notResponding,
  CHANNEL_OPT_IN: ({ channels }, { channel }) => !channels.has(channel),
  QUEUE_CAP: (agent, item, reference) => reference.capOf(agent, item) === 'QUEUE_CAP',
  TEAM_CAP: (agent, item, reference) => reference.capOf(agent, item) === 'TEAM_CAP',
  CAPACITY: (agent, { channel }, reference) => !reference.fits(agent, channel),
};
