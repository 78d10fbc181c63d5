/** The kinds of records that the contact center and the CRM share, with the fields that people may edit there, and their order. */
import type { CrmKind } from './host.js';

export interface SharedKind {
  /** The fields that people may edit in the CRM; all others are ours alone, and are pushed again when they differ. */
  editable: readonly string[];
  /** Those of them that take long to write: a refused text stays in the CRM, so that its author can mend it. */
  drafts: readonly string[];
  /** The kinds that its records name, which the CRM has to know first; people are seen to one by one. */
  names: readonly CrmKind[];
  /** A record of this kind that people delete in the CRM stays deleted: pushing must not bring it back. */
  isDeletedThere: boolean;
  /** How long changes are gathered before the next lot is pushed, in ms: calls are scarce, and two seconds are promised. */
  gatherMs: number;
}

/** Records that are only read there. */
const READ_ONLY: SharedKind = { editable: [], drafts: [], names: [], isDeletedThere: false, gatherMs: 0 };

export const KINDS: Readonly<Record<CrmKind, SharedKind>> = {
  USER: READ_ONLY,
  COMPANY: READ_ONLY,
  PERSON: { editable: [], drafts: [], names: [], isDeletedThere: true, gatherMs: 3_000 },
  SLA_POLICY: {
    editable: ['name', 'timeToAcceptSeconds', 'firstResponseSeconds', 'warnAtPercent', 'definition'],
    drafts: ['definition'],
    names: [],
    isDeletedThere: false,
    gatherMs: 1_000,
  },
  QUEUE: {
    editable: [
      'name',
      'department',
      'priority',
      'strategy',
      'skills',
      'offerTimeoutSeconds',
      'stickySeconds',
      'askAgainAfterSeconds',
      'maxPerAgent',
      'keepsPlace',
      'wrapUp',
      'overflowAfterSeconds',
      'overflowQueue',
      'slaPolicy',
      'active',
    ],
    drafts: [],
    names: ['SLA_POLICY'],
    isDeletedThere: false,
    gatherMs: 1_000,
  },
  AGENT: { editable: ['user', 'capacity', 'skills', 'extension', 'active'], drafts: [], names: [], isDeletedThere: false, gatherMs: 3_000 },
  QUEUE_MEMBER: {
    editable: ['queue', 'agent', 'level'],
    drafts: [],
    names: ['SLA_POLICY', 'QUEUE', 'AGENT'],
    isDeletedThere: true,
    gatherMs: 1_000,
  },
  AUTOMATION_RULE: {
    editable: ['name', 'active', 'rank', 'trigger', 'condition', 'actions', 'stopOnMatch'],
    drafts: ['trigger', 'condition', 'actions'],
    names: [],
    isDeletedThere: true,
    gatherMs: 1_000,
  },
  INTERACTION: {
    editable: ['status', 'priority', 'queue', 'person', 'disposition', 'dispositionNote'],
    drafts: [],
    names: ['SLA_POLICY', 'QUEUE', 'AGENT'],
    isDeletedThere: false,
    gatherMs: 1_000,
  },
};

/** The order in which kinds are pushed: each after those that it names. */
export const PUSH_ORDER: readonly CrmKind[] = ['SLA_POLICY', 'QUEUE', 'AGENT', 'QUEUE_MEMBER', 'AUTOMATION_RULE', 'PERSON', 'INTERACTION'];

export const PULL_ORDER: readonly CrmKind[] = [
  'USER',
  'COMPANY',
  'PERSON',
  'SLA_POLICY',
  'QUEUE',
  'AGENT',
  'QUEUE_MEMBER',
  'AUTOMATION_RULE',
  'INTERACTION',
];
