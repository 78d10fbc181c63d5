/** What the contact center and the CRM share, kind by kind: what people may edit there, and in which order records go over. */
import type { CrmKind } from './host.js';

export interface SharedKind {
  /** Fields that may be edited in the CRM; all others are ours alone and are pushed again when they differ. */
  editable: readonly string[];
  /** Those of them that are texts which take long to write: what is refused of them stays in the CRM, to be mended. */
  drafts: readonly string[];
  /** Kinds that its records name: the CRM has to know those first. People are looked after one by one. */
  names: readonly CrmKind[];
  /** People delete such records in the CRM and mean it: pushing must not bring one back. */
  isDeletedThere: boolean;
  /** How long changes are gathered before the next lot is pushed, in ms: calls are scarce, and two seconds are promised. */
  gatherMs: number;
}

/** Read there, and changed nowhere else. */
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

/** Of what waits to be pushed, this goes first: each kind after those that it names. */
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
