/** What the router says when it is asked why: sentences that a supervisor reads. */
import { Router } from '../../src/routing/router.js';
import type { AgentFacts, InteractionFacts, QueueFacts } from '../../src/routing/facts.js';
import { buildAgent, buildInteraction, buildQueue, CHANNELS } from './builders.js';

const NOW = 1_000_000;

function routerWith(queue: Partial<QueueFacts>, agents: AgentFacts[], interactions: InteractionFacts[]): Router {
  const router = new Router();
  router.setSkills([{ id: 's1', name: 'Czech' }]);
  router.setChannels(CHANNELS);
  router.setQueue(buildQueue('billing', { name: 'Billing', ...queue }));
  agents.forEach((facts) => router.setAgent(facts));
  interactions.forEach((facts) => router.setInteraction(facts));
  router.decide(NOW);
  return router;
}

const call = (id: string, overrides: Partial<InteractionFacts> = {}): InteractionFacts =>
  buildInteraction(id, 'billing', { queuedAt: NOW, ...overrides });

const texts = (router: Router, id: string): string[] => {
  const { summary, points } = router.explainInteraction(id, NOW);
  return [summary, ...points.map(({ code, text }) => `${code}: ${text}`)];
};

describe('why nobody has it yet', () => {
  it('counts the members by what is in the way, and names them', () => {
    const czech = { skills: { s1: 2 } };
    const agents = [
      buildAgent('Anna', { billing: 1 }, czech),
      buildAgent('Boris', { billing: 1 }, czech),
      buildAgent('Cyril', { billing: 1 }, { ...czech, availability: 'AWAY', presenceName: 'Break', presenceSince: NOW - 180_000 }),
      buildAgent('Dana', { billing: 1 }),
      buildAgent('Eva', { billing: 2 }, czech),
    ];
    const busy = (id: string, agentId: string): InteractionFacts => call(id, { state: 'ACTIVE', agentId });
    const interactions = [busy('1', 'Anna'), busy('2', 'Boris'), call('3', { queuedAt: NOW - 1 }), call('4')];
    const skills = [{ skillId: 's1', minLevel: 2, mandatory: false }];
    const router = routerWith({ skills, levelDelayMs: [14_000], relaxation: [{ afterMs: 30_000, levelDrop: 1 }] }, agents, interactions);
    expect(texts(router, '4')).toEqual([
      'Nobody of 5 members can take it now: 1 lacks a required skill, 1 does not help yet, 2 have no room, 1 is away or offline.',
      'SKILL: 4 of 5 members have Czech at level 2 or higher. Required levels fall by 1 in 30 s.',
      'MEMBERSHIP_LEVEL: Level-2 members help in 14 s.',
      'CAPACITY: 2 are on a call (Anna, Boris).',
      'PRESENCE: 1 is away: Break for 3 min (Cyril).',
      'BEHIND_OTHERS: 1 interaction is ahead of it in this queue.',
    ]);
  });

  it('gives the facts by which a page says the same in another language, and the same of each member', () => {
    const agents = [
      buildAgent('Anna', { billing: 1 }),
      buildAgent('Cyril', { billing: 1 }, { availability: 'AWAY', presenceName: 'Break', presenceSince: NOW - 180_000 }),
      buildAgent('Dana', { billing: 1 }),
      buildAgent('Eva', { billing: 2 }),
    ];
    const interactions = [call('1', { state: 'ACTIVE', agentId: 'Anna' }), call('2', { state: 'ACTIVE', agentId: 'Dana' })];
    const router = routerWith({ levelDelayMs: [14_000] }, agents, [...interactions, call('3', { queuedAt: NOW - 4_000 })]);
    const { points } = router.explainInteraction('3', NOW);
    expect(points.map(({ code, facts }) => [code, facts])).toEqual([
      ['MEMBERSHIP_LEVEL', { count: 1, of: 4, agentIds: ['Eva'], agents: ['Eva'], levels: [{ level: 2, inMs: 10_000 }] }],
      [
        'CAPACITY',
        {
          count: 2,
          of: 4,
          agentIds: ['Anna', 'Dana'],
          agents: ['Anna', 'Dana'],
          busy: [
            { agent: 'Anna', is: 'ON_A_CALL' },
            { agent: 'Dana', is: 'ON_A_CALL' },
          ],
        },
      ],
      [
        'PRESENCE',
        {
          count: 1,
          of: 4,
          agentIds: ['Cyril'],
          agents: ['Cyril'],
          presences: [{ agent: 'Cyril', is: { availability: 'AWAY', presence: 'Break', forMs: 180_000 } }],
        },
      ],
    ]);
    expect(router.explainCandidates('3', NOW).map(({ agentId, obstacle }) => [agentId, obstacle?.code ?? null])).toEqual([
      ['Anna', 'CAPACITY'],
      ['Cyril', 'PRESENCE'],
      ['Dana', 'CAPACITY'],
      ['Eva', 'MEMBERSHIP_LEVEL'],
    ]);
    expect(router.explainCandidates('3', NOW + 14_000)[0]).toMatchObject({ agentId: 'Eva', obstacle: null });
    expect(router.explainCandidates('1', NOW)).toEqual([]);
  });

  it('says of each member why not, by what the interaction itself asks, and whom it is kept for', () => {
    const agents = [buildAgent('Anna', { billing: 1 }, { skills: { s1: 1 } }), buildAgent('Boris', { other: 1 }, { connected: false })];
    const skilled = call('1', { skills: [{ skillId: 's1', minLevel: 2, mandatory: false }] });
    const kept = call('2', { preferred: { agentId: 'Boris', until: NOW + 60_000, kind: 'DIRECT' } });
    const router = routerWith({}, agents, [skilled, kept]);
    expect(router.explainCandidates('1', NOW).map(({ obstacle }) => obstacle?.text)).toEqual(['Lacks Czech at level 2 or higher (has 1).']);
    expect(router.explainCandidates('2', NOW).map(({ agentId, obstacle }) => [agentId, obstacle?.code])).toEqual([
      ['Anna', 'PREFERRED_AGENT'],
      ['Boris', 'CONNECTION'],
    ]);
  });

  it('names no more than five', () => {
    const agents = 'abcdefgh'.split('').map((id) => buildAgent(id, { billing: 1 }, { notResponding: true }));
    const [, text] = texts(routerWith({}, agents, [call('1')]), '1');
    expect(text).toBe('NOT_RESPONDING: a, b, c, d, e and 3 more let an offer lapse and get nothing before setting a presence.');
  });

  it.each<[string, Partial<QueueFacts>, Partial<InteractionFacts>, string]>([
    ['a closed queue', { open: false }, {}, 'QUEUE_CLOSED: Queue Billing is closed.'],
    ['an empty queue', {}, {}, 'NO_MEMBERS: Queue Billing has no members.'],
    ['a pause', {}, { roundNotBefore: NOW + 8_000 }, 'ROUND_PAUSE: Everybody who could take it was asked; the next round starts in 8 s.'],
    ['no queue', {}, { queueId: null }, 'NOT_WAITING: It is in no queue.'],
    ['an unknown queue', {}, { queueId: 'gone' }, 'QUEUE_CLOSED: Its queue is not in use any more.'],
  ])('says so for %s', (_, queue, overrides, text) => {
    expect(texts(routerWith(queue, [], [call('1', overrides)]), '1')[1]).toBe(text);
  });

  it('says when those who declined are asked again, though others were not asked yet', () => {
    const agents = [buildAgent('Anna', { billing: 1 }), buildAgent('Boris', { billing: 1 })];
    const interactions = [
      call('1', { declinedBy: ['Anna'], lastDeclinedAt: NOW - 18_000 }),
      call('2', { state: 'ACTIVE', agentId: 'Boris' }),
    ];
    expect(texts(routerWith({}, agents, interactions), '1')).toEqual([
      'Nobody of 2 members can take it now: 1 was asked already, 1 has no room.',
      'DECLINED: Anna was asked already; others are asked first, but all again in 42 s if nobody else could be.',
      'CAPACITY: 1 is on a call (Boris).',
    ]);
  });

  it('says which cap stands in the way, whatever room is left', () => {
    const large = { capacity: 1_000 };
    const agents = [
      buildAgent('Anna', { billing: 1 }, large),
      buildAgent('Boris', { billing: 1 }, { ...large, teamCap: { team: 'Juniors', atMost: 1 } }),
    ];
    const held = (id: string, agentId: string): InteractionFacts => call(id, { state: 'ACTIVE', agentId });
    const elsewhere = { ...held('4', 'Boris'), queueId: 'faults' };
    const router = routerWith({ maxPerAgent: 2 }, agents, [call('1'), held('2', 'Anna'), held('3', 'Anna'), elsewhere]);
    expect(texts(router, '1')).toEqual([
      'Nobody of 2 members can take it now: 1 has as much at once as their team may, 1 has as much of this queue at once as one agent may.',
      'TEAM_CAP: Boris has as much at once as their team may: Juniors at most 1.',
      'QUEUE_CAP: Anna has as much of queue Billing at once as one agent may: 2.',
    ]);
    expect(router.explainAgent('Anna', NOW).points.map(({ text }) => text)).toEqual([
      '1 waiting interaction is in queue Billing, of which they have as much at once as one agent may: 2.',
    ]);
    expect(router.explainAgent('Anna', NOW, { asksThemselves: true }).summary).toBe(
      '1 waiting interaction is in queue Billing, of which you have as much at once as one agent may: 2.',
    );
    expect(router.explainAgent('Boris', NOW).summary).toBe(
      '1 waiting interaction is left until they have finished something: members of team Juniors have at most 1 at once.',
    );
  });

  it('says where it is when it does not wait', () => {
    const anna = buildAgent('Anna', { billing: 1 }, { capacity: 200 });
    const offer = { id: 'o', offeredAt: NOW, expiresAt: NOW + 12_000 };
    const interactions = [call('1', { state: 'OFFERED', agentId: 'Anna', offer }), call('2', { state: 'ON_HOLD', agentId: 'Anna' })];
    const router = routerWith({}, [anna], interactions);
    expect(texts(router, '1')[0]).toBe('It rings at Anna for another 12 s.');
    expect(texts(router, '2')[0]).toBe('It does not wait for an agent: Anna has it on hold.');
    expect(texts(router, '3')[0]).toBe('It is closed, or the router has not read of it yet.');
  });
});

