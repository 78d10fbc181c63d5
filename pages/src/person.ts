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

/**
 * Signs the person out; where the engine does not answer, the session ends by itself later. Whoever signed in at the identity
 * provider goes on to sign out there, and this page is left.
 */
export async function endSession(): Promise<void> {
  const answer = await fetch('/session', { method: 'DELETE' }).catch(() => null);
  if (answer?.status !== 200) return;
  const { to } = (await answer.json()) as { to: string };
  location.assign(to);
  // Nothing else may lead away meanwhile.
  await new Promise(() => undefined);
}
