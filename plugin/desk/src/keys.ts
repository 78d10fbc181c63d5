/** What a key means at the desk. Pure: the screen says where the key was pressed and what is open. */
import { said, type Said } from './language';
import type { ActionKind } from './work';

export interface Press {
  key: string;
  /** Ctrl, Alt or the command key: then it belongs to the browser or to the field. */
  modified: boolean;
  /** Inside a field: letters are text. */
  typing: boolean;
  /** On a button, link or option: Enter presses that. */
  onControl: boolean;
}

export interface Situation {
  /** Single letters may be switched off: dictation software types them. */
  letters: boolean;
  /** A sheet covers the desk: what is under it is not to be touched. */
  covered: boolean;
  ringing: boolean;
  notResponding: boolean;
  /** What may be done with the selected interaction. */
  actions: readonly { kind: ActionKind; key: string }[];
  canReply: boolean;
  canSplitOff: boolean;
  selected: boolean;
}

export type Intent =
  | {
      do:
        'accept' | 'decline' | 'back' | 'next' | 'new' | 'why' | 'help' | 'presence' | 'customer' | 'reply' | 'note' | 'split' | 'dismiss';
    }
  | { do: 'move'; step: 1 | -1 }
  | { do: 'act'; kind: ActionKind };

export function intentOf(press: Press, situation: Situation): Intent | null {
  if (press.key === 'Escape') return { do: 'dismiss' };
  if (press.modified || press.typing) return null;
  if (press.key === 'Enter') return situation.ringing && !press.onControl ? { do: 'accept' } : null;
  if (press.key === '?') return { do: 'help' };
  if (!situation.letters) return null;

  const key = press.key.toLowerCase();
  if (situation.ringing && key === 'a') return { do: 'accept' };
  if (situation.ringing && key === 'd') return { do: 'decline' };
  if (situation.covered) return null;
  if (situation.notResponding && key === 'b') return { do: 'back' };
  if (situation.selected) {
    const action = situation.actions.find((one) => one.key === key);
    if (action) return { do: 'act', kind: action.kind };
    if (key === 'r' && situation.canReply) return { do: 'reply' };
    if (key === 's' && situation.canSplitOff) return { do: 'split' };
    if (key === 'i') return { do: 'note' };
    if (key === 'u') return { do: 'customer' };
  }
  switch (key) {
    case 'j':
      return { do: 'move', step: 1 };
    case 'k':
      return { do: 'move', step: -1 };
    case 'n':
      return { do: 'next' };
    case 'o':
      return { do: 'new' };
    case 'y':
      return { do: 'why' };
    case 'p':
      return { do: 'presence' };
    default:
      return null;
  }
}

/** The sheet of shortcuts: what is shown for `?`. */
export const SHORTCUTS: readonly { title: Said; keys: readonly [keys: string, meaning: Said][] }[] = [
  {
    title: said('An offer rings'),
    keys: [
      ['A', said('Accept the first')],
      ['Enter', said('Accept, when not typing')],
      ['D', said('Decline, then choose a reason')],
    ],
  },
  {
    title: said('My work'),
    keys: [
      ['J', said('Next in the list')],
      ['K', said('Previous in the list')],
      ['↑ ↓', said('Move, inside a list')],
      ['N', said('Next for me')],
      ['O', said('Open a new interaction')],
      ['Y', said('Why do I get no work?')],
    ],
  },
  {
    title: said('This interaction'),
    keys: [
      ['R', said('Reply')],
      ['I', said('Internal note')],
      ['Ctrl Enter', said('Send what is written')],
      ['H', said('Hold, and resume')],
      ['W', said('Wait for the customer')],
      ['T', said('Transfer')],
      ['X', said('Escalate')],
      ['E', said('End the conversation')],
      ['C', said('Close with a disposition')],
      ['S', said('Split messages off')],
      ['U', said('Customer')],
    ],
  },
  {
    title: said('Me'),
    keys: [
      ['P', said('Presence and channels')],
      ['B', said('Back to work after a missed offer')],
      ['?', said('These shortcuts')],
      ['Esc', said('Leave what is open; drafts are kept')],
    ],
  },
];
