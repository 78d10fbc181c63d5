/** What a shell needs to know of the engine: how to sign in, which address the frame shows, and when to sign in anew. */
const query = 'mutation SignInWithCrm($input: SignInWithCrmInput!) { signInWithCrm(input: $input) { secret expiresAt } }';

/** What somebody signs in for: the pages of an agent, or the console. */
export type Purpose = 'DESK' | 'CONSOLE';

/** How long before a token ends the next one is fetched, and the longest and shortest wait for it. */
const AHEAD_MS = 60_000;
const LONGEST_MS = 20 * 60_000;
const SHORTEST_MS = 5_000;

export type Answer =
  { kind: 'in'; secret: string; expiresAt: string } | { kind: 'refused'; code: string; message: string } | { kind: 'unreachable' };

const PASSING = ['UNAVAILABLE', 'LIMIT_EXCEEDED'];

/** Whether the same question may well be answered otherwise in a moment. */
export const isPassing = (answer: Answer) => answer.kind === 'unreachable' || (answer.kind === 'refused' && PASSING.includes(answer.code));

interface Reply {
  data?: { signInWithCrm?: { secret: string; expiresAt: string } | null } | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

/** The engine's address without a slash at its end; null when there is none or it is no web address. */
export const addressOf = (value: string | undefined): string | null => {
  const address = value?.trim().replace(/\/+$/, '') ?? '';
  return /^https?:\/\/[^\s/]+/i.test(address) ? address : null;
};

/** Hands the engine the token that Twenty gave this component; the engine asks Twenty whose it is. */
export const signIn = async (address: string, token: string, purpose: Purpose, fetcher: typeof fetch = fetch): Promise<Answer> => {
  try {
    const response = await fetcher(`${address}/graphql`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ query, variables: { input: { token, purpose } } }),
    });
    const reply = (await response.json()) as Reply;
    const problem = reply.errors?.[0];
    if (problem) return { kind: 'refused', code: problem.extensions?.code ?? 'INTERNAL', message: problem.message };
    const signedIn = reply.data?.signInWithCrm;
    return signedIn ? { kind: 'in', ...signedIn } : { kind: 'unreachable' };
  } catch {
    return { kind: 'unreachable' };
  }
};

/** Everything the page must know is behind the #: it reaches no server and no log, and changing it does not load the page anew. */
export const frameAddress = (address: string, page: string, facts: Record<string, string | undefined>) => {
  const known = Object.entries(facts).filter((fact): fact is [string, string] => Boolean(fact[1]));
  return `${address}/${page}#${known.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`;
};

/** How long to wait before signing in anew. An end that cannot be read counts as a near one. */
export const renewalDelay = (expiresAt: string, now: number) => {
  const left = Date.parse(expiresAt) - now - AHEAD_MS;
  return Math.min(Math.max(Number.isNaN(left) ? 0 : left, SHORTEST_MS), LONGEST_MS);
};

export interface Page {
  object: string;
  id: string;
}

const SHOWN = 'subscription Shown($frame: Line!) { shownInCrm(frame: $frame) { object id } }';

interface Said {
  type: string;
  payload?: { data?: { shownInCrm?: Page } };
}

/**
 * Follows what the frame asks to be shown, over a WebSocket as graphql-transport-ws has it.
 *
 * @param lost is called once when the connection ends by itself
 * @returns how to end it
 */
export const follow = (
  address: string,
  token: string,
  frame: string,
  show: (page: Page) => void,
  lost: () => void,
  open: (url: string, protocol: string) => WebSocket = (url, protocol) => new WebSocket(url, protocol),
): (() => void) => {
  const socket = open(`${address.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws');
  const say = (message: object) => socket.send(JSON.stringify(message));
  let ended = false;
  socket.onopen = () => say({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
  socket.onmessage = ({ data }) => {
    const { type, payload } = JSON.parse(String(data)) as Said;
    if (type === 'connection_ack') say({ id: 'shown', type: 'subscribe', payload: { query: SHOWN, variables: { frame } } });
    else if (type === 'ping') say({ type: 'pong' });
    else if (type === 'next' && payload?.data?.shownInCrm) show(payload.data.shownInCrm);
    else if (type === 'error' || type === 'complete') socket.close();
  };
  socket.onclose = () => {
    if (!ended) lost();
    ended = true;
  };
  return () => {
    ended = true;
    socket.close();
  };
};
