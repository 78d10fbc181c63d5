/** What the router does, by examples; each says which need it answers. */
import { Router } from '../../src/routing/router.js';
import type { AgentFacts, InteractionFacts, QueueFacts } from '../../src/routing/facts.js';
import { brief, buildAgent, buildInteraction, buildQueue, CHANNELS, offerIn } from './builders.js';

const NOW = 1_000_000;

interface World {
  queues?: QueueFacts[];
  agents?: AgentFacts[];
  interactions?: InteractionFacts[];
}

/** With queue "billing" where none is given. */
function routerWith({ queues = [buildQueue('billing')], agents = [], interactions = [] }: World): Router {
  const router = new Router();
  router.setChannels(CHANNELS);
  queues.forEach((facts) => router.setQueue(facts));
  agents.forEach((facts) => router.setAgent(facts));
  interactions.forEach((facts) => router.setInteraction(facts));
  return router;
}

const waits = (id: string, overrides: Partial<InteractionFacts> = {}): InteractionFacts =>
  buildInteraction(id, 'billing', { queuedAt: NOW, ...overrides });

const rings = (id: string, agentId: string, overrides: Partial<InteractionFacts> = {}): InteractionFacts =>
  waits(id, { state: 'OFFERED', agentId, offer: { id: `offer of ${id}`, offeredAt: NOW, expiresAt: NOW + 20_000 }, ...overrides });

describe('order', () => {
  const agent = buildAgent('anna', { billing: 1, faults: 1 });

  it('serves priority before age, and age before chance', () => {
    const interactions = [
      waits('new', { queuedAt: NOW - 1_000 }),
      waits('old', { queuedAt: NOW - 9_000 }),
      waits('urgent', { priority: 90 }),
    ];
    const router = routerWith({ agents: [{ ...agent, capacity: 300 }], interactions });
    expect(brief(router.decide(NOW))).toEqual(['urgent→anna', 'old→anna', 'new→anna']);
  });

  it('serves first what has to be answered first', () => {
    const interactions = [
      waits('never due', { queuedAt: NOW - 9_000 }),
      waits('late', { dueAt: NOW + 60_000 }),
      waits('soon', { dueAt: NOW + 5_000 }),
    ];
    const router = routerWith({ agents: [{ ...agent, capacity: 300 }], interactions });
    expect(brief(router.decide(NOW))).toEqual(['soon→anna', 'late→anna', 'never due→anna']);
  });

  it('follows the priority of queues, changed while work waits', () => {
    const queues = [buildQueue('billing', { priority: 60 }), buildQueue('faults', { priority: 50 })];
    const interactions = [waits('bill'), buildInteraction('fault', 'faults', { priority: 99 })];
    const router = routerWith({ queues, agents: [agent], interactions });
    router.setQueue(buildQueue('faults', { priority: 70 }));
    expect(brief(router.decide(NOW))).toEqual(['fault→anna']);
  });

  it('follows a priority that changes while decisions are left', () => {
    const queues = [buildQueue('billing', { priority: 60 }), buildQueue('faults', { priority: 50 })];
    const agents = [buildAgent('anna', { billing: 1 }, { skills: { tax: 1 } }), buildAgent('boris', { billing: 1, faults: 1 })];
    const taxing = waits('taxing', { priority: 90, skills: [{ skillId: 'tax', minLevel: 1, mandatory: false }] });
    const interactions = [taxing, waits('bill'), buildInteraction('fault', 'faults')];
    const router = routerWith({ queues, agents: agents.map((one) => ({ ...one, availability: 'AWAY' })), interactions });
    expect(router.decide(NOW)).toEqual([]);
    agents.forEach((one) => router.setAgent(one));
    expect(brief(router.decide(NOW, 1))).toEqual(['taxing→anna']);
    router.setQueue(buildQueue('billing', { priority: 40 }));
    expect(brief(router.decide(NOW))).toEqual(['fault→boris']);
  });

  it('serves two that come just as somebody becomes free, by both who can', () => {
    const boris = buildAgent('boris', { billing: 1 }, { idleSince: NOW });
    const router = routerWith({ agents: [agent, boris], interactions: [waits('held', { state: 'ACTIVE', agentId: 'anna' })] });
    expect(router.decide(NOW)).toEqual([]);
    router.removeInteraction('held');
    router.setInteraction(waits('one'));
    router.setInteraction(waits('two'));
    expect(brief(router.decide(NOW))).toEqual(['one→anna', 'two→boris']);
  });

  it('gives who was transferred the place of the first arrival, where the queue says so, also when it says so later', () => {
    const interactions = [waits('waiting', { queuedAt: NOW - 9_000 }), waits('transferred', { arrivedAt: NOW - 60_000 })];
    const agents = [{ ...agent, availability: 'AWAY' } as const];
    const router = routerWith({ agents, interactions });
    router.setAgent({ ...agent, capacity: 200 });
    expect(brief(router.decide(NOW, 1))).toEqual(['waiting→anna']);
    const other = routerWith({ agents, interactions });
    expect(other.decide(NOW)).toEqual([]);
    other.setQueue(buildQueue('billing', { keepsPlace: true }));
    other.setAgent({ ...agent, capacity: 200 });
    expect(brief(other.decide(NOW))).toEqual(['transferred→anna', 'waiting→anna']);
  });

  it('gives out nothing of a queue that is closed, and everything once it opens', () => {
    const router = routerWith({
      queues: [buildQueue('billing', { open: false })],
      agents: [agent],
      interactions: [waits('call')],
    });
    expect(router.decide(NOW)).toEqual([]);
    router.setQueue(buildQueue('billing'));
    expect(brief(router.decide(NOW))).toEqual(['call→anna']);
  });
});