describe('why an agent gets no work', () => {
  const said = (router: Router): string[] => router.explainAgent('Anna', NOW).points.map(({ code, text }) => `${code}: ${text}`);

  it('tells what only they can change, then what waits', () => {
    const anna = buildAgent('Anna', { billing: 1 }, { availability: 'AWAY', presenceName: 'Lunch', presenceSince: NOW - 90_000 });
    const skills = [{ skillId: 's1', minLevel: 1, mandatory: false }];
    expect(said(routerWith({}, [anna], [call('1'), call('2', { skills })]))).toEqual([
      'PRESENCE: Anna is away: Lunch for 90 s.',
      'SKILL: 1 waiting interaction is beyond their skills.',
    ]);
  });

  it('tells how much room is left', () => {
    const busy = call('2', { channel: 'CHAT', state: 'ACTIVE', agentId: 'Anna' });
    expect(said(routerWith({}, [buildAgent('Anna', { billing: 1 })], [call('1'), busy]))).toEqual([
      'CAPACITY: 1 waiting interaction is too large for the room left: 50 of 100 units are taken.',
    ]);
  });

  it('tells when there is nothing to do', () => {
    expect(said(routerWith({}, [buildAgent('Anna', { billing: 1 })], []))).toEqual(['NOTHING_WAITING: Nothing waits in their queues.']);
  });
});

