/** What a page is told behind the # of its address: it reaches no server and no log, and may change while the page lives. Pure. */
import { knownTag } from './language';

export interface Facts {
  /** A bearer token of the engine. */
  token: string | null;
  /** The page stands in a frame of the CRM, which signs in, and signs in anew. */
  inCrm: boolean;
  /** Null: as the browser has it. */
  scheme: 'light' | 'dark' | null;
  /** Such as cs-CZ; null: as the browser has it. */
  locale: string | null;
  /** The CRM's id of the person that the page is about. */
  customer: string | null;
  /** The id of the interaction to open: of its record in the CRM, or our own. */
  interaction: string | null;
  /** The CRM's id of the record that the page is about, whatever it is. */
  record: string | null;
  /** Names the frame of the CRM that the page stands in, to whoever made it. */
  frame: string | null;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** What cannot be read counts as not said. */
export function factsOf(hash: string): Facts {
  const said = new URLSearchParams(hash.replace(/^#/, '').replaceAll('+', '%2B'));
  const scheme = said.get('scheme')?.toLowerCase();
  const uuid = (name: string): string | null => {
    const value = said.get(name) ?? '';
    return UUID.test(value) ? value.toLowerCase() : null;
  };
  return {
    token: said.get('token') || null,
    inCrm: said.get('host') === 'crm',
    scheme: scheme === 'light' || scheme === 'dark' ? scheme : null,
    locale: knownTag(said.get('locale')),
    customer: uuid('customer'),
    interaction: uuid('interaction'),
    record: uuid('record'),
    frame: uuid('frame'),
  };
}
