/** How agents handle work: every plan can be carried out in the life cycle and comes to an end. */
import fc from 'fast-check';
import {
  answerOffer,
  attention,
  drawDisposition,
  handlingSteps,
  meanEffortSeconds,
  unansweredSteps,
  drawEffort,
  type Held,
  type Step,
} from '../src/handling.js';
import { DISPOSITIONS } from '../src/dispositions.js';
import { CHANNELS, type Channel } from '../src/generated/channels.js';
import { randomStream } from '../src/random.js';
import { LANGUAGES, TOPICS } from '../src/texts.js';

const held: fc.Arbitrary<Held> = fc.record({
  channel: fc.constantFrom(...CHANNELS),
  state: fc.constantFrom('ACTIVE', 'ON_HOLD', 'WAITING_FOR_CUSTOMER', 'WRAP_UP'),
  language: fc.constantFrom(...LANGUAGES),
  topic: fc.constantFrom(...TOPICS),
  transferCount: fc.nat(2),
  escalationLevel: fc.nat(2),
});
const NOW = Date.UTC(2026, 10, 21, 8);

/** A small model of the engine's life cycle, as far as an agent moves through it. */
function after(state: string, { step }: Step): string {
  const legal: Record<string, Record<string, string>> = {
    HOLD: { ACTIVE: 'ON_HOLD' },
    RESUME: { ON_HOLD: 'ACTIVE' },
    AWAIT_CUSTOMER: { ACTIVE: 'WAITING_FOR_CUSTOMER' },
    UNTIL_ANSWERED: { WAITING_FOR_CUSTOMER: 'ACTIVE' },
    END: { ACTIVE: 'WRAP_UP', WAITING_FOR_CUSTOMER: 'WRAP_UP' },
    TRANSFER: { ACTIVE: 'GONE' },
    ESCALATE: { ACTIVE: 'GONE' },
    CLOSE: { WRAP_UP: 'CLOSED' },
  };
  const rule = legal[step];
  if (!rule) return state;
  const next = rule[state];
  if (!next) throw new Error(`${step} in state ${state}`);
  return next;
}

test('every plan is legal from the state it starts in, and ends with the interaction closed or given away', () => {
  fc.assert(
    fc.property(fc.integer(), held, (seed, each) => {
      const steps = handlingSteps(randomStream(seed, 'steps'), each, 'Jana Nováková', NOW);
      expect(['CLOSED', 'GONE']).toContain(steps.reduce(after, each.state as string));
    }),
    { numRuns: 500 },
  );
});

test('when the customer never answers, what is left is legal too', () => {
  for (const language of LANGUAGES) expect(unansweredSteps(language).reduce(after, 'WAITING_FOR_CUSTOMER')).toBe('CLOSED');
});

test('the same stream makes the same plan', () => {
  fc.assert(
    fc.property(fc.integer(), held, (seed, each) => {
      const plan = () => handlingSteps(randomStream(seed, 'steps'), each, 'Jana Nováková', NOW);
      expect(plan()).toEqual(plan());
    }),
  );
});

test('what was transferred or escalated once is not passed on again', () => {
  fc.assert(
    fc.property(fc.integer(), held, (seed, each) => {
      const steps = handlingSteps(randomStream(seed, 'steps'), { ...each, transferCount: 1, escalationLevel: 1 }, 'Jana Nováková', NOW);
      expect(steps.some(({ step }) => step === 'TRANSFER' || step === 'ESCALATE')).toBe(false);
    }),
  );
});

test('a disposition is always one that the channel shows', () => {
  fc.assert(
    fc.property(fc.integer(), fc.constantFrom(...TOPICS), fc.constantFrom(...CHANNELS), (seed, topic, channel) => {
      const channels: readonly Channel[] = DISPOSITIONS[drawDisposition(randomStream(seed, 'disposition'), topic, channel)].channels;
      expect(channels.length === 0 || channels.includes(channel)).toBe(true);
    }),
  );
  const unanswered: readonly Channel[] = DISPOSITIONS.noAnswer.channels;
  expect(CHANNELS.filter((channel) => !unanswered.includes(channel))).toEqual(['VOICE', 'FAX']);
});

test.each(CHANNELS)('the work of %s takes as long as the load was sized for', (channel) => {
  const random = randomStream(11, 'effort', channel);
  let sum = 0;
  for (let draw = 0; draw < 20_000; draw++) {
    const { workSeconds, wrapSeconds } = drawEffort(random, channel, 'highInvoice');
    sum += workSeconds + wrapSeconds;
  }
  expect(Math.abs(sum / 20_000 / meanEffortSeconds(channel) - 1)).toBeLessThan(0.03);
});

test('nearly every offer is accepted within ten seconds', () => {
  const random = randomStream(12, 'offers');
  const answers = Array.from({ length: 10_000 }, () => answerOffer(random));
  const accepted = answers.filter(({ answer }) => answer === 'ACCEPT');
  expect(accepted.length / answers.length).toBeGreaterThan(0.96);
  expect(answers.filter(({ answer }) => answer === 'NONE').length).toBeLessThan(80);
  for (const reaction of answers) if (reaction.answer === 'ACCEPT') expect(reaction.afterSeconds).toBeLessThanOrEqual(10);
});

test('a call comes before everything else, a task after', () => {
  expect([...CHANNELS].sort((left, right) => attention(left, 'ACTIVE') - attention(right, 'ACTIVE'))[0]).toBe('VOICE');
  for (const channel of CHANNELS) expect(attention(channel, 'WRAP_UP')).toBeLessThan(attention(channel, 'ACTIVE'));
  for (const channel of CHANNELS) expect(attention(channel, 'ACTIVE')).toBeLessThanOrEqual(attention('TASK', 'ACTIVE'));
});
