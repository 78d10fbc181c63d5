/** Who is signed in here, and the one connection to the engine. In a frame of the CRM, the CRM signs in. */
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { ApolloClient } from '@apollo/client';
import { ErrorLink } from '@apollo/client/link/error';
import { keptInTab } from '@patchbay/pages/browser-storage';
import { factsOf } from '@patchbay/pages/fragment';
import { isFramed } from '@patchbay/pages/frame';
import { ask } from '@patchbay/graphql/client/ask';
import type { MeQuery, Role } from './generated/operations';
import { problemOf } from './problem';

export type Me = MeQuery['me'];

/** Of programs and of tests; people are signed in by the session in their browser's cookie, which no script can read. */
const token = keptInTab('patchbay.console.token');

/** Takes a token out of the address, where a passer-by could read it, and keeps it for this tab. */
export function takeTokenFromAddress(): void {
  const said = new URLSearchParams(location.hash.slice(1).replaceAll('+', '%2B')).get('token');
  if (!said) return;
  token.write(said);
  history.replaceState(history.state, '', location.pathname + location.search);
}

export const forgetToken = (): void => token.forget();

/** Whether the engine takes the token of the CRM no more, and the CRM has not brought another yet. */
let isOver = false;
const watchers = new Set<() => void>();

function setOver(next: boolean): void {
  isOver = next;
  for (const watcher of watchers) watcher();
}

const watchOver = (watcher: () => void): (() => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};

/** Only in a frame of the CRM; elsewhere the person is led to the sign-in. */
export const useSignInOver = (): boolean => useSyncExternalStore(watchOver, () => isOver);

/** A frame goes on with each token that the CRM brings, and never with the cookie: who made the frame is not known here. */
export function openClient(): ApolloClient {
  if (!isFramed()) return ask(location.origin, token.read()).client;
  const { client, renew } = ask(location.origin, factsOf(location.hash).token ?? '');
  client.setLink(
    new ErrorLink(({ error }) => {
      if (problemOf(error).code === 'UNAUTHENTICATED') setOver(true);
    }).concat(client.link),
  );
  window.addEventListener('hashchange', () => {
    renew(factsOf(location.hash).token ?? '');
    if (!isOver) return;
    setOver(false);
    void client.refetchQueries({ include: 'active' });
  });
  return client;
}

export const MeContext = createContext<Me | null>(null);

/** Whoever is signed in; only inside the shell. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (me === null) throw new Error('Nobody is signed in here.');
  return me;
}

/** Whether the person's role is one of these. */
export const useMay = (roles: readonly Role[]): boolean => roles.includes(useMe().role);
