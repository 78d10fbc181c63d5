/** A wall without its page: the one subscription that the real one opens, over a bare socket, so that reading costs little. */
import { InMemoryCache } from '@apollo/client';
import { print, type DocumentNode } from 'graphql';
import { WebSocket } from 'ws';
import * as operations from '../../wallboard/src/generated/operations.js';
import { withFragments } from '../../wallboard/src/with-fragments.js';

const tiles = Object.entries(operations).flatMap(([name, document]) =>
  name.endsWith('TileFragmentDoc') ? [document as DocumentNode] : [],
);
/** As Apollo Client sends it, type names included. */
const query = print(new InMemoryCache().transformDocument(withFragments(operations.BoardDocument, tiles)));

/**
 * @param onFrame gets each message that carries a frame, as it came; all who see one board get the same text
 * @param onEnd is called when the socket has closed or could not be opened
 */
export function openWall(
  url: string,
  token: string,
  queueIds: string[] | null,
  onFrame: (text: string) => void,
  onEnd: (error: Error) => void,
): WebSocket {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  const send = (message: unknown): void => socket.send(JSON.stringify(message));
  socket.on('open', () => send({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }));
  socket.on('message', (data: Buffer) => {
    const text = data.toString();
    if (text.includes('"type":"next"')) onFrame(text);
    else if (text.includes('"type":"connection_ack"')) {
      const variables: operations.BoardSubscriptionVariables = { queueIds, formula: 'ANSWERED_OF_OFFERED' };
      send({ id: '1', type: 'subscribe', payload: { query, operationName: 'Board', variables } });
    } else if (text.includes('"type":"ping"')) send({ type: 'pong' });
    else onEnd(new Error(`A wall was answered: ${text}`));
  });
  socket.on('error', onEnd);
  socket.on('close', (code) => onEnd(new Error(`A wall's socket closed with ${code}.`)));
  return socket;
}
