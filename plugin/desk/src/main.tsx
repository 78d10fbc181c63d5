/** The desk as a page of its own: everything that only a browser has is put together here. */
import { createRoot } from 'react-dom/client';
import { connect } from '@patchbay/graphql/client';
import { App, type Session } from './App';
import { browserEdge, forgetToken, storeToken, storedToken } from './browser';
import { Drafts, DraftsContext } from './drafts';
import './styles/roles.css';
import './styles/base.css';
import './styles/desk.css';
import './styles/offers.css';
import './styles/talk.css';
import './styles/customer.css';
import './styles/narrow.css';

const element = document.getElementById('desk');
if (element === null) throw new Error('index.html has no element with the id "desk".');
const root = createRoot(element);

// Outside the session: what was typed outlives a token that is revoked in the middle of a sentence.
const drafts = new Drafts();

function draw(session: Session | null, reason: string | null): void {
  root.render(
    <DraftsContext value={drafts}>
      <App session={session} reason={reason} onToken={start} />
    </DraftsContext>,
  );
}

function start(token: string): void {
  let ended = false;
  const end = (reason: string | null): void => {
    if (ended) return;
    ended = true;
    forgetToken();
    edge.ring(null);
    connection.close();
    draw(null, reason);
  };
  const edge = browserEdge(location.origin, token, () => end(null));
  const connection = connect(location.origin, token, () =>
    end('The engine does not take this token any more. Ask your administrator for a new one; what you typed is kept.'),
  );
  storeToken(token);
  draw({ connection, edge }, null);
}

const token = storedToken();
if (token === null) draw(null, null);
else start(token);
