/** An agent's desk without its pages: the work subscription, and the answers an agent gives. */
import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { Api } from '../support/patchbay.js';

export interface Ringing {
  id: string;
  interaction: { id: string };
}

const WORK = 'subscription { myWork { offers { id interaction { id subject channel state } } interactions { id state } } }';

export class Desk {
  readonly api: Api;
  private readonly client: Client;
  private readonly seen = new Set<string>();
  private opened: () => void = () => undefined;
  /** Resolves with the first picture of the work: from then on the agent is connected. */
  readonly ready = new Promise<void>((resolve) => (this.opened = resolve));

  /** @param onOffer called once an offer, as soon as its frame is here */
  constructor(url: string, token: string, onOffer: (offer: Ringing, desk: Desk) => void) {
    this.api = new Api(url, token);
    this.client = createClient({
      url: `${url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${token}` },
      lazy: false,
    });
    this.client.subscribe<{ myWork: { offers: Ringing[] } }>(
      { query: WORK },
      {
        next: ({ data }) => {
          this.opened();
          for (const offer of data?.myWork.offers ?? []) {
            if (this.seen.has(offer.id)) continue;
            this.seen.add(offer.id);
            onOffer(offer, this);
          }
        },
        error: (error) => {
          throw error instanceof Error ? error : new Error(JSON.stringify(error));
        },
        complete: () => undefined,
      },
    );
  }

  async become(statusId: string): Promise<void> {
    await this.api.do('mutation($input: SetPresenceInput!) { setPresence(input: $input) { agent { id } } }', { input: { statusId } });
  }

  async accept(offer: Ringing): Promise<void> {
    await this.api.do('mutation($id: UUID!) { acceptOffer(id: $id) { offer { state } } }', { id: offer.id });
  }

  async close(interactionId: string, dispositionId: string): Promise<void> {
    await this.api.do('mutation($id: UUID!) { endInteraction(id: $id) { interaction { state } } }', { id: interactionId });
    await this.api.do('mutation($input: CloseInteractionInput!) { closeInteraction(input: $input) { interaction { state } } }', {
      input: { id: interactionId, dispositionId },
    });
  }

  async end(): Promise<void> {
    await this.client.dispose();
  }
}
