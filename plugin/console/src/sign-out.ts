/** Ends the session of this browser, and leads to the sign-in. */
import { forgetToken } from './session';

export function signOut(): Promise<void> {
  forgetToken();
  location.assign('/console/sign-in');
  return Promise.resolve();
}