describe('who is asked', () => {
  const interactions = [waits('call')];
  const chosen = (queue: Partial<QueueFacts>, agents: AgentFacts[], at = NOW): string[] =>
    brief(routerWith({ queues: [buildQueue('billing', queue)], agents, interactions }).decide(at));

  it('is who has the skill at the level asked for: a Spanish speaker for a Spanish customer', () => {
    const agents = [
      buildAgent('anna', { billing: 1 }, { skills: { spanish: 2 } }),
      buildAgent('boris', { billing: 1 }, { skills: { spanish: 5 }, idleSince: NOW - 1 }),
      buildAgent('cyril', { billing: 1 }),
    ];
    expect(chosen({ skills: [{ skillId: 'spanish', minLevel: 4, mandatory: false }] }, agents)).toEqual(['call→boris']);
  });

  it('is who has been idle the longest', () => {
    const agents = [
      buildAgent('anna', { billing: 1 }, { idleSince: NOW - 5_000 }),
      buildAgent('boris', { billing: 1 }, { idleSince: NOW - 94_000 }),
    ];
    const [offer] = routerWith({ agents, interactions }).decide(NOW);
    expect(offer).toMatchObject({ agentId: 'boris', why: { summary: 'Idle the longest (94 s) of 2 who can take it now.' } });
  });

  it('is who is the least occupied', () => {
    const router = routerWith({
      queues: [buildQueue('billing', { strategy: 'LEAST_OCCUPIED' })],
      agents: [buildAgent('anna', { billing: 1 }), buildAgent('boris', { billing: 1 }, { capacity: 200, idleSince: NOW })],
      interactions: [
        waits('chat', { channel: 'CHAT' }),
        waits('busy', { channel: 'CHAT', state: 'ACTIVE', agentId: 'anna' }),
        waits('busy too', { channel: 'CHAT', state: 'ACTIVE', agentId: 'boris' }),
      ],
    });
    expect(brief(router.decide(NOW))).toEqual(['chat→boris']);
  });

  it('is who has the best levels in the skills asked for', () => {
    const agents = [
      buildAgent('anna', { billing: 1 }, { skills: { tax: 4, dance: 10 } }),
      buildAgent('boris', { billing: 1 }, { skills: { tax: 7 }, idleSince: NOW }),
    ];
    const skills = [{ skillId: 'tax', minLevel: 1, mandatory: false }];
    expect(chosen({ strategy: 'BEST_SKILL', skills }, agents)).toEqual(['call→boris']);
  });

  it('is whose turn it is', () => {
    const agents = [
      buildAgent('anna', { billing: { level: 1, lastOfferedAt: NOW - 1_000 } }),
      buildAgent('boris', { billing: { level: 1, lastOfferedAt: NOW - 2_000 } }, { idleSince: NOW }),
    ];
    expect(chosen({ strategy: 'ROUND_ROBIN' }, agents)).toEqual(['call→boris']);
  });

  it('is, among equals, whose other skills are needed the least elsewhere', () => {
    const router = routerWith({
      queues: [buildQueue('billing'), buildQueue('german', { open: false, skills: [{ skillId: 'german', minLevel: 1, mandatory: true }] })],
      agents: [
        buildAgent('anna', { billing: 1, german: 1 }, { skills: { german: 5 } }),
        buildAgent('boris', { billing: 1 }, { skills: { dance: 5 } }),
      ],
      interactions: [...interactions, buildInteraction('brief', 'german')],
    });
    expect(brief(router.decide(NOW))).toEqual(['call→boris']);
  });

  it('is a member of level 2 only after the delay', () => {
    const queue = { levelDelayMs: [30_000] };
    const agents = [buildAgent('anna', { billing: 2 })];
    const router = routerWith({ queues: [buildQueue('billing', queue)], agents, interactions });
    expect(router.decide(NOW)).toEqual([]);
    expect(router.nextDue(NOW)).toBe(NOW + 30_000);
    expect(brief(router.decide(NOW + 30_000))).toEqual(['call→anna']);
  });

  it('needs less and less skill the longer the customer waits, but never none where it is mandatory', () => {
    const queue = (mandatory: boolean): Partial<QueueFacts> => ({
      skills: [{ skillId: 'tax', minLevel: 4, mandatory }],
      relaxation: [
        { afterMs: 10_000, levelDrop: 1 },
        { afterMs: 60_000, levelDrop: 9 },
      ],
    });
    const able = [buildAgent('anna', { billing: 1 }, { skills: { tax: 3 } })];
    const unable = [buildAgent('boris', { billing: 1 })];
    expect(chosen(queue(false), able, NOW + 9_999)).toEqual([]);
    expect(chosen(queue(false), able, NOW + 10_000)).toEqual(['call→anna']);
    expect(chosen(queue(false), unable, NOW + 60_000)).toEqual(['call→boris']);
    expect(chosen(queue(true), unable, NOW + 60_000)).toEqual([]);
  });

  it('is whom the customer knows, for a bounded time', () => {
    const preferred = { agentId: 'anna', until: NOW + 15_000, kind: 'STICKY' } as const;
    const agents = [buildAgent('anna', { billing: 1 }), buildAgent('boris', { billing: 1 }, { idleSince: -1 })];
    const busy = waits('other', { state: 'ACTIVE', agentId: 'anna' });
    const router = routerWith({ agents, interactions: [waits('call', { preferred }), busy] });
    expect(router.decide(NOW)).toEqual([]);
    expect(router.explainInteraction('call', NOW).summary).toBe('It is kept for anna for another 15 s: 1 has no room.');
    expect(brief(router.decide(NOW + 15_000))).toEqual(['call→boris']);
  });

  it('is nobody in particular when whom the customer knows has gone home', () => {
    const preferred = { agentId: 'anna', until: NOW + 15_000, kind: 'STICKY' } as const;
    const agents = [buildAgent('anna', { billing: 1 }), buildAgent('boris', { billing: 1 })];
    const router = routerWith({ agents, interactions: [waits('call', { preferred })] });
    router.setAgent({ ...agents[0]!, availability: 'OFFLINE' });
    expect(brief(router.decide(NOW))).toEqual(['call→boris']);
  });

  it('is the one it was transferred to, with neither membership nor skill', () => {
    const preferred = { agentId: 'cyril', until: NOW + 60_000, kind: 'DIRECT' } as const;
    const agents = [buildAgent('anna', { billing: 1 }), buildAgent('cyril', {})];
    const router = routerWith({ agents, interactions: [waits('call', { preferred })] });
    expect(offerIn(router.decide(NOW))).toMatchObject({ agentId: 'cyril', why: { summary: 'A transfer to one person, not to a queue.' } });
  });

  it('is the one it was transferred to, also while something else kept for them pauses between two rounds', () => {
    const preferred = { agentId: 'cyril', until: NOW + 60_000, kind: 'DIRECT' } as const;
    const interactions = [waits('asked', { preferred, roundNotBefore: NOW + 10_000 }), waits('call', { preferred })];
    expect(brief(routerWith({ agents: [buildAgent('cyril', {})], interactions }).decide(NOW))).toEqual(['call→cyril']);
  });

  it('is nobody who is away, gone, not connected, not responding, or not on that channel today', () => {
    const agents = [
      buildAgent('away', { billing: 1 }, { availability: 'AWAY' }),
      buildAgent('gone', { billing: 1 }, { availability: 'OFFLINE' }),
      buildAgent('lost', { billing: 1 }, { connected: false, disconnectedAt: NOW }),
      buildAgent('mute', { billing: 1 }, { notResponding: true }),
      buildAgent('chatting', { billing: 1 }, { channels: new Set(['CHAT']) }),
    ];
    expect(chosen({}, agents)).toEqual([]);
  });
});

