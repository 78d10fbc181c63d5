/** Starts a page: token and facts from the fragment, session, drafts; everything that only a browser has is put together here. */
import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { print } from 'graphql';
import { connect, type Connection } from '@patchbay/graphql/client';
import type { Facts } from '@patchbay/pages/fragment';
import { isFramed } from '@patchbay/pages/frame';
import { keepFocus } from '@patchbay/pages/kept-focus';
import { reloadForMissingPart } from '@patchbay/pages/missing-part';
import { endSession, isSignedIn } from '@patchbay/pages/person';
import { preferred } from '@patchbay/pages/speech';
import { sayStopped } from '@patchbay/pages/stopped';
import { App, type Session } from './App';
import { browserEdge, forgetToken, onFacts, onPageEnd, sendAtEnd, showScheme, startingFacts, storeToken } from './browser';
import { DraftKeeper, Unsavable, type DraftStore } from './draft-keeper';
import { Drafts, DraftsContext } from './drafts';
import { KeptDraftsDocument, SaveDraftDocument } from './generated/operations';
import { speak, t } from './language';
import { problemOf } from './problem';
import '@patchbay/pages/styles/roles.css';
import '@patchbay/pages/styles/base.css';
import './styles/offers.css';

/** Refusals that another try may end. */
const PASSING = ['UNREACHABLE', 'UNAVAILABLE', 'UNAUTHENTICATED', 'LIMIT_EXCEEDED', 'INTERNAL'];

/** So long the first page waits for the words of its language; after that it is English, until they come. */
const WORDS_WITHIN_MS = 3_000;

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
  const root = createRoot(element, { onUncaughtError: sayStopped({ reloadAfterMs: null }) });
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

  /** @param first null for a person who is signed in in this browser */
  function begin(first: string | null): void {
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
    const signOut = async (): Promise<void> => {
      if (token === null) await endSession();
      end(null);
    };
    const edge = browserEdge({
      origin: location.origin,
      token: () => token,
      inCrm: inCrm(),
      frame: facts.frame,
      signOut: () => void signOut(),
    });
    const connection = connect(location.origin, token, () => {
      // In the CRM the next token is on its way, or a reload brings it: what is on the screen stays there.
      if (inCrm()) {
        signedOut = true;
        draw();
      } else {
        end(
          token === null
            ? t('Your sign-in has ended. Sign in again; what you typed is kept.')
            : t('The engine no longer accepts this token. Ask your administrator for a new one; what you typed is kept.'),
        );
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
    if (token !== null) storeToken(token);
    draw();
  }

  /** The language of the CRM, else of the browser; English before a page waits long or stays blank for its words. */
  async function speakItsLanguage(): Promise<void> {
    const { locale } = facts;
    const words = speak([locale, ...preferred()]);
    const here = await Promise.race([words, new Promise<null>((done) => setTimeout(() => done(null), WORDS_WITHIN_MS))]);
    // Nothing is lost by that: nothing was drawn yet.
    if (here === false && running === null) await reloadForMissingPart();
    if (here === null) void words.then((came) => came && draw());
  }

  /** What the fragment says now: the page goes on with it, and is not loaded anew. */
  async function take(next: Facts): Promise<void> {
    facts = { ...next, token: next.token ?? facts.token };
    showScheme(facts.scheme);
    await speakItsLanguage();
    if (next.token === null) return running === null && !inCrm() && !isFramed() && (await isSignedIn()) ? begin(null) : draw();
    if (running === null) return begin(next.token);
    running.take(next.token);
    renewals += 1;
    signedOut = false;
    draw();
  }

  onPageEnd(() => keeper.atEnd());
  keepFocus();
  onFacts((next) => void take(next));
  void take(facts);
  if (isFramed()) document.documentElement.dataset.framed = 'true';
}

function draftStore({ client }: Connection, token: () => string | null): DraftStore {
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
