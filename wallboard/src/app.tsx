/** Decides between the sign-in and the board: holds the token, and with it the one connection to the engine. */
import { useCallback, useEffect, useState } from 'react';
import type { ApolloClient } from '@apollo/client';
import { ApolloProvider } from '@apollo/client/react';
import { connect } from '@patchbay/graphql/client';
import { BoardScreen } from './board-screen';
import { codeOf, REFUSED_TOKEN } from './failures';
import { forgetToken, saveToken, savedToken, seesBoards, takeTokenFromAddress, whoAmI, type Me } from './session';
import { SignIn } from './sign-in';
import { Skeleton } from './skeleton';

interface Session {
  token: string | null;
  /** Why there is no token any more. */
  notice: string | null;
}

function firstSession(): Session {
  const given = takeTokenFromAddress();
  if (given) saveToken(given);
  return { token: given ?? savedToken(), notice: null };
}

export function App() {
  const [session, setSession] = useState(firstSession);
  const signIn = useCallback((token: string) => {
    saveToken(token);
    setSession({ token, notice: null });
  }, []);
  const signOut = useCallback((notice: string | null) => {
    forgetToken();
    setSession({ token: null, notice });
  }, []);

  useEffect(() => {
    const onHash = (): void => {
      const token = takeTokenFromAddress();
      if (token) signIn(token);
    };
    addEventListener('hashchange', onHash);
    return () => removeEventListener('hashchange', onHash);
  }, [signIn]);

  if (!session.token) return <SignIn notice={session.notice} onToken={signIn} />;
  return <SignedIn key={session.token} token={session.token} onSignOut={signOut} />;
}

const ASK_AGAIN_MS = 2_000;

interface Present {
  client: ApolloClient;
  me: Me;
}

function SignedIn({ token, onSignOut }: { token: string; onSignOut: (notice: string | null) => void }) {
  const [present, setPresent] = useState<Present | null>(null);
  const [unreachable, setUnreachable] = useState(false);
  const leave = useCallback(() => onSignOut(null), [onSignOut]);
  const onRefused = useCallback(() => onSignOut(REFUSED_TOKEN), [onSignOut]);

  useEffect(() => {
    const connection = connect(location.origin, token, onRefused);
    const { client } = connection;
    let again: ReturnType<typeof setTimeout> | undefined;
    let ended = false;
    const ask = (): void => {
      whoAmI(client).then(
        (me) => {
          if (ended) return;
          if (seesBoards(me.role)) setPresent({ client, me });
          else onSignOut(`This token has the role ${me.role}, which sees no boards. Use one with the role WALLBOARD or SUPERVISOR.`);
        },
        (error: unknown) => {
          if (ended) return;
          const code = codeOf(error);
          if (code === 'UNAUTHENTICATED' || code === 'FORBIDDEN') return onRefused();
          setUnreachable(true);
          again = setTimeout(ask, ASK_AGAIN_MS);
        },
      );
    };
    ask();
    return () => {
      ended = true;
      clearTimeout(again);
      connection.close();
    };
  }, [token, onRefused, onSignOut]);

  if (!present) return <Skeleton unreachable={unreachable} onSignOut={leave} />;
  return (
    <ApolloProvider client={present.client}>
      <BoardScreen me={present.me} onRefused={onRefused} onSignOut={leave} />
    </ApolloProvider>
  );
}
