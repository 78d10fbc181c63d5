/**
 * The work of an administrator with a CRM: to put the contact center into it, to see what that would change, to keep it up to date,
 * to find out what is wrong, and to take it out again. Each CRM has one implementation; the command line knows no more than this.
 */
import type { Language } from '../configuration/starter.js';
import type { Told } from '../platform/told.js';
import type { CrmKind } from './host.js';

/** The connection as it is kept in the engine's database. */
export interface SavedConnection {
  host: string;
  url: string;
  apiKey: string;
  workspaceId: string;
  /** Where the CRM and its users reach the engine. */
  publicUrl: string;
  webhookSecret: string;
  appVersion: string;
  /** The language that most users of the CRM have, among those of the contact center; null where the CRM does not say. */
  language: Language | null;
  connectedAt: Date;
  reachedAt: Date | null;
  /** When the CRM last delivered a change by itself. */
  deliveredAt: Date | null;
  /** The problem that the running engine sees; null without one. */
  problem: string | null;
  problemTold: Told | null;
}

export type NewConnection = Omit<SavedConnection, 'connectedAt' | 'reachedAt' | 'deliveredAt' | 'problem' | 'problemTold'>;

export interface Waiting {
  kind: CrmKind;
  count: number;
}

/** The engine's memory of its CRM. */
export interface ConnectionStore {
  read(): Promise<SavedConnection | null>;
  /** Keeps the connection and tells the log, in one transaction; false where nothing is new. */
  save(connection: NewConnection): Promise<boolean>;
  /** The number of records whose changes the CRM has not been told yet. */
  waiting(): Promise<Waiting[]>;
  /** Whether the contact center is the demo: its people are invented. */
  isDemo(): Promise<boolean>;
  /** Ids in the CRM of the people whom the demo invented. */
  invented(): Promise<string[]>;
  /** Keeps the engines from writing to the CRM for a while, so that no record comes back while it is being removed. */
  pause(): Promise<void>;
  /** Forgets the connection and everything known of the CRM's records; false where there was no connection. */
  forget(): Promise<boolean>;
}

/** Shows the steps of a command and their results. */
export interface Progress {
  /** Runs one step; `say` puts words beside it, also while it runs. */
  step<T>(name: string, work: (say: (words: string, by?: Told) => void) => Promise<T>): Promise<T>;
  /** A remark between two steps. */
  note(text: string, by?: Told): void;
}

export interface Request {
  url: string | undefined;
  apiKey: string | undefined;
  /** Where the CRM and its users reach the engine; what was saved, or this machine, where it is not given. */
  publicUrl: string | undefined;
  /** Address of the engine on this machine. */
  localUrl: string;
  /** Folder of the application to put into the CRM; that of this Patchbay where it is not given. */
  appFolder: string | undefined;
}

export type Sign = '+' | '~' | '-';

export interface PlanLine {
  sign: Sign;
  name: string;
  /** The changed properties, for `~`. */
  details: string[];
}

export interface PlanGroup {
  name: string;
  lines: PlanLine[];
}

export interface Plan {
  groups: PlanGroup[];
  counts: Record<Sign, number>;
  /** The data that is lost for good by applying the plan, in words. */
  losses: string[];
  /** The same, by codes, in the same order. */
  lossesTold: Told[];
}

/** Asks the person in front of the terminal; false where they do not want it. */
export type Consent = (question: { losses: string[]; plan: Plan }) => Promise<boolean>;

export interface Installed {
  workspace: string;
  url: string;
  publicUrl: string;
  appVersion: string;
  /** False where everything was in place already. */
  changed: boolean;
}

/** `warn`: it works, but somebody should look at it; `skip`: it could not be looked at. */
export type Verdict = 'ok' | 'wrong' | 'warn' | 'skip';

export interface Finding {
  check: string;
  verdict: Verdict;
  words: string;
  /** The same by a code; not of what the command line alone looks at. */
  told?: Told;
  /** The way to mend it. */
  mend?: string;
}

/** A user or an API key of the CRM that would be left without a role. */
export interface LockedOut {
  name: string;
  /** The role that goes. */
  role: string;
}

/** The things that an uninstall takes away. */
export interface Inventory {
  workspace: string;
  url: string;
  objects: { label: string; namePlural: string; count: number }[];
  /** Fields of ours on the CRM's own objects, such as `person.serviceLastContactAt`. */
  fields: string[];
  webhooks: number;
  /** Everybody who could not sign in any more; the uninstall is refused as long as there is anybody. */
  lockedOut: LockedOut[];
  /** False where there is nothing of ours in the CRM. */
  installed: boolean;
}

export interface CrmAdministration {
  /** The name by which its users know it. */
  readonly name: string;
  install(request: Request, store: ConnectionStore, progress: Progress, consent: Consent): Promise<Installed>;
  plan(request: Request, saved: SavedConnection | null, progress: Progress): Promise<{ plan: Plan; installed: boolean; url: string }>;
  upgrade(request: Request, store: ConnectionStore, progress: Progress, show: (plan: Plan) => void, consent: Consent): Promise<Installed>;
  doctor(request: Request, store: ConnectionStore | null, found: (finding: Finding) => void): Promise<void>;
  inventory(request: Request, saved: SavedConnection | null, progress: Progress): Promise<Inventory>;
  /** Names those who would be left without a role, and says how to give them a different one. */
  lockedOut(people: readonly LockedOut[]): Error;
  /** Writes one file for each object into `folder`, one record to the line. */
  exportRecords(request: Request, saved: SavedConnection | null, folder: string, progress: Progress): Promise<void>;
  uninstall(request: Request, store: ConnectionStore, progress: Progress): Promise<void>;
}
