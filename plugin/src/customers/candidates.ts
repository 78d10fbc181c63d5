/** Whom the addresses of an interaction may mean, from who has each of them. */
import type { CandidateReason, IdentityKind } from '../platform/generated/graphql.js';

/** Somebody who has an address that was asked for, or another number of its line. */
export interface Holding {
  customerId: string;
  /** Of the address that was asked for. */
  kind: IdentityKind;
  asked: string;
  /** Theirs, by which they were found. */
  address: string;
}

export interface Candidate {
  customerId: string;
  reasons: CandidateReason[];
}

/** In the order in which they are first named. Whoever is found by more of the addresses leaves out all who are found by fewer. */
export function candidatesAmong(holdings: readonly Holding[]): Candidate[] {
  const reasons = new Map<string, CandidateReason[]>();
  for (const { customerId, kind, asked, address } of holdings) {
    const code = kind === 'ACCOUNT' ? 'ACCOUNT_NUMBER' : asked === address ? 'SAME_ADDRESS' : 'SAME_LINE';
    reasons.set(customerId, [...(reasons.get(customerId) ?? []), { code, address }]);
  }
  const most = Math.max(0, ...[...reasons.values()].map(({ length }) => length));
  return [...reasons].filter(([, { length }]) => length === most).map(([customerId, all]) => ({ customerId, reasons: all }));
}
