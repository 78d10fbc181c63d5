/** What a key means at the desk. Pure: the screen says where the key was pressed and what is open. */
import type { Said } from './languages/catalog';
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
    title: 'An offer rings',
    keys: [
      ['A', 'Accept the first'],
      ['Enter', 'Accept, when not typing'],
      ['D', 'Decline, then choose a reason'],
    ],
  },
  {
    title: 'My work',
    keys: [
      ['J', 'Next in the list'],
      ['K', 'Previous in the list'],
      ['↑ ↓', 'Move, inside a list'],
      ['N', 'Next for me'],
      ['O', 'Open a new interaction'],
      ['Y', 'Why do I get no work?'],
    ],
  },
  {
    title: 'This interaction',
    keys: [
      ['R', 'Reply'],
      ['I', 'Internal note'],
      ['Ctrl Enter', 'Send what is written'],
      ['H', 'Hold, and resume'],
      ['W', 'Wait for the customer'],
      ['T', 'Transfer'],
      ['X', 'Escalate'],
      ['E', 'End the conversation'],
      ['C', 'Close with a disposition'],
      ['S', 'Split messages off'],
      ['U', 'Customer'],
    ],
  },
  {
    title: 'Me',
    keys: [
      ['P', 'Presence and channels'],
      ['B', 'Back to work after a missed offer'],
      ['?', 'These shortcuts'],
      ['Esc', 'Leave what is open; drafts are kept'],
    ],
  },
];
