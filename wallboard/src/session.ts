/** Who looks at this wall: the token, where it is kept, and what the engine says about it. */
import type { ApolloClient } from '@apollo/client';
import { keptInBrowser } from '@patchbay/pages/browser-storage';
import { tokenIn } from './address';
import { MeDocument, type MeQuery, type Role } from './generated/operations';

export type Me = MeQuery['me'];

/** Until somebody signs out, so that a wall comes back by itself after its browser or its computer restarts. */
const kept = keptInBrowser('patchbay.wallboard.token');

export const savedToken = (): string | null => kept.read();
/** False where this browser keeps nothing: after a reload the wall asks again. */
export const saveToken = (token: string): boolean => kept.write(token);
export const forgetToken = (): void => kept.forget();

/** Takes a token out of the address, where a passer-by could read it. */
export function takeTokenFromAddress(): string | null {
  const token = tokenIn(location.hash);
  if (token) history.replaceState(history.state, '', location.pathname + location.search);
  return token;
}

export async function whoAmI(client: ApolloClient): Promise<Me> {
  const { data } = await client.query({ query: MeDocument, fetchPolicy: 'no-cache' });
  if (!data) throw new Error('The engine answered without data.');
  return data.me;
}

const BOARD_ROLES: readonly Role[] = ['ADMIN', 'SUPERVISOR', 'TEAM_LEAD', 'ANALYST', 'WALLBOARD'];
export const seesBoards = (role: Role): boolean => BOARD_ROLES.includes(role);
/** Whose right says which agents serve a queue. */
export const movesCapacity = (role: Role): boolean => setsPriority(role) || role === 'TEAM_LEAD';
export const setsPriority = (role: Role): boolean => role === 'ADMIN' || role === 'SUPERVISOR';
