/** Ends the session of this browser, and leads to the sign-in. */
import { endSession } from '@patchbay/pages/person';
import { forgetToken } from './session';

export async function signOut(): Promise<void> {
  forgetToken();
  await endSession();
  location.assign('/console/sign-in');
}