describe('capacity', () => {
  it('takes as many chats as fit, and no call beside them', () => {
    const interactions = ['one', 'three', 'two'].map((id) => waits(id, { channel: 'CHAT' }));
    const router = routerWith({ agents: [buildAgent('anna', { billing: 1 })], interactions: [...interactions, waits('zcall')] });
    expect(brief(router.decide(NOW))).toEqual(['one→anna', 'three→anna']);
  });

  it('lets a call interrupt an e-mail, but no e-mail a call', () => {
    const agents = [buildAgent('anna', { billing: 1 })];
    const mail = waits('mail', { channel: 'EMAIL' });
    const held = { state: 'ACTIVE', agentId: 'anna' } as const;
    expect(brief(routerWith({ agents, interactions: [waits('call'), { ...mail, ...held }] }).decide(NOW))).toEqual(['call→anna']);
    expect(routerWith({ agents, interactions: [waits('call', held), mail] }).decide(NOW)).toEqual([]);
  });

  it('gives one agent no more of a queue than its cap, and no more at all than the cap of the team', () => {
    const queues = [buildQueue('complaints', { maxPerAgent: 2, priority: 90 }), buildQueue('billing')];
    const complaint = (id: string, overrides: Partial<InteractionFacts> = {}): InteractionFacts =>
      buildInteraction(id, 'complaints', { channel: 'EMAIL', queuedAt: NOW, ...overrides });
    const junior = buildAgent('anna', { complaints: 1, billing: 1 }, { capacity: 1_000, teamCap: { team: 'Juniors', atMost: 3 } });
    const mail = (id: string): InteractionFacts => waits(id, { channel: 'EMAIL' });
    const interactions = [complaint('c1'), complaint('c2'), complaint('c3'), mail('m1'), mail('m2')];
    const router = routerWith({ queues, agents: [junior], interactions });
    expect(brief(router.decide(NOW))).toEqual(['c1→anna', 'c2→anna', 'm1→anna']);
    // What waits for the customer makes room under both caps.
    router.setInteraction(complaint('c1', { state: 'WAITING_FOR_CUSTOMER', agentId: 'anna' }));
    expect(brief(router.decide(NOW))).toEqual(['c3→anna']);
    router.setAgent({ ...junior, teamCap: null });
    expect(brief(router.decide(NOW))).toEqual(['m2→anna']);
    router.setInteraction(complaint('c4'));
    expect(router.decide(NOW)).toEqual([]);
    router.setQueue({ ...buildQueue('complaints', { maxPerAgent: 3, priority: 90 }) });
    expect(brief(router.decide(NOW))).toEqual(['c4→anna']);
  });

  it('weighs less what waits for the customer', () => {
    const chat = (id: string, state: InteractionFacts['state']): InteractionFacts => waits(id, { channel: 'CHAT', state, agentId: 'anna' });
    const agents = [buildAgent('anna', { billing: 1 })];
    const router = routerWith({ agents, interactions: [chat('a', 'ACTIVE'), chat('b', 'ACTIVE'), waits('c', { channel: 'CHAT' })] });
    expect(router.decide(NOW)).toEqual([]);
    router.setInteraction(chat('a', 'WAITING_FOR_CUSTOMER'));
    expect(router.decide(NOW)).toEqual([]);
    router.setInteraction(chat('b', 'WAITING_FOR_CUSTOMER'));
    expect(brief(router.decide(NOW))).toEqual(['c→anna']);
  });
});

