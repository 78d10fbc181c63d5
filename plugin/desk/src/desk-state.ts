/** What the desk remembers between two snapshots of work: what is selected, unread, open. Pure. */
import type { MyWorkSubscription } from './generated/operations';
import { changedIds, sections, selectionAfter, type ActionKind } from './work';

export type Work = MyWorkSubscription['myWork'];
export type WorkItemFacts = Work['interactions'][number];
export type OfferFacts = Work['offers'][number];

/** In a narrow panel one of the three columns is seen. */
export type Pane = 'work' | 'talk' | 'customer';

export type Writing = 'reply' | 'note';

/** What is open over or inside the desk; one thing at a time, and Escape closes it. */
export type Open = 'presence' | 'help' | 'why' | 'new' | 'link' | 'edit' | 'timeline' | 'clocks' | 'split' | 'notifications' | ActionKind;

export interface DeskState {
  work: Work | null;
  selected: string | null;
  /** Asked for by the address before the first snapshot came. */
  asked: string | null;
  /** An interaction in place of the conversation, to be read: this agent does not have it. */
  reading: string | null;
  /** Accepted here and not in the list yet. */
  accepted: string | null;
  /** When a call was first seen on hold; what was held before the desk was opened is not known. */
  heldSince: Record<string, string>;
  /** How many messages of the customer came since the interaction was last looked at. */
  unread: Record<string, number>;
  /** Counts up with each change of an interaction: a reason to ask for it again. */
  revision: Record<string, number>;
  pane: Pane;
  open: Open | null;
  /** What the composer writes. */
  writing: Writing;
  /** The offer whose reason for declining is asked. */
  declining: string | null;
}

export const atStart: DeskState = {
  work: null,
  selected: null,
  asked: null,
  reading: null,
  accepted: null,
  heldSince: {},
  unread: {},
  revision: {},
  pane: 'work',
  open: null,
  writing: 'reply',
  declining: null,
};

export type DeskEvent =
  | { type: 'snapshot'; work: Work }
  | { type: 'changed'; id: string; byCustomer: boolean }
  | { type: 'accepted'; id: string }
  | { type: 'select'; id: string; pane: Pane }
  | { type: 'asked'; id: string }
  | { type: 'readEnough' }
  | { type: 'pane'; pane: Pane }
  | { type: 'open'; what: Open | null }
  | { type: 'write'; what: Writing }
  | { type: 'decline'; id: string | null };

/** Ids as they stand on the screen, from the top. */
export const shownIds = (work: Work | null): string[] =>
  sections(work?.interactions ?? []).flatMap((section) => section.items.map((item) => item.id));

const FORMS: readonly (Open | null)[] = ['transfer', 'escalate', 'end', 'close', 'link', 'edit', 'timeline', 'clocks', 'split'];

/** Another interaction takes the screen: what was open belonged to the one before. */
function select(state: DeskState, id: string | null): DeskState {
  if (id === state.selected) return state;
  const { [id ?? '']: _seen, ...unread } = state.unread;
  return { ...state, selected: id, reading: null, unread, writing: 'reply', open: FORMS.includes(state.open) ? null : state.open };
}

/** What the agent has is selected; everything else can be read. */
function ask(state: DeskState, id: string): DeskState {
  if (state.work === null) return { ...state, asked: id };
  if (!shownIds(state.work).includes(id)) return { ...state, asked: null, reading: id };
  return { ...select(state, id), asked: null, reading: null, pane: 'talk' };
}

function arrive(state: DeskState, work: Work): DeskState {
  const before = shownIds(state.work);
  const after = shownIds(work);
  const revision = { ...state.revision };
  for (const id of changedIds(state.work?.interactions ?? [], work.interactions)) revision[id] = (revision[id] ?? 0) + 1;
  const stateBefore = new Map(state.work?.interactions.map((item) => [item.id, item.state]));
  const heldSince: Record<string, string> = {};
  for (const item of work.interactions) {
    if (item.state !== 'ON_HOLD') continue;
    const since = stateBefore.get(item.id) === 'ON_HOLD' || !stateBefore.has(item.id) ? state.heldSince[item.id] : work.at;
    if (since !== undefined) heldSince[item.id] = since;
  }
  const selected = selectionAfter(before, after, state.selected, state.accepted);
  const arrived = state.accepted !== null && after.includes(state.accepted);
  const next = select({ ...state, work, revision, heldSince, accepted: arrived ? null : state.accepted }, selected);
  // A form belongs to the state it was opened in: once the interaction has moved on, it asks a question of the past.
  const itemOf = (one: Work | null): WorkItemFacts | undefined => one?.interactions.find((item) => item.id === selected);
  const moved = itemOf(state.work)?.state !== itemOf(work)?.state;
  const closes = moved && next.open === 'end';
  return {
    ...next,
    open: closes ? null : next.open,
    writing: moved ? 'reply' : next.writing,
    pane: selected === null ? 'work' : arrived ? 'talk' : next.pane,
    declining: work.offers.some((offer) => offer.id === state.declining) ? state.declining : null,
    reading: after.includes(next.reading ?? '') ? null : next.reading,
  };
}

export function deskState(state: DeskState, event: DeskEvent): DeskState {
  switch (event.type) {
    case 'snapshot': {
      const next = arrive(state, event.work);
      return next.asked === null ? next : ask(next, next.asked);
    }
    case 'changed': {
      const revision = { ...state.revision, [event.id]: (state.revision[event.id] ?? 0) + 1 };
      if (!event.byCustomer || event.id === state.selected) return { ...state, revision };
      return { ...state, revision, unread: { ...state.unread, [event.id]: (state.unread[event.id] ?? 0) + 1 } };
    }
    case 'accepted':
      // The answer and the snapshot race: what is in the list already takes the screen at once.
      return shownIds(state.work).includes(event.id)
        ? { ...select(state, event.id), open: null, pane: 'talk' }
        : { ...state, accepted: event.id, open: null };
    case 'select': {
      const next = select(state, event.id);
      return { ...next, reading: null, pane: event.pane, open: next.open === 'new' ? null : next.open };
    }
    case 'asked':
      return ask(state, event.id);
    case 'readEnough':
      return { ...state, reading: null };
    case 'pane':
      return { ...state, pane: event.pane };
    case 'open':
      // The form for a new interaction stands where the conversation is.
      return { ...state, open: event.what, pane: event.what === 'new' ? 'talk' : state.pane };
    case 'write':
      return { ...state, writing: event.what, pane: 'talk', open: state.open === 'close' ? null : state.open };
    case 'decline':
      return { ...state, declining: event.id };
  }
}
