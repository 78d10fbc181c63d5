/** Asks the engine to sign somebody in in this browser. */
import { language, t } from './language';

export interface NewFactor {
  secret: string;
  uri: string;
}

/** The password was right, and a code is owed yet. */
export interface NextStep {
  kind: 'CODE' | 'ENROL';
  step: string;
  factor: NewFactor | null;
}

export type Outcome =
  | { is: 'in'; recoveryCodes: string[] | null }
  | ({ is: 'step' } & NextStep)
  /** `over`: begin again. */
  | ({ is: 'problem'; over?: boolean } & Refused);

export interface Refused {
  why: string;
  /** When to try again, in milliseconds of this page's clock; null where waiting does not help. */
  until: number | null;
}

/** @param wrong what is said where the engine does not know the person by this */
export async function signIn(
  path: '/session' | '/session/code' | '/session/demo',
  body: object,
  wrong = t('The e-mail and the password do not belong together.'),
): Promise<Outcome> {
  const answer = await post(path, body);
  if (answer === null) return unreachable();
  if (answer.status === 202) return { is: 'step', ...((await answer.json()) as NextStep) };
  if (answer.status === 200) return { is: 'in', ...((await answer.json()) as { recoveryCodes: string[] }) };
  if (answer.ok) return { is: 'in', recoveryCodes: null };
  if (answer.status === 401) return problem(wrong);
  if (answer.status === 404) return { ...problem(t('This took too long. Sign in again.')), over: true };
  return refusalOf(answer);
}

/** Asks for a link for a new password by mail. @returns null where it was taken, whoever that is */
export async function askForLink(email: string): Promise<Refused | null> {
  const answer = await post('/session/forgotten', { email });
  if (answer === null) return unreachable();
  return answer.ok ? null : refusalOf(answer);
}

/** The language says in which one to write the person. */
const post = (path: string, body: object): Promise<Response | null> =>
  fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': language() },
    body: JSON.stringify(body),
  }).catch(() => null);

function refusalOf({ status, headers }: Response): Problem {
  if (status === 429) return { ...problem(t('Too many tries.')), until: Date.now() + Number(headers.get('retry-after') ?? 60) * 1_000 };
  return problem(t('The engine answered with {{status}}. Try again in a moment.', { status }));
}

type Problem = Extract<Outcome, { is: 'problem' }>;

const problem = (why: string): Problem => ({ is: 'problem', why, until: null });

const unreachable = (): Problem => problem(t('The engine cannot be reached. Try again when the connection is back.'));
