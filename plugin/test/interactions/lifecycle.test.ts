/** The life cycle as its users rely on it, for every path that the table allows and every step it refuses. */
import fc from 'fast-check';
import { FINAL, HOLDING, legalCommands, LIFECYCLE, next } from '../../src/interactions/lifecycle.js';
import { PatchbayError } from '../../src/platform/errors.js';
import type { InteractionCommand, InteractionState } from '../../src/platform/generated/graphql.js';

const COMMANDS = Object.keys(LIFECYCLE) as InteractionCommand[];
const STATES: InteractionState[] = [
  'CREATED',
  'QUEUED',
  'OFFERED',
  'ACTIVE',
  'ON_HOLD',
  'WAITING_FOR_CUSTOMER',
  'WRAP_UP',
  'CLOSED',
  'ABANDONED',
];

const command = fc.constantFrom(...COMMANDS);
const state = fc.constantFrom(...STATES);

/** Every state on the way of these commands, those refused left out. */
function walk(commands: InteractionCommand[]): { command: InteractionCommand; from: InteractionState; to: InteractionState }[] {
  const steps: { command: InteractionCommand; from: InteractionState; to: InteractionState }[] = [];
  let at: InteractionState = 'CREATED';
  for (const one of commands) {
    if (!legalCommands(at).includes(one)) continue;
    const to = next(at, one);
    steps.push({ command: one, from: at, to });
    at = to;
  }
  return steps;
}

it('takes exactly the commands it calls legal, and names state and alternatives when it refuses', () => {
  fc.assert(
    fc.property(state, command, (from, one) => {
      if (legalCommands(from).includes(one)) {
        expect(STATES).toContain(next(from, one));
        return;
      }
      try {
        next(from, one);
        throw new Error('was not refused');
      } catch (error) {
        expect(error).toBeInstanceOf(PatchbayError);
        expect(error).toMatchObject({ code: 'ILLEGAL_TRANSITION', facts: { state: from, command: one, legal: legalCommands(from) } });
      }
    }),
  );
});

it('is held by an agent only after an offer was accepted', () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
      let accepted = false;
      for (const { command: one, to } of walk(commands)) {
        if (one === 'ACCEPT') accepted = true;
        if (!HOLDING.includes(to)) accepted = false;
        expect(HOLDING.includes(to)).toBe(accepted);
      }
    }),
  );
});

it('is never abandoned once an agent had it, unless it was reopened or went back to a queue', () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
      for (const { command: one, from } of walk(commands)) if (one === 'ABANDON') expect(HOLDING).not.toContain(from);
    }),
  );
});

it('ends only by close, merge or abandon, and begins again only by reopen', () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
      for (const { command: one, from, to } of walk(commands)) {
        if (FINAL.includes(to)) expect(['CLOSE', 'MERGE', 'ABANDON']).toContain(one);
        if (FINAL.includes(from)) expect(one).toBe('REOPEN');
      }
    }),
  );
});

it('can be closed from wherever it is, in at most four steps', () => {
  fc.assert(
    fc.property(state, (from) => {
      let reachable = new Set<InteractionState>([from]);
      for (let step = 0; step < 4 && !reachable.has('CLOSED'); step += 1) {
        reachable = new Set([...reachable].flatMap((at) => legalCommands(at).map((one) => next(at, one))));
      }
      expect(reachable.has('CLOSED')).toBe(true);
    }),
  );
});
