/**
 * The port to the CRM that a contact center lives in. Each implementation is one folder; the rest of the engine knows no more of a
 * CRM than stands here. Records made here have our ids there, as host-ids.ts writes them; those made in the CRM keep theirs.
 */
import type { CrmKind } from '../platform/generated/prisma/client.js';
import { told, type Told } from '../platform/told.js';

export type { CrmKind };

/** Text, number, flag or list; times as ISO 8601, relations as the other record's id in the CRM. */
export type FieldValue = string | number | boolean | readonly string[] | null;

/** A record's fields by our names; a field that is not there is neither pushed nor compared. */
export type Fields = Readonly<Record<string, FieldValue>>;

/** A record as it stands in the CRM now. */
export interface HostRecord {
  id: string;
  fields: Fields;
  deleted: boolean;
  /** The author of the last change, where the CRM names one; `userId` is null for a program. */
  by: { userId: string | null; name: string } | null;
  /** True where a person or an automation of the CRM made it; false where a program outside did, such as this one. */
  isHandmade: boolean;
}

/** How far the changes of a kind were read. It is stored. */
export interface Position {
  /** Changes since then, ISO 8601; null from the beginning. */
  since: string | null;
  /** Where the CRM's own paging goes on; null at the first page. */
  after: string | null;
  /** The CRM's clock when the reading of these pages began, ISO 8601; null before the first page. */
  startedAt: string | null;
  /** How many records of the first reading have come, of how many; null while that is not known. */
  read: number;
  total: number | null;
  /** True once all records that were there at first have been read. */
  complete: boolean;
}

export interface ChangedPage {
  records: HostRecord[];
  next: Position;
  /** Whether further records wait to be read now. */
  more: boolean;
}

export interface RecordOf {
  kind: CrmKind;
  /** In the CRM. */
  id: string;
}

/** Where people find a record. */
export interface RecordPage {
  /** The CRM's name for records of its kind. */
  object: string;
  id: string;
  url: string;
}

export interface HostUser {
  userId: string;
  name: string;
  email: string;
  /** Whether they may change every setting of the CRM. */
  isAdministrator: boolean;
}

/** 0: a person waits for it; 1: ordinary; 2: bulk. */
export type Urgency = 0 | 1 | 2;

export interface CrmHost {
  /** The name by which its users know it. */
  readonly name: string;
  /** When the key ends by which the CRM is called; null where it does not end, or does not say. */
  readonly keyEndsAt: Date | null;
  /** The time until a call of this urgency fits into the CRM's limit, in ms; 0 for now. */
  waitMs(urgency: Urgency): number;
  /** Records of one kind by their ids in the CRM, deleted ones included; destroyed ones are left out. */
  read(kind: CrmKind, ids: readonly string[]): Promise<HostRecord[]>;
  /** A page of the records changed since `position`, the oldest change first. A record may come twice, but none is left out. */
  changed(kind: CrmKind, position: Position | null): Promise<ChangedPage>;
  /**
   * The records of all kinds that people edited in the CRM since the last call of this. A record may come twice or be left out;
   * `changed` finds it later.
   */
  edited(): Promise<RecordOf[]>;
  /**
   * Writes these fields, and makes or restores records where needed. Repeated, it changes nothing.
   *
   * @returns for records that the CRM found by a unique value under a different id: the id that was sent → the id there
   */
  push(kind: CrmKind, records: readonly { id: string; fields: Fields }[]): Promise<ReadonlyMap<string, string>>;
  /** Deletes records that do not exist here any more. */
  remove(kind: CrmKind, ids: readonly string[]): Promise<void>;
  /** Of these e-mail addresses, those that belong to somebody in the CRM, deleted or not: address → id. */
  findPeople(emails: readonly string[]): Promise<Map<string, string>>;
  /** Whose token this is. @throws HostFailure DENIED for one that is not of this CRM's workspace */
  identify(token: string): Promise<HostUser>;
  /** The ids of the users who may change every setting of the CRM now. */
  administrators(): Promise<ReadonlySet<string>>;
  pageOf(kind: CrmKind, id: string): RecordPage;
  /**
   * The records that a delivery of the CRM is about; null for a delivery that does not concern us, such as the echo of our own writes.
   *
   * @throws PatchbayError UNAUTHENTICATED for a delivery that the CRM did not send, or sent before
   */
  delivery(headers: Readonly<Record<string, string | string[] | undefined>>, body: Buffer, now: Date): RecordOf | null;
}

/**
 * LIMITED: too many calls; UNREACHABLE: down, slow or restarting, so that the same call later helps; DENIED: the key or
 * its rights do not suffice; INVALID: this call will never work.
 */
export type FailureKind = 'LIMITED' | 'UNREACHABLE' | 'DENIED' | 'INVALID';

export class HostFailure extends Error {
  readonly told: Told;

  constructor(
    readonly kind: FailureKind,
    message: string,
    { told: by, ...options }: ErrorOptions & { told?: Told } = {},
  ) {
    super(message, options);
    this.name = 'HostFailure';
    this.told = by ?? told('CRM_FAILED', { kind, message });
  }
}

/** The most records in one call, either way. */
export const BATCH = 100;
