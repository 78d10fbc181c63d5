/** From a token to a desk: signs in, checks that the token is an agent's, and comes back here when it is refused. */
import { ApolloProvider, useQuery } from '@apollo/client/react';
import type { Connection } from '@patchbay/graphql/client';
import { Desk } from './Desk';
import { EdgeContext, type Edge } from './edge';
import { MeDocument, type Role } from './generated/operations';
import { Skeleton } from './Parts';
import { problemOf } from './problem';
import { SignIn } from './SignIn';

export interface Session {
  connection: Connection;
  edge: Edge;
}

const roleWord: Record<Exclude<Role, 'AGENT'>, string> = {
  ADMIN: 'an administrator',
  SUPERVISOR: 'a supervisor',
  WALLBOARD: 'a wallboard',
  INTAKE: 'an intake system',
};

function Signed({ connection, edge }: Session) {
  const { data, error, refetch } = useQuery(MeDocument);
  if (error) {
    const problem = problemOf(error);
    const refused = problem.code === 'UNAUTHENTICATED';
    return (
      <main className="sign-in">
        <div role="alert">
          <h1>{refused ? 'This token is not valid' : 'The desk cannot start'}</h1>
          <p className="soft">{problem.message}</p>
          <div className="row">
            {!refused && (
              <button type="button" className="button primary" onClick={() => void refetch()}>
                Try again
              </button>
            )}
            <button type="button" className="button" onClick={edge.signOut}>
              Use another token
            </button>
          </div>
        </div>
      </main>
    );
  }
  if (!data) {
    return (
      <main className="sign-in">
        <Skeleton lines={[40, 90, 70]} label="Signing in" />
      </main>
    );
  }
  const { me } = data;
  if (me.role !== 'AGENT' || me.agent === null) {
    return (
      <main className="sign-in">
        <div role="alert">
          <h1>This desk is for agents</h1>
          <p className="soft">
            “{me.name}” is the token of {me.role === 'AGENT' ? 'nobody in particular' : roleWord[me.role]}. Ask your administrator for a
            token of the role Agent in your name.
          </p>
          <button type="button" className="button primary" onClick={edge.signOut}>
            Use another token
          </button>
        </div>
      </main>
    );
  }
  return <Desk agentId={me.agent.id} connection={connection} />;
}

export interface AppProps {
  /** Null: nobody is signed in. */
  session: Session | null;
  /** Why the last session ended, or none began. */
  reason: string | null;
  onToken: (token: string) => void;
}

export function App({ session, reason, onToken }: AppProps) {
  if (session === null) return <SignIn reason={reason} onToken={onToken} />;
  return (
    <ApolloProvider client={session.connection.client}>
      <EdgeContext value={session.edge}>
        <Signed {...session} />
      </EdgeContext>
    </ApolloProvider>
  );
}
