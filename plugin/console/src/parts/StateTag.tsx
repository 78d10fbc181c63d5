/** Where an interaction is in its life. */
import type { InteractionState } from '../generated/operations';
import { stateWord } from '../words';
import { Tag } from './Tag';

const TONES: Readonly<Record<InteractionState, 'good' | 'warn' | 'bad' | 'off' | 'accent'>> = {
  CREATED: 'off',
  QUEUED: 'warn',
  OFFERED: 'warn',
  ACTIVE: 'good',
  ON_HOLD: 'accent',
  WAITING_FOR_CUSTOMER: 'accent',
  WRAP_UP: 'good',
  CLOSED: 'off',
  ABANDONED: 'bad',
};

export const StateTag = ({ state }: { state: InteractionState }) => <Tag tone={TONES[state]}>{stateWord(state)}</Tag>;
