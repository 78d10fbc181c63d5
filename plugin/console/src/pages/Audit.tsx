/** Who changed what, when, and because of what. */
import { useEffect, useState } from 'react';
import { useQuery } from '@apollo/client/react';
import { actorWord } from '@patchbay/pages/actor-words';
import { Link } from 'react-router';
import { ADMIN_KINDS, KINDS, kindWord, namedEntry, recordName, recordPath, sourceWord, type AuditEntry } from '../audit-words';
import { AuditActorsDocument, AuditListDocument, type AuditKind } from '../generated/operations';
import { exactMoment, t } from '../language';
import { brought } from '../parts/later';
import { List, type ListColumn } from '../parts/List';
import { useListState } from '../parts/list-state';
import { useNames } from '../parts/useNames';
import { useRows } from '../parts/useRows';
import { eventWord } from '../event-words';
import { useMay } from '../session';

type Row = AuditEntry & { id: string };

const who = ({ actor, source }: AuditEntry): string => (source ? `${actorWord(actor)}, ${sourceWord(source)}` : actorWord(actor));

/** Of an interaction, its story has the event; of what somebody set up, the audit has what else came of it. */
const causePath = ({ seq, type, subjectId }: NonNullable<AuditEntry['cause']>): string =>
  /^(interaction|sla)\./.test(type) ? `/interactions/${subjectId}#event-${seq}` : `/audit?cause=${seq}`;

function Cause({ entry: { actor, actorId, cause } }: { entry: AuditEntry }) {
  return (
    <>
      {actor.kind === 'RULE' && actorId && <Link to={`/audit?actor=${actorId}`}>{actorWord(actor)}</Link>}
      {actor.kind === 'RULE' && cause && ' · '}
      {cause && <Link to={causePath(cause)}>{eventWord(cause.type, cause.type)}</Link>}
    </>
  );
}

/** What a change says of its fields: a large part of the page, which comes once the list is there. */
type Told = typeof import('../parts/Changes');

function useTold(): Told | null {
  const [told, setTold] = useState<Told | null>(null);
  useEffect(() => {
    void brought(() => import('../parts/Changes')).then(setTold, () => undefined);
  }, []);
  return told;
}

const columns = (told: Told | null, called: (entry: Row) => Row): ListColumn<Row>[] => [
  {
    id: 'record',
    title: t('Record'),
    text: (entry) => recordName(called(entry).record),
  },
  { id: 'kind', title: t('Kind'), text: ({ record }) => kindWord(record.kind) },
  {
    id: 'what',
    title: t('What changed'),
    text: (entry) => told?.changesText(called(entry)) ?? eventWord(entry.type, entry.type),
    cell: (entry) => (told ? <told.Changes entry={called(entry)} /> : eventWord(entry.type, entry.type)),
  },
  { id: 'who', title: t('By whom'), text: who },
  { id: 'at', title: t('When'), text: ({ at }) => exactMoment(at), cell: ({ at }) => <time dateTime={at}>{exactMoment(at)}</time> },
  {
    id: 'cause',
    title: t('Because of'),
    text: ({ cause }) => (cause ? eventWord(cause.type, cause.type) : ''),
    cell: (entry) => <Cause entry={entry} />,
  },
];

const DAY_MS = 86_400_000;
/** The reader's midnight. */
const midnight = (day: string, later = 0): string | null => {
  const at = new Date(`${day}T00:00`);
  return Number.isNaN(at.getTime()) ? null : new Date(new Date(at.getTime() + later * DAY_MS * 1.5).setHours(0, 0, 0, 0)).toISOString();
};

export default function Audit() {
  const state = useListState();
  const told = useTold();
  const tell = useNames();
  const called = (entry: Row): Row => namedEntry(entry, tell);
  const admin = useMay(['ADMIN']);
  const { data } = useQuery(AuditActorsDocument, { fetchPolicy: 'cache-and-network' });
  const kinds = state.all('kind') as AuditKind[];
  const record = state.get('record');
  const list = useRows(
    AuditListDocument,
    {
      filter: {
        kinds: kinds.length > 0 ? kinds : null,
        recordId: record || null,
        actorId: state.get('actor') || null,
        actorName: state.get('who') || null,
        causeSeq: state.get('cause') || null,
        from: midnight(state.get('from')),
        until: midnight(state.get('to'), 1),
      },
    },
    ({ audit: { edges, pageInfo } }) => ({ pageInfo, edges: edges.map(({ node }) => ({ node: { ...node, id: node.seq } })) }),
  );
  const named = list.rows?.find((row) => row.record.recordId === record);
  return (
    <List
      title={t('Audit')}
      name="audit"
      list={list}
      state={state}
      columns={columns(told, called)}
      filters={[
        {
          id: 'kind',
          kind: 'several',
          label: t('Kind'),
          options: [...KINDS, ...(admin ? ADMIN_KINDS : [])].map((id) => ({ id, name: kindWord(id) })),
        },
        {
          id: 'who',
          kind: 'one',
          label: t('By whom'),
          all: t('Anybody'),
          options: (data?.auditActors ?? []).map((name) => ({ id: name, name })),
        },
        ...(record
          ? [
              {
                id: 'record',
                kind: 'one' as const,
                label: t('Record'),
                options: [{ id: record, name: named ? recordName(called(named).record) : t('One record') }],
              },
            ]
          : []),
        { id: 'from', kind: 'day', label: t('From') },
        { id: 'to', kind: 'day', label: t('To', { context: 'day' }) },
      ]}
      to={recordPath}
      nameOf={(entry) => recordName(called(entry).record)}
      empty={{
        title: t('Nothing was changed yet'),
        text: t('Whoever changes something of the set-up is listed here, with what was before.'),
      }}
    />
  );
}
