/** What the engine says: in English for the API, and by a code with facts, so that a page tells it in its reader's language. */
import type { PatchbayError } from './errors.js';
import type { ToldCode } from './generated/graphql.js';

export interface Told {
  code: ToldCode;
  facts: Readonly<Record<string, unknown>>;
}

export interface Said {
  text: string;
  told: Told;
}

export const told = (code: ToldCode, facts: Told['facts'] = {}): Told => ({ code, facts });

export const said = (code: ToldCode, text: string, facts?: Told['facts']): Said => ({ text, told: told(code, facts) });

/** What the API refuses something with: by the code of the refusal, beside its English message. */
export const refusal = ({ code, message }: PatchbayError): Said => said('REFUSAL', message, { refusal: code, message });