describe('an offer', () => {
  const anna = buildAgent('anna', { billing: 1 });
  const boris = buildAgent('boris', { billing: 1 }, { idleSince: NOW });

  it('that lapses goes to somebody else, and who let it lapse gets nothing more', () => {
    const router = routerWith({ agents: [anna, boris], interactions: [rings('call', 'anna'), waits('next', { queuedAt: NOW + 1 })] });
    router.setInteraction(waits('busy', { state: 'ACTIVE', agentId: 'boris' }));
    expect(router.decide(NOW)).toEqual([]);
    expect(router.nextDue(NOW)).toBe(NOW + 20_000);
    expect(router.decide(NOW + 20_000)).toEqual([{ kind: 'LAPSE', interactionId: 'call', offerId: 'offer of call', agentId: 'anna' }]);
    router.removeInteraction('busy');
    expect(brief(router.decide(NOW + 20_000))).toEqual(['call→boris']);
  });

  it('that lapses takes the other offers of that agent along, without blame', () => {
    const chat = { channel: 'CHAT' } as const;
    const interactions = [
      rings('a', 'anna', chat),
      rings('b', 'anna', { ...chat, offer: { id: 'b', offeredAt: NOW, expiresAt: NOW + 30_000 } }),
    ];
    const router = routerWith({ agents: [anna], interactions });
    expect(brief(router.decide(NOW + 20_000))).toEqual(['LAPSE a', 'WITHDRAW b', 'NEW_ROUND a']);
    router.setAgent({ ...anna, idleSince: 1 });
    expect(brief(router.decide(NOW + 20_000))).toEqual(['b→anna']);
  });

  it('that was declined is made to everybody else before it is made again', () => {
    const declined = waits('call', { declinedBy: ['anna'] });
    const router = routerWith({ agents: [anna, boris], interactions: [declined] });
    expect(brief(router.decide(NOW))).toEqual(['call→boris']);
    router.setInteraction({ ...declined, declinedBy: ['anna', 'boris'] });
    expect(router.decide(NOW)).toEqual([
      { kind: 'NEW_ROUND', interactionId: 'call', round: 1, notBefore: NOW + 10_000, because: 'ALL_ASKED' },
    ]);
    expect(router.nextDue(NOW)).toBe(NOW + 10_000);
    expect(brief(router.decide(NOW + 10_000))).toEqual(['call→anna']);
  });

  it('waits for who is busy, but not for who is away, before a new round begins', () => {
    const interactions = [waits('call', { declinedBy: ['anna'] }), waits('busy', { state: 'ACTIVE', agentId: 'boris' })];
    const router = routerWith({ agents: [anna, boris], interactions });
    expect(router.decide(NOW)).toEqual([]);
    router.setAgent({ ...boris, availability: 'AWAY' });
    expect(brief(router.decide(NOW))).toEqual(['NEW_ROUND call']);
  });

  it('is made again to who declined, when nobody else could be asked for as long as the queue bears', () => {
    const declined = waits('call', { declinedBy: ['anna'], lastDeclinedAt: NOW });
    const router = routerWith({ agents: [anna, boris], interactions: [declined, waits('busy', { state: 'ACTIVE', agentId: 'boris' })] });
    expect(router.decide(NOW)).toEqual([]);
    expect(router.nextDue(NOW)).toBe(NOW + 60_000);
    expect(brief(router.decide(NOW + 60_000))).toEqual(['NEW_ROUND call', 'call→anna']);
  });

  it('that lapses while its agent chose a break leaves the break as it is', () => {
    const onBreak: AgentFacts = { ...anna, availability: 'AWAY', presenceName: 'Break', presenceSetAt: NOW };
    const router = routerWith({ agents: [onBreak], interactions: [rings('call', 'anna')] });
    expect(brief(router.decide(NOW + 20_000))).toEqual(['LAPSE call', 'NEW_ROUND call']);
    expect(router.explainAgent('anna', NOW + 20_000).points.map(({ code }) => code)).toEqual(['PRESENCE', 'ROUND_PAUSE']);
  });

  it('does not hold up a new round for somebody who is too small for the channel', () => {
    const small = buildAgent('small', { billing: 1 }, { capacity: 50 });
    const router = routerWith({ agents: [anna, small], interactions: [waits('call', { declinedBy: ['anna'] })] });
    expect(brief(router.decide(NOW))).toEqual(['NEW_ROUND call']);
  });

  it('is taken back at once from who goes offline, and after a grace from whose connection is lost', () => {
    const gone: AgentFacts = { ...anna, availability: 'OFFLINE' };
    const lost: AgentFacts = { ...anna, connected: false, disconnectedAt: NOW };
    const offer = { kind: 'WITHDRAW', interactionId: 'call', offerId: 'offer of call', agentId: 'anna' };
    const interactions = [rings('call', 'anna')];
    expect(routerWith({ agents: [gone], interactions }).decide(NOW)).toEqual([{ ...offer, reason: 'OFFLINE' }]);
    const router = routerWith({ agents: [lost], interactions });
    expect(router.decide(NOW + 9_999)).toEqual([]);
    expect(router.nextDue(NOW + 9_999)).toBe(NOW + 10_000);
    expect(router.decide(NOW + 10_000)).toEqual([{ ...offer, reason: 'CONNECTION' }]);
  });

  it('that the database refused is as if it had not been made', () => {
    const router = routerWith({ agents: [anna], interactions: [waits('call'), waits('second')] });
    expect(brief(router.decide(NOW))).toEqual(['call→anna']);
    router.removeInteraction('call');
    expect(brief(router.decide(NOW))).toEqual(['second→anna']);
  });

  it('that is not committed yet takes room, but neither lapses nor is taken back', () => {
    const router = routerWith({ agents: [anna], interactions: [waits('call'), waits('second')] });
    router.decide(NOW);
    router.setAgent({ ...anna, availability: 'OFFLINE' });
    expect(router.decide(NOW + 60_000)).toEqual([]);
    router.setInteraction(rings('call', 'anna'));
    expect(brief(router.decide(NOW + 60_000))).toEqual(['WITHDRAW call']);
  });
});

