/** A person who is signed in in this browser: known by a cookie that no script can read, so that a page has no token to lose. */

/** Where people sign in, and come back from to `to`, a path of ours. */
export const signInPage = (to: string): string => `/console/sign-in?${new URLSearchParams({ to })}`;

/** Whether somebody is; false too where the engine does not answer. */
export async function isSignedIn(): Promise<boolean> {
  try {
    const answer = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ me { role } }' }),
    });
    const { data } = (await answer.json()) as { data?: { me?: object } | null };
    return data?.me !== undefined;
  } catch {
    return false;
  }
}

/** Signs the person out; where the engine does not answer, the session ends by itself later. */
export async function endSession(): Promise<void> {
  await fetch('/session', { method: 'DELETE' }).catch(() => undefined);
}
