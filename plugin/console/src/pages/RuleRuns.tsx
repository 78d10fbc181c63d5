/** The log of what rules and ladders did, failed to do, and were kept from. */
import { useQuery } from '@apollo/client/react';
import { eventWord } from '../event-words';
import { RuleRunChoicesDocument, RuleRunListDocument, type RuleOutcome, type RuleRunLineFragment } from '../generated/operations';
import { exactMoment, t } from '../language';
import { List, type ListColumn } from '../parts/List';
import { useListState } from '../parts/list-state';
import { useRows } from '../parts/useRows';
import { OUTCOMES, outcomeWord } from '../rule-words';
import { toldWord } from '../told-words';
import { aboutWord, Outcome } from './RuleRunLines';

const ownerOf = ({ rule, slaPolicy }: RuleRunLineFragment): string => rule?.name ?? slaPolicy?.name ?? t('A rule that is deleted');

const columns = (): ListColumn<RuleRunLineFragment>[] => [
  { id: 'at', title: t('Time'), text: ({ at }) => exactMoment(at), cell: ({ at }) => <time>{exactMoment(at)}</time> },
  { id: 'rule', title: t('Rule'), text: ownerOf },
  { id: 'about', title: t('Interaction'), text: aboutWord },
  { id: 'event', title: t('Event'), text: ({ eventType }) => eventWord(eventType, eventType) },
  {
    id: 'outcome',
    title: t('Result'),
    text: ({ outcome }) => outcomeWord(outcome),
    cell: ({ outcome }) => <Outcome outcome={outcome} />,
  },
  { id: 'reason', title: t('Why'), text: ({ told, reason }) => toldWord(told, reason ?? '') },
];

const DAY_MS = 86_400_000;
const SINCE: Readonly<Record<string, number>> = { hour: DAY_MS / 24, day: DAY_MS, week: 7 * DAY_MS };

/** To the minute, so that the list does not begin anew at each drawing. */
const since = (word: string): string | null => {
  const span = SINCE[word];
  return span === undefined ? null : new Date(Math.floor((Date.now() - span) / 60_000) * 60_000).toISOString();
};

export default function RuleRuns() {
  const state = useListState();
  const { data } = useQuery(RuleRunChoicesDocument);
  const outcomes = state.all('outcome') as RuleOutcome[];
  const list = useRows(
    RuleRunListDocument,
    {
      outcomes: outcomes.length > 0 ? outcomes : null,
      filter: { ruleId: state.get('rule') || null, interactionId: state.get('interaction') || null, from: since(state.get('since')) },
    },
    ({ ruleRuns }) => ruleRuns,
  );
  return (
    <List
      title={t('Rule log')}
      name="rule-runs"
      list={list}
      state={state}
      columns={columns()}
      filters={[
        { id: 'rule', kind: 'one', label: t('Rule'), options: data?.automationRules ?? [] },
        { id: 'outcome', kind: 'several', label: t('Result'), options: OUTCOMES.map((id) => ({ id, name: outcomeWord(id) })) },
        {
          id: 'since',
          kind: 'one',
          label: t('Time'),
          options: [
            { id: 'hour', name: t('Last hour') },
            { id: 'day', name: t('Last 24 hours') },
            { id: 'week', name: t('Last 7 days') },
          ],
        },
      ]}
      to={({ id }) => `/rule-runs/${id}`}
      nameOf={(run) => ownerOf(run)}
      empty={{
        title: t('No rule has done anything yet'),
        text: t('A line is written each time that the condition of an active rule holds.'),
      }}
    />
  );
}
