/** How an address is kept, so that the same person is found however it was typed. */
import parsePhoneNumber, { type CountryCode } from 'libphonenumber-js';
import type { Channel, IdentityKind } from '../platform/generated/graphql.js';

const BY_PHONE: readonly Channel[] = ['VOICE', 'SMS', 'FAX'];

export interface Identity {
  kind: IdentityKind;
  value: string;
}

/**
 * E.164 for a telephone number.
 *
 * @param country ISO 3166-1 of numbers without an international prefix
 * @returns null for what is no possible number (withheld, an extension, a name)
 */
export function phone(value: string, country: string): string | null {
  const number = parsePhoneNumber(value, country as CountryCode);
  return number?.isPossible() ? number.number : null;
}

export const email = (value: string): string | null => {
  const address = value.trim().toLowerCase();
  return /^[^\s@<>]+@[^\s@<>]+$/.test(address) ? address : null;
};

/** The identity behind an address as a channel delivers it; null for none that could be found again. */
export function identityOf(channel: Channel, address: string, country: string): Identity | null {
  const mail = email(address);
  if (mail) return { kind: 'EMAIL', value: mail };
  const number = BY_PHONE.includes(channel) || /^[+0-9 ()/.-]{6,}$/.test(address) ? phone(address, country) : null;
  if (number) return { kind: 'PHONE', value: number };
  return BY_PHONE.includes(channel) || channel === 'EMAIL' ? null : { kind: 'HANDLE', value: address.trim().toLowerCase() };
}

/** The same address in the form it is kept in; an address of no known form stays as it came. */
export const normalised = (channel: Channel, address: string, country: string): string =>
  identityOf(channel, address, country)?.value ?? address.trim();
