/** Every business calendar: when time counts. */
import { CalendarListDocument, type CalendarListQuery } from '../generated/operations';
import { listed, moment, number, t } from '../language';
import { List, type ListColumn } from '../parts/List';
import { useListState } from '../parts/list-state';
import { byColumn, matches } from '../parts/order';
import { Tag } from '../parts/Tag';
import { useWhole } from '../parts/useRows';
import { useMay } from '../session';
import { dayOf, WEEKDAYS } from '../week';

type Row = CalendarListQuery['businessCalendars'][number] & { policies: string[] };

export const withPolicies = ({ businessCalendars, slaPolicies }: CalendarListQuery): Row[] =>
  businessCalendars.map((one) => ({
    ...one,
    policies: slaPolicies.filter(({ calendar }) => calendar?.id === one.id).map(({ name }) => name),
  }));

/** Open in an ordinary week. */
const weekSeconds = ({ intervals }: Pick<Row, 'intervals'>): number =>
  WEEKDAYS.flatMap((weekday) => dayOf(intervals, weekday)).reduce((sum, { from, to }) => sum + (to - from) * 60, 0);

const columns = (): ListColumn<Row>[] => [
  { id: 'name', title: t('Name'), text: ({ name }) => name, sorts: true },
  { id: 'zone', title: t('Time zone'), text: ({ timeZone }) => timeZone, sorts: true },
  { id: 'week', title: t('Hours a week'), text: (row) => number(weekSeconds(row) / 3_600), sorts: true, numeric: true },
  { id: 'holidays', title: t('Holidays of'), text: ({ holidays }) => [holidays?.country, holidays?.region].filter(Boolean).join('-') },
  { id: 'policies', title: t('Used by policies'), text: ({ policies }) => listed(policies) },
  {
    id: 'state',
    title: t('Now'),
    text: ({ openNow }) => (openNow ? t('Open now') : t('Closed now')),
    cell: ({ openNow, nextOpening }) => (
      <span {...(nextOpening && { title: t('Opens {{when}}', { when: moment(nextOpening) }) })}>
        <Tag tone={openNow ? 'good' : 'off'}>{openNow ? t('Open now') : t('Closed now')}</Tag>
      </span>
    ),
  },
  { id: 'version', title: t('Version'), text: ({ version }) => number(version), numeric: true, extra: true },
];

export default function Calendars() {
  const state = useListState();
  const admin = useMay(['ADMIN']);
  const shown = columns();
  const list = useWhole(CalendarListDocument, withPolicies, ({ name, timeZone }) => matches(state, name, timeZone), byColumn(shown, state));
  return (
    <List
      title={t('Calendars')}
      name="calendars"
      list={list}
      state={state}
      columns={shown}
      filters={[{ id: 'search', kind: 'search', label: t('Name or time zone') }]}
      to={({ id }) => `/calendars/${id}`}
      nameOf={({ name }) => name}
      create={admin ? { label: t('New calendar'), to: '/calendars/new' } : undefined}
      empty={{
        title: t('There is no calendar yet'),
        text: t('A calendar says when time counts for a promise: business hours, holidays, days of its own.'),
      }}
    />
  );
}
