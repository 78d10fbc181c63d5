/** Skills, wrap-ups and SLA as one word, and which events make the CRM be told. */
import fc from 'fast-check';
import { readSkillWords, skillWord } from '../../src/crm/skill-words.js';
import { slaStatus } from '../../src/crm/sla-status.js';
import { marksOf, TYPES } from '../../src/crm/push-marks.js';
import { readWrapUpWords, wrapUpWord } from '../../src/crm/wrap-up-words.js';
import { queueWrapUps } from '../../src/queues/wrap-up.js';
import { sign, Deliveries, WINDOW_MS } from '../../src/crm/twenty/signature.js';

const SKILLS = [
  { id: 's1', name: 'Spanish' },
  { id: 's2', name: 'Level 2 support' },
];

it('reads back the skills that it writes', () => {
  fc.assert(
    fc.property(fc.constantFrom(...SKILLS), fc.integer({ min: 1, max: 10 }), fc.boolean(), (skill, level, mandatory) => {
      expect(readSkillWords([skillWord(skill.name, level, mandatory)], SKILLS)).toEqual([{ skillId: skill.id, level, mandatory }]);
    }),
  );
});

it('takes a skill without a level for level 1, in any case, and refuses what there is not, naming what there is', () => {
  expect(readSkillWords([' spanish '], SKILLS)).toEqual([{ skillId: 's1', level: 1, mandatory: true }]);
  expect(() => readSkillWords(['Spansh 3'], SKILLS)).toThrow('There is no skill “Spansh”. There are: Spanish, Level 2 support.');
  expect(() => readSkillWords(['Spanish 11'], SKILLS)).toThrow('1 to 10, not 11');
});

const channel = fc.constantFrom(...(['VOICE', 'CHAT', 'EMAIL', 'SMS', 'SOCIAL', 'FAX', 'WEB_FORM', 'CASE', 'TASK'] as const));
const wrapUp = fc.record({
  channel,
  mode: fc.constantFrom(...(['MANUAL', 'TIMED', 'NONE'] as const)),
  seconds: fc.integer({ min: 5, max: 3_600 }),
  extensionSeconds: fc.integer({ min: 0, max: 3_600 }),
  afterTransfer: fc.boolean(),
});

it('reads back the wrap-ups that it writes, however they are spaced', () => {
  fc.assert(
    fc.property(fc.uniqueArray(wrapUp, { selector: (rule) => rule.channel }), fc.boolean(), (given, isTight) => {
      const rules = queueWrapUps(given);
      const words = rules.map(wrapUpWord).map((word) => (isTight ? word.toUpperCase().replace(': ', ':').replaceAll(' S', 'S') : word));
      expect(queueWrapUps(readWrapUpWords(words))).toEqual(rules);
    }),
  );
});

it('says which wrap-up it cannot read, and how one is written', () => {
  expect(wrapUpWord({ channel: 'VOICE', mode: 'TIMED', seconds: 60, extensionSeconds: 60, afterTransfer: true })).toBe('Voice: 60 s');
  expect(() => readWrapUpWords(['Phone: 60 s'])).toThrow('“Phone” is no channel. There are: Voice, Chat, Social media');
  expect(() => readWrapUpWords(['Voice: a minute'])).toThrow('“Voice: a minute” is no wrap-up. Write it as “Chat: none”');
  expect(() => readWrapUpWords(['Voice'])).toThrow('“Voice” is no wrap-up.');
});

it('calls an interaction breached as soon as one promise was, at risk while a warned clock runs, met when all was kept', () => {
  const clock = { state: 'RUNNING' as const, warnedAt: null, breachedAt: null, dueAt: new Date(2_000) };
  expect(slaStatus([])).toEqual({ status: 'NONE', dueAt: null });
  expect(slaStatus([clock, { ...clock, dueAt: new Date(1_000) }])).toEqual({ status: 'ON_TRACK', dueAt: new Date(1_000) });
  expect(slaStatus([{ ...clock, warnedAt: new Date(1) }]).status).toBe('AT_RISK');
  expect(slaStatus([{ ...clock, state: 'PAUSED', warnedAt: new Date(1) }]).status).toBe('ON_TRACK');
  expect(slaStatus([clock, { ...clock, state: 'STOPPED', breachedAt: new Date(1) }]).status).toBe('BREACHED');
  expect(slaStatus([{ ...clock, state: 'STOPPED' }])).toEqual({ status: 'MET', dueAt: null });
  expect(slaStatus([{ ...clock, state: 'CANCELLED' }]).status).toBe('NONE');
});

it('tells each record once for a batch of events, as urgently as the most urgent of them', () => {
  const event = (type: string, subjectId: string, facts = {}) => ({ type, subjectId, facts });
  expect(
    marksOf([
      event('interaction.queued', 'i1'),
      event('interaction.offered', 'i1'),
      event('interaction.held', 'i1'),
      event('queue.member_set', 'q1', { memberId: 'm1' }),
      event('customer.updated', 'c1', { from: 'CRM' }),
      event('token.created', 't1'),
    ]),
  ).toEqual([
    { kind: 'INTERACTION', id: 'i1', urgency: 0 },
    { kind: 'QUEUE_MEMBER', id: 'm1', urgency: 1 },
  ]);
  expect(TYPES).toContain('crm.connected');
});

describe('a delivery', () => {
  const body = Buffer.from('{"record":{"id":"1"}}');
  const NOW = 1_800_000_000_000;
  const refusal = (work: () => void): string => {
    try {
      work();
      return 'taken';
    } catch (error) {
      return (error as Error).message;
    }
  };

  it('is taken once, and never again', () => {
    const deliveries = new Deliveries('secret');
    const signature = sign('secret', String(NOW), body);
    expect(refusal(() => deliveries.check(String(NOW), signature, body, NOW))).toBe('taken');
    expect(refusal(() => deliveries.check(String(NOW), signature, body, NOW + 1))).toContain('was there before');
  });

  it('is refused with another body, secret or time than were signed, and out of its window either way', () => {
    const deliveries = new Deliveries('secret');
    const signature = sign('secret', String(NOW), body);
    expect(refusal(() => deliveries.check(String(NOW), signature, Buffer.from('{}'), NOW))).toContain('does not fit');
    expect(refusal(() => deliveries.check(String(NOW + 1), signature, body, NOW))).toContain('does not fit');
    expect(refusal(() => deliveries.check(String(NOW), sign('other', String(NOW), body), body, NOW))).toContain('does not fit');
    expect(refusal(() => deliveries.check(String(NOW), signature, body, NOW + WINDOW_MS + 1))).toContain('s old');
    expect(refusal(() => deliveries.check(String(NOW), signature, body, NOW - WINDOW_MS - 1))).toContain('s ahead');
    expect(refusal(() => deliveries.check('yesterday', signature, body, NOW))).toContain('must be milliseconds');
  });

  it('is remembered for as long as it would be taken', () => {
    const deliveries = new Deliveries('secret');
    for (let ms = 0; ms < 50; ms += 1) {
      const at = NOW + ms * 20_000;
      const signature = sign('secret', String(at), body);
      deliveries.check(String(at), signature, body, at);
      expect(refusal(() => deliveries.check(String(at), signature, body, at + WINDOW_MS))).toContain('was there before');
    }
  });
});