describe('work that is held', () => {
  const held = (id: string, overrides: Partial<InteractionFacts>): InteractionFacts =>
    waits(id, { state: 'ACTIVE', agentId: 'anna', ...overrides });
  const gone = buildAgent('anna', { billing: 1 }, { availability: 'OFFLINE' });

  it('goes back by the policy of its channel, with its age, when the agent goes offline', () => {
    const router = routerWith({
      agents: [gone],
      interactions: [
        held('call', {}),
        held('mail', { channel: 'EMAIL' }),
        held('noting', { state: 'WRAP_UP' }),
        held('chat', { channel: 'CHAT', state: 'WAITING_FOR_CUSTOMER' }),
      ],
    });
    expect(brief(router.decide(NOW))).toEqual(['GIVE_BACK call', 'GIVE_BACK chat']);
    router.setAgent(buildAgent('boris', { billing: 1 }));
    router.setInteraction(waits('newer', { queuedAt: NOW + 1 }));
    expect(brief(router.decide(NOW + 1))).toEqual(['call→boris']);
  });

  it('goes back whatever the policy when the agent has left the company: nothing is forgotten', () => {
    const router = routerWith({ agents: [gone], interactions: [held('mail', { channel: 'EMAIL' })] });
    expect(router.decide(NOW)).toEqual([]);
    router.removeAgent('anna');
    expect(brief(router.decide(NOW))).toEqual(['GIVE_BACK mail']);
  });
});

