/** Asks the engine to sign somebody in in this browser. */
import { t } from './language';

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
  | { is: 'problem'; why: string; over?: boolean };

export async function signIn(path: '/session' | '/session/code' | '/session/demo', body: object): Promise<Outcome> {
  const answer = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => null);
  if (answer === null) return problem(t('The engine cannot be reached. Try again when the connection is back.'));
  if (answer.status === 202) return { is: 'step', ...((await answer.json()) as NextStep) };
  if (answer.status === 200) return { is: 'in', ...((await answer.json()) as { recoveryCodes: string[] }) };
  if (answer.ok) return { is: 'in', recoveryCodes: null };
  if (answer.status === 401)
    return problem(
      path === '/session/code'
        ? t('This code is not right, or was used already. Wait for the next one.')
        : t('The e-mail and the password do not belong together.'),
    );
  if (answer.status === 404) return { ...problem(t('This took too long. Sign in again.')), over: true };
  if (answer.status === 429) {
    const minutes = Math.ceil(Number(answer.headers.get('retry-after') ?? 60) / 60);
    return problem(t('Too many tries. Try again in {{count}} minutes.', { count: minutes }));
  }
  return problem(t('The engine answered with {{status}}. Try again in a moment.', { status: answer.status }));
}

const problem = (why: string): Extract<Outcome, { is: 'problem' }> => ({ is: 'problem', why });
