/**
 * What a contact center needs of the CRM it lives in. One folder an implementation; the rest of the engine knows no more
 * of a CRM than stands here. Records made here have our ids there, as host-ids.ts writes them; those made in the CRM keep theirs.
 */
import type { CrmKind } from '../platform/generated/prisma/client.js';

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
  /** Who changed it last, where the CRM says so; `userId` is null for a program. */
  by: { userId: string | null; name: string } | null;
  /** True where it was made in the CRM, by a person or an automation there; false where a program did from outside, such as we. */
  isHandmade: boolean;
}

/** How far the changes of a kind were read; durable. */
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
  /** True once everything that was there at first has been read. */
  complete: boolean;
}

export interface ChangedPage {
  records: HostRecord[];
  next: Position;
  /** More waits to be read now. */
  more: boolean;
}

export interface RecordOf {
  kind: CrmKind;
  /** In the CRM. */
  id: string;
}

/** A record as people come to it. */
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
}

/** 0: somebody waits for it; 1: ordinary; 2: bulk. */
export type Urgency = 0 | 1 | 2;

export interface CrmHost {
  /** As its users call it. */
  readonly name: string;
  /** How long until a call of this urgency keeps within what the CRM allows, in ms; 0 for now. */
  waitMs(urgency: Urgency): number;
  /** Records of one kind by their ids in the CRM, deleted ones included; what is gone for good is left out. */
  read(kind: CrmKind, ids: readonly string[]): Promise<HostRecord[]>;
  /** A page of what changed since `position`, oldest change first; something may come twice, nothing is left out. */
  changed(kind: CrmKind, position: Position | null): Promise<ChangedPage>;
  /**
   * What people edited in the CRM since this was last asked, of every kind, in one call. Something may come twice or be left
   * out; `changed` finds that later.
   */
  edited(): Promise<RecordOf[]>;
  /**
   * Writes these fields, making or restoring records where needed; the same again changes nothing.
   *
   * @returns for records that the CRM found under another id than was sent, by what must be unique there: sent id → its own
   */
  push(kind: CrmKind, records: readonly { id: string; fields: Fields }[]): Promise<ReadonlyMap<string, string>>;
  /** Deletes records that are no more. */
  remove(kind: CrmKind, ids: readonly string[]): Promise<void>;
  /** Of these e-mail addresses, those that belong to somebody in the CRM, deleted or not: address → id. */
  findPeople(emails: readonly string[]): Promise<Map<string, string>>;
  /** Whose token this is. @throws HostFailure DENIED for one that is not of this CRM's workspace */
  identify(token: string): Promise<HostUser>;
  pageOf(kind: CrmKind, id: string): RecordPage;
  /**
   * What a delivery of the CRM is about; null for what is none of our business, such as the echo of our own writes.
   *
   * @throws PatchbayError UNAUTHENTICATED for what the CRM did not send, or sent before
   */
  delivery(headers: Readonly<Record<string, string | string[] | undefined>>, body: Buffer, now: Date): RecordOf | null;
}

/**
 * LIMITED: too many calls; UNREACHABLE: down, slow or restarting, the same call later helps; DENIED: the key or its
 * rights; INVALID: this call will never work.
 */
export type FailureKind = 'LIMITED' | 'UNREACHABLE' | 'DENIED' | 'INVALID';

export class HostFailure extends Error {
  constructor(
    readonly kind: FailureKind,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'HostFailure';
  }
}

/** The most records in one call, either way. */
export const BATCH = 100;