describe('overflow', () => {
  const queues = [
    buildQueue('billing', { overflow: { afterMs: 60_000, queueId: 'help' } }),
    buildQueue('help', { overflow: { afterMs: 60_000, queueId: 'billing' } }),
  ];

  it('moves what waited too long, and it is served there at once', () => {
    const router = routerWith({ queues, agents: [buildAgent('hana', { help: 1 })], interactions: [waits('call')] });
    expect(router.decide(NOW)).toEqual([]);
    expect(router.nextDue(NOW)).toBe(NOW + 60_000);
    expect(brief(router.decide(NOW + 60_000))).toEqual(['OVERFLOW call', 'call→hana']);
  });

  it('moves nothing that somebody can take, and nothing into a queue that is closed', () => {
    const agents = [buildAgent('anna', { billing: 1 })];
    expect(brief(routerWith({ queues, agents, interactions: [waits('call')] }).decide(NOW + 60_000))).toEqual(['call→anna']);
    const closed = [queues[0]!, { ...queues[1]!, open: false }];
    expect(routerWith({ queues: closed, interactions: [waits('call')] }).decide(NOW + 60_000)).toEqual([]);
  });

  it('in a circle takes its time at each turn', () => {
    const router = routerWith({ queues, interactions: [waits('call')] });
    expect(brief(router.decide(NOW + 60_000))).toEqual(['OVERFLOW call']);
    expect(router.nextDue(NOW + 60_000)).toBe(NOW + 120_000);
    expect(router.decide(NOW + 120_000)).toEqual([{ kind: 'OVERFLOW', interactionId: 'call', fromQueueId: 'help', toQueueId: 'billing' }]);
  });
});

