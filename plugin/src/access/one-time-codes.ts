/** Codes of a telephone (TOTP, RFC 6238: six digits, SHA-1, half a minute each), and those for who lost it. */
import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

/** A clock may be half a minute off, either way. */
const SKEW_STEPS = 1;
const SECRET_BYTES = 20;
const RECOVERY_CODES = 10;
/** 80 bits: nobody finds one out from its hash. */
const RECOVERY_BYTES = 10;

const totpOf = (secret: string, label = '') => new TOTP({ issuer: 'Patchbay', label, secret: Secret.fromBase32(secret) });

/** In base32. */
export const newSecret = (): string => new Secret({ size: SECRET_BYTES }).base32;

/** What the QR code says. @param email stands beside the code in the telephone */
export const addressOfSecret = (secret: string, email: string): string => totpOf(secret, email).toString();

/** @returns the half minute that the code is of, counted from 1970; null where it is of none that counts at that time */
export function stepOf(secret: string, code: string, at: Date): number | null {
  const totp = totpOf(secret);
  const timestamp = at.getTime();
  const delta = totp.validate({ token: code, timestamp, window: SKEW_STEPS });
  return delta === null ? null : totp.counter({ timestamp }) + delta;
}

/** Such as K7QX-2M4D-PZ3A-WB6C. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: RECOVERY_CODES }, () =>
    Secret.fromHex(randomBytes(RECOVERY_BYTES).toString('hex')).base32.match(/.{4}/g)!.join('-'),
  );

/** As they are compared, however they were typed. */
export const plainCode = (typed: string): string => typed.replace(/[\s-]/g, '').toUpperCase();
