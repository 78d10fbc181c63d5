/** Starts a page: token and facts from the fragment, session, drafts; everything that only a browser has is put together here. */
import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { print } from 'graphql';
import { connect, type Connection } from '@patchbay/graphql/client';
import { App, type Session } from './App';
import { browserEdge, forgetToken, isFramed, onFacts, onPageEnd, sendAtEnd, showScheme, startingFacts, storeToken } from './browser';
import { DraftKeeper, Unsavable, type DraftStore } from './draft-keeper';
import { Drafts, DraftsContext } from './drafts';
import type { Facts } from './fragment';
import { KeptDraftsDocument, SaveDraftDocument } from './generated/operations';
import { speak, t } from './language';
import { problemOf } from './problem';
import './styles/roles.css';
import './styles/base.css';
import './styles/offers.css';

/** Refusals that another try may end. */
const PASSING = ['UNREACHABLE', 'UNAVAILABLE', 'UNAUTHENTICATED', 'LIMIT_EXCEEDED', 'INTERNAL'];

export interface PageProps {
  agentId: string;
  connection: Connection;
  facts: Facts;
  /** The engine takes the token no more, and the CRM has not brought another yet. */
  signedOut: boolean;
}

interface PageSettings {
  /** Draws the page for whoever is signed in. */
  page: (props: PageProps) => ReactNode;
  /** The page stands in the CRM always, and never asks for a token. */
  inCrm?: boolean;
}

export function startPage({ page, inCrm: always = false }: PageSettings): void {
  const element = document.getElementById('desk');
  if (element === null) throw new Error('The page has no element with the id "desk".');
  const root = createRoot(element);
  // Outside the session: what was typed outlives a token that is revoked in the middle of a sentence.
  const drafts = new Drafts();
  const keeper = new DraftKeeper(drafts);
  let facts = startingFacts();
  let running: { session: Session; end: (reason: string | null) => void; take: (token: string) => void } | null = null;
  let reason: string | null = null;
  let signedOut = false;
  let renewals = 0;

  const inCrm = (): boolean => always || facts.inCrm;
  const draw = (): void =>
    root.render(
      <DraftsContext value={drafts}>
        <App
          session={running?.session ?? null}
          inCrm={inCrm()}
          renewals={renewals}
          reason={reason}
          onToken={begin}
          page={(agentId, connection) => page({ agentId, connection, facts, signedOut })}
        />
      </DraftsContext>,
    );

  function begin(first: string): void {
    let token = first;
    const end = (why: string | null): void => {
      if (running?.session !== session) return;
      running = null;
      reason = why;
      forgetToken();
      edge.ring(null);
      keeper.detach();
      connection.close();
      draw();
    };
    const edge = browserEdge({ origin: location.origin, token: () => token, inCrm: inCrm(), signOut: () => end(null) });
    const connection = connect(location.origin, token, () => {
      // In the CRM the next token is on its way, or a reload brings it: what is on the screen stays there.
      if (inCrm()) {
        signedOut = true;
        draw();
      } else {
        end(t('The engine does not take this token any more. Ask your administrator for a new one; what you typed is kept.'));
      }
    });
    const session: Session = {
      connection,
      edge,
      keepDrafts: (agentId) =>
        void keeper.attach(
          agentId,
          draftStore(connection, () => token),
        ),
    };
    running = {
      session,
      end,
      take: (next) => {
        token = next;
        storeToken(next);
        connection.renew(next);
      },
    };
    reason = null;
    signedOut = false;
    storeToken(token);
    draw();
  }

  /** What the fragment says now: the page goes on with it, and is not loaded anew. */
  async function take(next: Facts): Promise<void> {
    facts = { ...next, token: next.token ?? facts.token };
    showScheme(facts.scheme);
    await speak(facts.locale ?? navigator.language);
    if (next.token === null) return draw();
    if (running === null) return begin(next.token);
    running.take(next.token);
    renewals += 1;
    signedOut = false;
    draw();
  }

  onPageEnd(() => keeper.atEnd());
  onFacts((next) => void take(next));
  void take(facts);
  if (isFramed()) document.documentElement.dataset.framed = 'true';
}

function draftStore({ client }: Connection, token: () => string): DraftStore {
  return {
    load: async () => (await client.query({ query: KeptDraftsDocument, fetchPolicy: 'no-cache' })).data?.drafts ?? [],
    save: async (name, text) => {
      try {
        await client.mutate({ mutation: SaveDraftDocument, variables: { input: { name, text } }, fetchPolicy: 'no-cache' });
      } catch (error) {
        const { code, message } = problemOf(error);
        throw PASSING.includes(code) ? error : new Unsavable(message);
      }
    },
    saveAtEnd: (name, text) => sendAtEnd(location.origin, token(), print(SaveDraftDocument), { input: { name, text } }),
  };
}
