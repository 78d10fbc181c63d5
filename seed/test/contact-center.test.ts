/** The configuration: whole, consistent, and such that everything that can come in can be handled. */
import { contactCenter } from '../src/contact-center.js';
import { TRIAL_AGENT_EMAIL } from '../src/organisation.js';

const center = contactCenter(1);
const idsOf = (records: readonly { id: string }[]) => new Set(records.map(({ id }) => id));

test('the same seed gives the same contact center, another one other people', () => {
  expect(contactCenter(1)).toEqual(center);
  const other = contactCenter(2);
  expect(other.agents.map(({ name }) => name)).not.toEqual(center.agents.map(({ name }) => name));
  expect(other.queues.some(({ id }) => idsOf(center.queues).has(id))).toBe(false);
});

test('there are 12 queues in 4 departments and 60 agents', () => {
  expect(center.queues).toHaveLength(12);
  expect(new Set(center.queues.map(({ department }) => department)).size).toBe(4);
  expect(center.agents).toHaveLength(60);
});

test('no two records share an id, a name that must be unique, an e-mail address or an extension', () => {
  const { teams, skills, presenceStatuses, slaPolicies, queues, dispositions, entryPoints, agents } = center;
  const all = [teams, skills, presenceStatuses, slaPolicies, queues, dispositions, entryPoints, agents].flat();
  expect(idsOf(all).size).toBe(all.length);
  for (const named of [teams, skills, presenceStatuses, slaPolicies, queues, dispositions]) {
    expect(new Set(named.map(({ name }) => name)).size).toBe(named.length);
  }
  expect(new Set(agents.map(({ email }) => email)).size).toBe(agents.length);
  expect(new Set(agents.map(({ extension }) => extension)).size).toBe(agents.length);
  expect(new Set(entryPoints.map(({ channel, address }) => `${channel} ${address}`)).size).toBe(entryPoints.length);
});

test('every reference leads to a record', () => {
  const skills = idsOf(center.skills);
  const queues = idsOf(center.queues);
  for (const queue of center.queues) {
    expect(queue.skills.every(({ skillId }) => skills.has(skillId))).toBe(true);
    expect(queue.overflowQueueId === null || queues.has(queue.overflowQueueId)).toBe(true);
    expect(queue.overflowQueueId).not.toBe(queue.id);
    expect(idsOf(center.slaPolicies).has(queue.slaPolicyId)).toBe(true);
  }
  for (const agent of center.agents) {
    expect(idsOf(center.teams).has(agent.teamId)).toBe(true);
    expect(agent.skills.every(({ skillId }) => skills.has(skillId))).toBe(true);
    expect(agent.memberships.every(({ queueId }) => queues.has(queueId))).toBe(true);
    expect(new Set(agent.memberships.map(({ queueId }) => queueId)).size).toBe(agent.memberships.length);
    expect(new Set(agent.skills.map(({ skillId }) => skillId)).size).toBe(agent.skills.length);
  }
  for (const entry of center.entryPoints) {
    expect(queues.has(entry.queueId)).toBe(true);
    expect(entry.skills.every(({ skillId }) => skills.has(skillId))).toBe(true);
  }
});

test('levels, priorities and times are within what the contract allows', () => {
  const level = (value: number) => value >= 1 && value <= 10;
  for (const { skills, memberships } of center.agents) {
    expect([...skills, ...memberships].every((each) => level(each.level))).toBe(true);
  }
  for (const queue of center.queues) {
    expect(queue.priority).toBeGreaterThanOrEqual(0);
    expect(queue.priority).toBeLessThanOrEqual(100);
    expect(queue.offerTimeoutSeconds).toBeGreaterThanOrEqual(5);
    expect(queue.relaxation.map(({ afterSeconds }) => afterSeconds)).toEqual(
      [...queue.relaxation.map(({ afterSeconds }) => afterSeconds)].sort((left, right) => left - right),
    );
    expect(
      [...queue.skills, ...queue.relaxation.map(({ levelDrop }) => ({ minLevel: levelDrop }))].every(({ minLevel }) => level(minLevel)),
    ).toBe(true);
  }
});

test('every way in has at least two agents who may take it as it is asked for', () => {
  for (const entry of center.entryPoints) {
    const queue = center.queues.find(({ id }) => id === entry.queueId)!;
    const able = center.agents.filter(
      (agent) =>
        agent.memberships.some(({ queueId, level }) => queueId === queue.id && level <= 1 + queue.levelDelaySeconds.length) &&
        agent.channels.includes(entry.channel) &&
        [...queue.skills, ...entry.skills]
          .filter(({ mandatory }) => mandatory)
          .every(({ skillId, minLevel }) => agent.skills.some((skill) => skill.skillId === skillId && skill.level >= minLevel)),
    );
    expect({ entry: entry.address, able: able.length >= 2 }).toEqual({ entry: entry.address, able: true });
  }
});

test('all four strategies, overflow, relaxation, level delays and sticky agents are in use', () => {
  expect(new Set(center.queues.map(({ strategy }) => strategy)).size).toBe(4);
  expect(center.queues.some(({ overflowQueueId }) => overflowQueueId !== null)).toBe(true);
  expect(center.queues.some(({ wrapUp }) => wrapUp.some(({ seconds }) => seconds >= 5))).toBe(true);
  expect(center.queues.every(({ relaxation, levelDelaySeconds }) => relaxation.length > 0 && levelDelaySeconds.length > 0)).toBe(true);
  expect(center.queues.some(({ stickySeconds }) => stickySeconds > 0)).toBe(true);
});

test('the trial agent takes every channel and is a first-level member of busy queues', () => {
  const agent = center.agents.find(({ email }) => email === TRIAL_AGENT_EMAIL)!;
  expect(agent.channels).toHaveLength(9);
  expect(agent.memberships.filter(({ level }) => level === 1).length).toBeGreaterThanOrEqual(3);
});
