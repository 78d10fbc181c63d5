/**
 * What an administrator does with a CRM: put the contact center into it, look what that would change, keep it up to
 * date, find out what is wrong, take it out again. One implementation a CRM; the command line knows no more than this.
 */
import type { Language } from '../configuration/starter.js';
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
  /** That most of the CRM's users have, of those that the contact center speaks; null where the CRM does not say. */
  language: Language | null;
  connectedAt: Date;
  reachedAt: Date | null;
  /** When the CRM last delivered a change by itself. */
  deliveredAt: Date | null;
  /** What is wrong, as the running engine sees it. */
  problem: string | null;
}

export type NewConnection = Omit<SavedConnection, 'connectedAt' | 'reachedAt' | 'deliveredAt' | 'problem'>;

export interface Waiting {
  kind: CrmKind;
  count: number;
}

/** The engine's memory of its CRM. */
export interface ConnectionStore {
  read(): Promise<SavedConnection | null>;
  /** Keeps the connection and tells the log, in one transaction; false where nothing is new. */
  save(connection: NewConnection): Promise<boolean>;
  /** Records whose changes the CRM has not been told yet. */
  waiting(): Promise<Waiting[]>;
  /** Whether the contact center is the demo: its people are invented. */
  isDemo(): Promise<boolean>;
  /** Ids in the CRM of people who are there because the demo invented them. */
  invented(): Promise<string[]>;
  /** Keeps the engines from telling the CRM anything for a while, so that nothing comes back that is being removed. */
  pause(): Promise<void>;
  /** Forgets the connection and all that is known of the CRM's records; false where there was none. */
  forget(): Promise<boolean>;
}

/** Shows that something goes on, and what came of it. */
export interface Progress {
  /** Runs one step; `say` puts words beside it, also while it runs. */
  step<T>(name: string, work: (say: (words: string) => void) => Promise<T>): Promise<T>;
  /** A remark between two steps. */
  note(text: string): void;
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
  /** What changes of it, for `~`. */
  details: string[];
}

export interface PlanGroup {
  name: string;
  lines: PlanLine[];
}

export interface Plan {
  groups: PlanGroup[];
  counts: Record<Sign, number>;
  /** What is lost for good by applying it, in words. */
  losses: string[];
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

/** `warn`: works, but somebody should look; `skip`: could not be looked at. */
export type Verdict = 'ok' | 'wrong' | 'warn' | 'skip';

export interface Finding {
  check: string;
  verdict: Verdict;
  words: string;
  /** What to do about it. */
  mend?: string;
}

/** A user, or an API key, of the CRM that no role would be left to. */
export interface LockedOut {
  name: string;
  /** The role that goes. */
  role: string;
}

/** What an uninstall takes away. */
export interface Inventory {
  workspace: string;
  url: string;
  objects: { label: string; namePlural: string; count: number }[];
  /** Fields of ours on the CRM's own objects, such as `person.serviceLastContactAt`. */
  fields: string[];
  webhooks: number;
  /** Who could not sign in any more; it is refused as long as there is anybody. */
  lockedOut: LockedOut[];
  /** False where there is nothing of ours in the CRM. */
  installed: boolean;
}

export interface CrmAdministration {
  /** As its users call it. */
  readonly name: string;
  install(request: Request, store: ConnectionStore, progress: Progress, consent: Consent): Promise<Installed>;
  plan(request: Request, saved: SavedConnection | null, progress: Progress): Promise<{ plan: Plan; installed: boolean; url: string }>;
  upgrade(request: Request, store: ConnectionStore, progress: Progress, show: (plan: Plan) => void, consent: Consent): Promise<Installed>;
  doctor(request: Request, store: ConnectionStore | null, found: (finding: Finding) => void): Promise<void>;
  inventory(request: Request, saved: SavedConnection | null, progress: Progress): Promise<Inventory>;
  /** Says who they are, and how to give them another role. */
  lockedOut(people: readonly LockedOut[]): Error;
  /** Writes a file an object into `folder`, a record a line. */
  exportRecords(request: Request, saved: SavedConnection | null, folder: string, progress: Progress): Promise<void>;
  uninstall(request: Request, store: ConnectionStore, progress: Progress): Promise<void>;
}
