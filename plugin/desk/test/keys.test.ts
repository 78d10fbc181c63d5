/** What a key means: never while something is typed, and accepting only while something rings. */
import fc from 'fast-check';
import { intentOf, SHORTCUTS, type Press, type Situation } from '../src/keys';
import { actionsFor } from '../src/work';

const press = (key: string, overrides: Partial<Press> = {}): Press => ({
  key,
  modified: false,
  typing: false,
  onControl: false,
  ...overrides,
});
const situation = (overrides: Partial<Situation> = {}): Situation => ({
  letters: true,
  covered: false,
  ringing: false,
  notResponding: false,
  actions: actionsFor({ channel: 'EMAIL', state: 'ACTIVE', legalCommands: ['HOLD', 'TRANSFER', 'CLOSE'] }),
  canReply: true,
  canSplitOff: true,
  selected: true,
  ...overrides,
});

const anySituation = fc.record({
  letters: fc.boolean(),
  covered: fc.boolean(),
  ringing: fc.boolean(),
  notResponding: fc.boolean(),
  actions: fc.constantFrom(situation().actions, []),
  canReply: fc.boolean(),
  canSplitOff: fc.boolean(),
  selected: fc.boolean(),
});
const anyKey = fc.oneof(fc.constantFrom('Enter', 'Escape', '?', 'ArrowDown', 'Tab'), fc.string({ minLength: 1, maxLength: 1 }));

describe('keys', () => {
  it('are text while something is typed, and the browser’s with Ctrl', () => {
    fc.assert(
      fc.property(anyKey, anySituation, fc.boolean(), (key, where, typing) => {
        fc.pre(key !== 'Escape');
        expect(intentOf(press(key, { typing, modified: !typing }), where)).toBeNull();
      }),
    );
  });

  it('mean nothing as single letters where that is switched off', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 1 }), anySituation, (key, where) => {
        fc.pre(key !== '?');
        expect(intentOf(press(key), { ...where, letters: false })).toBeNull();
      }),
    );
  });

  it('accept only what rings, and leave Enter to a button that has the focus', () => {
    expect(intentOf(press('Enter'), situation({ ringing: true }))).toEqual({ do: 'accept' });
    expect(intentOf(press('Enter', { onControl: true }), situation({ ringing: true }))).toBeNull();
    expect(intentOf(press('a'), situation())).toBeNull();
    expect(intentOf(press('A'), situation({ ringing: true }))).toEqual({ do: 'accept' });
    expect(intentOf(press('d'), situation({ ringing: true }))).toEqual({ do: 'decline' });
  });

  it('act only as the selected interaction allows', () => {
    expect(intentOf(press('h'), situation())).toEqual({ do: 'act', kind: 'hold' });
    expect(intentOf(press('e'), situation())).toBeNull();
    expect(intentOf(press('h'), situation({ selected: false, actions: [] }))).toBeNull();
    expect(intentOf(press('r'), situation({ canReply: false }))).toBeNull();
    expect(intentOf(press('s'), situation())).toEqual({ do: 'split' });
    expect(intentOf(press('s'), situation({ canSplitOff: false }))).toBeNull();
  });

  it('touch nothing under a sheet, but still answer what rings', () => {
    expect(intentOf(press('h'), situation({ covered: true }))).toBeNull();
    expect(intentOf(press('n'), situation({ covered: true }))).toBeNull();
    expect(intentOf(press('a'), situation({ covered: true, ringing: true }))).toEqual({ do: 'accept' });
    expect(intentOf(press('?'), situation({ covered: true }))).toEqual({ do: 'help' });
  });

  it('stand on the sheet, every one that means something', () => {
    const shown = new Set(SHORTCUTS.flatMap(({ keys }) => keys.map(([key]) => key.toLowerCase())));
    const everything = situation({
      ringing: true,
      notResponding: true,
      actions: [
        ...actionsFor({
          channel: 'EMAIL',
          state: 'ACTIVE',
          legalCommands: ['HOLD', 'AWAIT_CUSTOMER', 'TRANSFER', 'ESCALATE', 'END', 'CLOSE'],
        }),
      ],
    });
    for (const key of 'abcdefghijklmnopqrstuvwxyz?') {
      expect([key, intentOf(press(key), everything) !== null]).toEqual([key, shown.has(key)]);
    }
  });
});