describe('who could serve a queue', () => {
  const czech = { skills: { s1: 2 } };
  const skills = [{ skillId: 's1', minLevel: 2, mandatory: false }];
  const busy = call('1', { state: 'ACTIVE', agentId: 'Boris' });

  it('names those who could, and for each other member the first thing in the way', () => {
    const agents = [
      buildAgent('Anna', { billing: 1 }, czech),
      buildAgent('Boris', { billing: 1 }, czech),
      buildAgent('Cyril', { billing: 1 }, { ...czech, availability: 'AWAY', presenceName: 'Break', presenceSince: NOW - 180_000 }),
      buildAgent('Dana', { billing: 1 }, { skills: { s1: 1 } }),
      buildAgent('Eva', { billing: 2 }, czech),
      buildAgent('Filip', { billing: 3 }, czech),
      buildAgent('Gita', { billing: 1 }, { ...czech, channels: new Set() }),
    ];
    const router = routerWith({ skills, levelDelayMs: [14_000] }, agents, [busy]);
    const said = router.explainQueue('billing', 'VOICE', NOW).map(({ agentId, obstacle }) => [agentId, obstacle?.code, obstacle?.text]);
    expect(said).toEqual([
      ['Anna', undefined, undefined],
      ['Boris', 'CAPACITY', 'Is on a call: 100 of 100 units are taken, and it takes 100.'],
      ['Cyril', 'PRESENCE', 'Is away: Break for 3 min.'],
      ['Dana', 'SKILL', 'Lacks Czech at level 2 or higher (has 1).'],
      ['Gita', 'CHANNEL_OPT_IN', 'Takes no voice today.'],
      ['Eva', 'MEMBERSHIP_LEVEL', 'Level-2 members help after 14 s of waiting.'],
      ['Filip', 'MEMBERSHIP_LEVEL', 'Level-3 members never help.'],
    ]);
  });

  it('says the same as the router does: who could is whom it offers what arrives', () => {
    const agents = [
      buildAgent('Anna', { billing: 1 }, { ...czech, availability: 'AWAY' }),
      buildAgent('Boris', { billing: 1 }, czech),
      buildAgent('Cyril', { billing: 1 }, czech),
    ];
    const router = routerWith({ skills }, agents, [busy]);
    const could = router.explainQueue('billing', 'VOICE', NOW).filter(({ obstacle }) => obstacle === null);
    expect(could.map(({ agentId }) => agentId)).toEqual(['Cyril']);
    router.setInteraction(call('2'));
    expect(router.decide(NOW)).toMatchObject([{ kind: 'OFFER', interactionId: '2', agentId: 'Cyril' }]);
    expect(router.explainQueue('billing', 'VOICE', NOW).map(({ obstacle }) => obstacle?.code)).toEqual([
      'PRESENCE',
      'CAPACITY',
      'CAPACITY',
    ]);
  });

  it('knows nobody of a queue that is not there, and says of a closed one that it is closed', () => {
    const router = routerWith({ open: false }, [buildAgent('Anna', { billing: 1 })], []);
    expect(router.explainQueue('nowhere', 'VOICE', NOW)).toEqual([]);
    expect(router.explainQueue('billing', 'VOICE', NOW)).toMatchObject([{ obstacle: { text: 'Queue Billing is closed.' } }]);
  });
});