describe('next for me', () => {
  it('gives an agent who is away what comes first of what they can take', () => {
    const agents = [buildAgent('anna', { billing: 2 }, { availability: 'AWAY' })];
    const interactions = [
      waits('hard', { priority: 90, skills: [{ skillId: 'tax', minLevel: 1, mandatory: false }] }),
      waits('declined', { priority: 80, declinedBy: ['anna'] }),
      waits('easy'),
    ];
    const router = routerWith({ agents, interactions });
    expect(router.pull('anna', NOW)).toMatchObject({ kind: 'OFFER', interactionId: 'declined', why: { points: [{ code: 'PULLED' }] } });
  });

  it('says why there is nothing', () => {
    const agents = [buildAgent('anna', { billing: 1 }, { availability: 'AWAY' }), buildAgent('boris', {})];
    const preferred = { agentId: 'boris', until: NOW + 60_000, kind: 'DIRECT' } as const;
    const interactions = [waits('call', { preferred }), waits('busy', { state: 'ACTIVE', agentId: 'boris' })];
    const router = routerWith({ agents, interactions });
    expect(router.pull('anna', NOW)).toMatchObject({ summary: '1 waiting interaction is kept for somebody else.' });
    expect(router.pull('nobody', NOW)).toMatchObject({ points: [{ code: 'PRESENCE' }] });
  });
});
