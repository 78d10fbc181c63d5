/** The desk: a page of its own, or in a frame of the CRM. */
import { Desk } from './Desk';
import { startPage } from './start';
import './styles/desk-parts.css';
import './styles/talk-parts.css';
import './styles/customer.css';
import './styles/narrow.css';

startPage({
  page: ({ agentId, connection, facts, signedOut }) => (
    <Desk agentId={agentId} connection={connection} signedOut={signedOut} wanted={facts.interaction} />
  ),
});
