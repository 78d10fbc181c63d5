/** From a token to a page: signs in, checks that the token is an agent's, and comes back here when it is refused. */
import { useEffect, useRef, type ReactNode } from 'react';
import { ApolloProvider, useQuery } from '@apollo/client/react';
import type { Connection } from '@patchbay/graphql/client';
import { EdgeContext, type Edge } from './edge';
import { MeDocument, type Role } from './generated/operations';
import { said, t, words } from './language';
import { Skeleton } from './Parts';
import { problemOf } from './problem';
import { SignIn } from './SignIn';

export interface Session {
  connection: Connection;
  edge: Edge;
  /** Goes on keeping what this agent types. */
  keepDrafts: (agentId: string) => void;
}

const roleWord = words<Exclude<Role, 'AGENT'>>({
  ADMIN: said('an administrator'),
  SUPERVISOR: said('a supervisor'),
  TEAM_LEAD: said('a team lead'),
  ANALYST: said('an analyst'),
  CLIENT: said('a client'),
  WALLBOARD: said('a wallboard'),
  INTAKE: said('an intake system'),
});

interface SignedProps {
  session: Session;
  inCrm: boolean;
  /** How many tokens followed the first. */
  renewals: number;
  page: (agentId: string, connection: Connection) => ReactNode;
}

function Signed({ session: { connection, edge, keepDrafts }, inCrm, renewals, page }: SignedProps) {
  const { data, error, refetch } = useQuery(MeDocument);
  const agentId = data?.me.role === 'AGENT' ? (data.me.agent?.id ?? null) : null;
  useEffect(() => {
    if (agentId !== null) keepDrafts(agentId);
  }, [agentId, keepDrafts]);
  // A new token came by the fragment: what was refused with the one before is asked again.
  const refused = useRef(false);
  useEffect(() => {
    refused.current = error !== undefined;
  }, [error]);
  useEffect(() => {
    if (renewals > 0 && refused.current) void refetch().catch(() => undefined);
  }, [renewals, refetch]);
  if (error) {
    const problem = problemOf(error);
    const unknown = problem.code === 'UNAUTHENTICATED';
    return (
      <main className="sign-in">
        <div role="alert">
          <h1>{unknown ? (inCrm ? t('Your sign-in has ended') : t('This token is not valid')) : t('The desk cannot start')}</h1>
          <p className="soft">{unknown && inCrm ? t('Reload this page of the CRM.') : problem.message}</p>
          <div className="row">
            {!unknown && (
              <button type="button" className="button primary" onClick={() => void refetch()}>
                {t('Try again')}
              </button>
            )}
            {edge.signOut !== null && (
              <button type="button" className="button" onClick={edge.signOut}>
                {t('Sign in as somebody else')}
              </button>
            )}
          </div>
        </div>
      </main>
    );
  }
  if (!data) {
    return (
      <main className="sign-in">
        <Skeleton lines={[40, 90, 70]} label={t('Signing in')} />
      </main>
    );
  }
  const { me } = data;
  if (agentId === null) {
    const whose = me.role === 'AGENT' ? t('nobody in particular') : roleWord[me.role];
    return (
      <main className="sign-in">
        <div role="alert">
          <h1>{t('This desk is for agents')}</h1>
          <p className="soft">
            {t('“{{name}}” is signed in as {{whose}}. Sign in as an agent; an administrator gives you that role.', {
              name: me.name,
              whose,
            })}
          </p>
          {edge.signOut !== null && (
            <button type="button" className="button primary wide" onClick={edge.signOut}>
              {t('Sign in as somebody else')}
            </button>
          )}
        </div>
      </main>
    );
  }
  return page(agentId, connection);
}

export interface AppProps extends Omit<SignedProps, 'session'> {
  /** Null: nobody is signed in. */
  session: Session | null;
  /** Why the last session ended, or none began. */
  reason: string | null;
  onToken: (token: string) => void;
}

export function App({ session, inCrm, renewals, reason, onToken, page }: AppProps) {
  if (session === null && inCrm) {
    return (
      <main className="sign-in">
        <div role="alert">
          <h1>{t('Nobody is signed in')}</h1>
          <p className="soft">{t('This page belongs in the CRM, which signs you in. Open it there, or reload the page of the CRM.')}</p>
        </div>
      </main>
    );
  }
  if (session === null) return <SignIn reason={reason} onToken={onToken} />;
  return (
    <ApolloProvider client={session.connection.client}>
      <EdgeContext value={session.edge}>
        <Signed session={session} inCrm={inCrm} renewals={renewals} page={page} />
      </EdgeContext>
    </ApolloProvider>
  );
}
