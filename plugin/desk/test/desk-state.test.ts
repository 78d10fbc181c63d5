/** What the desk remembers between snapshots: the race of accepting, unread messages, forms of the past. */
import { atStart, deskState, shownIds, type DeskState, type Work, type WorkItemFacts } from '../src/desk-state';

const NOON = '2026-11-03T12:00:00.000Z';

const buildItem = (id: string, overrides: Partial<WorkItemFacts> = {}): WorkItemFacts => ({
  id,
  number: 1,
  channel: 'EMAIL',
  direction: 'INBOUND',
  state: 'ACTIVE',
  subject: null,
  priority: 50,
  customerAddress: null,
  accountNumber: null,
  queuedAt: NOON,
  acceptedAt: NOON,
  endedAt: null,
  escalationLevel: 0,
  legalCommands: [],
  queue: null,
  customer: null,
  clocks: [],
  wrapUp: null,
  ...overrides,
});

const buildWork = (...interactions: WorkItemFacts[]): Work => ({
  at: NOON,
  seq: '1',
  agent: {
    id: 'agent',
    name: 'Jana',
    channels: [],
    notRespondingSince: null,
    idleSince: NOON,
    presence: {
      reason: null,
      since: NOON,
      status: { id: 's', name: 'Available', translations: [], availability: 'AVAILABLE', reasons: [] },
    },
  },
  offers: [],
  interactions,
  wrapUps: [],
  notifications: [],
});

const after = (state: DeskState, ...work: Work[]): DeskState =>
  work.reduce((now, snapshot) => deskState(now, { type: 'snapshot', work: snapshot }), state);

describe('the desk', () => {
  it('shows what was accepted, whether the answer or the snapshot comes first', () => {
    const start = after(atStart, buildWork(buildItem('a')));
    const both = buildWork(buildItem('a'), buildItem('b'));
    const answerFirst = after(deskState(start, { type: 'accepted', id: 'b' }), both);
    const snapshotFirst = deskState(after(start, both), { type: 'accepted', id: 'b' });
    for (const state of [answerFirst, snapshotFirst]) {
      expect(state).toMatchObject({ selected: 'b', pane: 'talk', accepted: null });
    }
  });

  it('opens what the address asks for, before or after its work is known, and reads what it does not have', () => {
    const work = buildWork(buildItem('a'), buildItem('b'));
    const asked = (state: DeskState, id: string): DeskState => deskState(state, { type: 'asked', id });
    for (const state of [after(asked(atStart, 'b'), work), asked(after(atStart, work), 'b')]) {
      expect(state).toMatchObject({ selected: 'b', reading: null, asked: null, pane: 'talk' });
    }
    for (const state of [after(asked(atStart, 'c'), work), asked(after(atStart, work), 'c')]) {
      expect(state).toMatchObject({ reading: 'c', asked: null });
      expect(deskState(state, { type: 'readEnough' }).reading).toBeNull();
      expect(deskState(state, { type: 'select', id: 'a', pane: 'talk' }).reading).toBeNull();
      // Read, and then accepted.
      expect(after(deskState(state, { type: 'accepted', id: 'c' }), buildWork(buildItem('c')))).toMatchObject({
        selected: 'c',
        reading: null,
      });
    }
  });

  it('gives the screen to the next piece of work when the present one is closed', () => {
    const start = after(atStart, buildWork(buildItem('a'), buildItem('b')));
    const first = shownIds(start.work)[0];
    const rest = start.work?.interactions.filter((item) => item.id !== first) ?? [];
    expect(after(start, buildWork(...rest)).selected).toBe(rest[0]?.id);
    expect(after(start, buildWork()).selected).toBeNull();
  });

  it('counts what the customer wrote until it is looked at', () => {
    let state = after(atStart, buildWork(buildItem('a'), buildItem('b')));
    const other = state.selected === 'a' ? 'b' : 'a';
    state = deskState(state, { type: 'changed', id: other, byCustomer: true });
    state = deskState(state, { type: 'changed', id: other, byCustomer: false });
    expect(state.unread).toEqual({ [other]: 1 });
    expect(state.revision[other]).toBe(3);
    expect(deskState(state, { type: 'select', id: other, pane: 'talk' }).unread).toEqual({});
  });

  it('never counts what is on the screen as unread', () => {
    const state = after(atStart, buildWork(buildItem('a')));
    expect(deskState(state, { type: 'changed', id: 'a', byCustomer: true }).unread).toEqual({});
  });

  it('closes a form that asks about a state of the past, and keeps one that can still be answered', () => {
    const start = after(atStart, buildWork(buildItem('a')));
    const ended = buildWork(buildItem('a', { state: 'WRAP_UP' }));
    expect(after(deskState(start, { type: 'open', what: 'end' }), ended).open).toBeNull();
    expect(after(deskState(start, { type: 'open', what: 'transfer' }), ended).open).toBe('transfer');
  });

  it('asks how it ended once a conversation is over, also when a note was written last', () => {
    const noting = deskState(after(atStart, buildWork(buildItem('a'))), { type: 'write', what: 'note' });
    expect(after(noting, buildWork(buildItem('a', { priority: 70 }))).writing).toBe('note');
    expect(after(noting, buildWork(buildItem('a', { state: 'WRAP_UP' }))).writing).toBe('reply');
  });

  it('knows since when a call is on hold, and says nothing where it did not see that', () => {
    const seen = after(atStart, buildWork(buildItem('a')), buildWork(buildItem('a', { state: 'ON_HOLD' })));
    expect(seen.heldSince).toEqual({ a: NOON });
    expect(after(seen, buildWork(buildItem('a'))).heldSince).toEqual({});
    expect(after(atStart, buildWork(buildItem('a', { state: 'ON_HOLD' }))).heldSince).toEqual({});
  });
});
