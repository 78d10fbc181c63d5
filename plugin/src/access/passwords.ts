/** What a password must be. Length is what counts (NIST SP 800-63B): rules about digits and signs make passwords alike. */
import { invalid } from '../platform/errors.js';

const SHORTEST = 12;
const LONGEST = 200;

/** @throws PatchbayError INVALID naming `field` */
export function checkPassword(password: string, field: string, { name, email }: { name: string; email: string }): void {
  const length = [...password].length;
  if (length < SHORTEST)
    throw invalid(field, `A password has at least ${SHORTEST} characters; a few words in a row are easy to keep in mind.`);
  if (length > LONGEST) throw invalid(field, `A password has at most ${LONGEST} characters.`);
  if (new Set(password).size < 4) throw invalid(field, 'This password repeats itself; choose another.');
  const own = [name, email, email.split('@')[0]!].map((word) => word.toLowerCase()).filter((word) => word.length >= 4);
  if (own.some((word) => password.toLowerCase() === word || password.toLowerCase().startsWith(word)))
    throw invalid(field, 'This password begins with your own name or address; choose another.');
}
