/** How a person stands: a coloured word. */
import type { UserState } from '../generated/operations';
import { userStateWord } from '../words';
import { Tag } from './Tag';

const TONES: Readonly<Record<UserState, 'good' | 'warn' | 'off'>> = { ACTIVE: 'good', INVITED: 'warn', DEACTIVATED: 'off' };

export const UserStateTag = ({ state }: { state: UserState }) => <Tag tone={TONES[state]}>{userStateWord(state)}</Tag>;
