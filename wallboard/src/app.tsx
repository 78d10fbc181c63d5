/** Decides between the sign-in and the board: holds the token, and with it the one connection to the engine. */
import { useCallback, useEffect, useState } from 'react';
import type { ApolloClient } from '@apollo/client';
import { ApolloProvider } from '@apollo/client/react';
import { connect } from '@patchbay/graphql/client';
import { endSession, isSignedIn } from '@patchbay/pages/person';
import { BoardScreen } from './board-screen';
import { codeOf, refusedToken } from './failures';
import { forgetToken, saveToken, savedToken, seesBoards, takeTokenFromAddress, whoAmI, type Me } from './session';
import { SignIn } from './sign-in';
import { Skeleton } from './skeleton';
import { t } from './language';

interface Session {
  token: string | null;
  /** Whether a person is signed in in this browser, where there is no token; null until that is known. */
  person: boolean | null;
  /** Why there is no token any more. */
  notice: string | null;
}

function firstSession(): Session {
  const given = takeTokenFromAddress();
  if (given) saveToken(given);
  const token = given ?? savedToken();
  return { token, person: token ? false : null, notice: null };
}

export function App() {
  const [session, setSession] = useState(firstSession);
  const signIn = useCallback((token: string) => {
    saveToken(token);
    setSession({ token, person: false, notice: null });
  }, []);
  const signOut = useCallback((notice: string | null) => {
    forgetToken();
    setSession({ token: null, person: false, notice });
  }, []);
  const { token, person } = session;
  const asks = person === null;
  useEffect(() => {
    if (asks) void isSignedIn().then((is) => setSession((before) => (before.person === null ? { ...before, person: is } : before)));
  }, [asks]);
  const leave = useCallback(
    (notice: string | null) => {
      // Who signs out themselves is asked for nothing; who was refused has no session any more.
      if (person && notice === null) void endSession().then(() => signOut(null));
      else signOut(notice);
    },
    [person, signOut],
  );

  useEffect(() => {
    const onHash = (): void => {
      const token = takeTokenFromAddress();
      if (token) signIn(token);
    };
    addEventListener('hashchange', onHash);
    return () => removeEventListener('hashchange', onHash);
  }, [signIn]);

  if (!token && asks) return <Skeleton unreachable={false} onSignOut={() => leave(null)} />;
  if (!token && !person) return <SignIn notice={session.notice} onToken={signIn} />;
  return <SignedIn key={token} token={token} onSignOut={leave} />;
}

const ASK_AGAIN_MS = 2_000;

interface Present {
  client: ApolloClient;
  me: Me;
}

function SignedIn({ token, onSignOut }: { token: string | null; onSignOut: (notice: string | null) => void }) {
  const [present, setPresent] = useState<Present | null>(null);
  const [unreachable, setUnreachable] = useState(false);
  const leave = useCallback(() => onSignOut(null), [onSignOut]);
  const onRefused = useCallback(() => onSignOut(refusedToken()), [onSignOut]);

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
          else
            onSignOut(
              t('This sign-in has the role {{role}}, which sees no boards. Use one with the role WALLBOARD or SUPERVISOR.', {
                role: me.role,
              }),
            );
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
