/** Who looks at this wall: the token, where it is kept, and what the engine says about it. */
import type { ApolloClient } from '@apollo/client';
import { tokenIn } from './address';
import { MeDocument, type MeQuery, type Role } from './generated/operations';

export type Me = MeQuery['me'];

const KEY = 'patchbay.wallboard.token';

/** Local storage, so that a wall comes back by itself after its browser or its computer restarts. */
export const savedToken = (): string | null => localStorage.getItem(KEY);
export const saveToken = (token: string): void => localStorage.setItem(KEY, token);
export const forgetToken = (): void => localStorage.removeItem(KEY);

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

const BOARD_ROLES: readonly Role[] = ['ADMIN', 'SUPERVISOR', 'WALLBOARD'];
export const seesBoards = (role: Role): boolean => BOARD_ROLES.includes(role);
export const movesCapacity = (role: Role): boolean => role === 'ADMIN' || role === 'SUPERVISOR';
