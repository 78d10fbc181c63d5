/** Every rule in the order in which they are tried, with how often it ran and failed lately. */
import { useMutation, useQuery } from '@apollo/client/react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { Link } from 'react-router';
import { eventWord } from '../event-words';
import { DeleteRuleDocument, RuleListDocument, UpdateRuleDocument, type RuleListQuery } from '../generated/operations';
import { listed, moment, number, t } from '../language';
import { brought, later } from '../parts/later';
import type { Telling } from '../parts/Names';
import { List, type ListColumn } from '../parts/List';
import { useListState } from '../parts/list-state';
import { Time } from '../parts/Time';
import { byColumn, matches } from '../parts/order';
import { useWhole } from '../parts/useRows';
import { toldWord } from '../told-words';
import { problemOf } from '../problem';
import { moved } from '../rule-order';
import { useMay } from '../session';

/** For a column that is hidden at first. */
const Names = lazy(() => brought(async () => ({ default: (await import('../parts/Names')).Names })));
const Switch = lazy(() => brought(async () => ({ default: (await import('../parts/Switch')).Switch })));
const Sortable = later(async () => (await import('../parts/Sortable')).Sortable);

type Row = RuleListQuery['automationRules'][number];

export default function Rules() {
  const state = useListState();
  const admin = useMay(['ADMIN']);
  const [{ tell }, setTold] = useState<Telling>({ tell: (said) => said });
  const [update] = useMutation(UpdateRuleDocument);
  const [remove] = useMutation(DeleteRuleDocument);
  const { data } = useQuery(RuleListDocument);
  const [failed, setFailed] = useState<string | null>(null);
  // What was dragged stands where it was dropped, before the engine has said so.
  const [asDropped, setAsDropped] = useState<readonly string[] | null>(null);
  const events = useMemo(
    () => new Map((data?.eventTypes ?? []).map(({ type, description }) => [type, eventWord(type, description)])),
    [data],
  );
  const triggerText = ({ trigger: { events: types, schedule } }: Row): string =>
    schedule
      ? t('On schedule {{cron}}, {{zone}}', { cron: schedule.cron, zone: schedule.timeZone })
      : listed(types.map((type) => events.get(type) ?? type));
  const thenText = ({ actions }: Row): string =>
    tell(actions)
      .map(({ summary, told }) => toldWord(told, summary))
      .join(' ');
  const counts = ({ done, failed: wrong }: Row['lastDay']): string =>
    wrong > 0 ? t('{{done}}, {{failed}} failed', { done: number(done), failed: number(wrong) }) : number(done);

  const run = async (work: () => Promise<unknown>): Promise<void> => {
    setFailed(null);
    try {
      await work();
    } catch (error) {
      setFailed(problemOf(error).message);
    }
    list.again();
  };
  const columns: ListColumn<Row>[] = [
    { id: 'name', title: t('Name'), text: ({ name }) => name, sorts: true },
    {
      id: 'active',
      title: t('Active [a rule]'),
      text: ({ active }) => (active ? t('Active [a rule]') : t('Not active')),
      cell: ({ id, name, active }) => (
        <Suspense fallback={null}>
          <Switch
            label={t('{{name}} is active', { name })}
            value={active}
            disabled={!admin}
            onChange={(next) => void run(() => update({ variables: { input: { id, active: next } } }))}
          />
        </Suspense>
      ),
    },
    { id: 'when', title: t('When [a rule]'), text: triggerText, sorts: true },
    { id: 'then', title: t('Then'), text: thenText, extra: true },
    { id: 'rank', title: t('Order'), text: ({ rank }) => number(rank), sorts: true, numeric: true },
    { id: 'day', title: t('Runs, 24 h'), text: ({ lastDay }) => counts(lastDay), sorts: true, numeric: true },
    { id: 'week', title: t('Runs, 7 days'), text: ({ lastWeek }) => counts(lastWeek), sorts: true, numeric: true },
    {
      id: 'last',
      title: t('Last run'),
      text: ({ lastRunAt }) => (lastRunAt ? moment(lastRunAt) : t('Never')),
      cell: ({ lastRunAt }) => (lastRunAt ? <Time at={lastRunAt} /> : t('Never')),
    },
    {
      id: 'failure',
      title: t('Last failure'),
      text: ({ lastFailure }) => toldWord(lastFailure?.told, lastFailure?.reason ?? ''),
      cell: ({ lastFailure }) =>
        lastFailure && (
          <Link className="failure" to={`/rule-runs/${lastFailure.id}`} title={toldWord(lastFailure.told, lastFailure.reason ?? '')}>
            <time className="faint">{moment(lastFailure.at)}</time> <span>{toldWord(lastFailure.told, lastFailure.reason ?? '')}</span>
          </Link>
        ),
    },
  ];
  const wanted = state.get('active');
  const ranked = state.sort === null || state.sort.column === 'rank';
  const place = ({ id, rank }: Row): number => (asDropped ? asDropped.indexOf(id) : rank);
  const sign = state.sort?.descending ? -1 : 1;
  const list = useWhole(
    RuleListDocument,
    ({ automationRules }) => automationRules,
    (rule) =>
      matches(state, rule.name, thenText(rule)) &&
      (wanted === '' || rule.active === (wanted === 'yes')) &&
      (state.get('event') === '' || rule.trigger.events.includes(state.get('event'))) &&
      (state.get('failing') === '' || rule.lastDay.failed > 0),
    ranked ? (a, b) => sign * (place(a) - place(b)) : byColumn(columns, state),
  );
  const order = (list.rows ?? []).map(({ id }) => id);
  const sortable = admin && ranked && sign === 1 && !state.filtered;
  const move = (ids: string[], target: string, place: 'before' | 'after'): void => {
    const steps = moved(order, ids, target, place === 'after');
    const last = steps.at(-1);
    if (!last) return;
    setAsDropped(last.order);
    void run(async () => {
      for (const { id, rank } of steps) await update({ variables: { input: { id, rank } } });
    }).finally(() => setAsDropped(null));
  };
  const used = [...new Set((data?.automationRules ?? []).flatMap(({ trigger }) => trigger.events))].sort();
  return (
    <>
      <Suspense fallback={null}>
        <Names take={setTold} />
      </Suspense>
      <Sortable nameOf={(id) => list.rows?.find((rule) => rule.id === id)?.name ?? ''} onMove={move}>
        {(dragging) => (
          <List
            title={t('Rules')}
            name="rules"
            list={failed === null ? list : { ...list, problem: { code: 'REFUSED', message: failed, facts: {} } }}
            state={state}
            columns={columns}
            order={sortable ? dragging : undefined}
            filters={[
              { id: 'search', kind: 'search', label: t('Name or action') },
              {
                id: 'active',
                kind: 'one',
                label: t('State'),
                options: [
                  { id: 'yes', name: t('Active [a rule]') },
                  { id: 'no', name: t('Not active') },
                ],
              },
              { id: 'event', kind: 'one', label: t('When [a rule]'), options: used.map((id) => ({ id, name: events.get(id) ?? id })) },
              { id: 'failing', kind: 'one', label: t('Failures'), options: [{ id: 'yes', name: t('Failed in the last 24 hours') }] },
            ]}
            actions={
              admin
                ? [
                    { label: t('Activate'), run: ({ id }) => update({ variables: { input: { id, active: true } } }) },
                    { label: t('Deactivate'), grave: true, run: ({ id }) => update({ variables: { input: { id, active: false } } }) },
                    { label: t('Delete'), grave: 'final', run: ({ id }) => remove({ variables: { id } }) },
                  ]
                : []
            }
            to={({ id }) => `/rules/${id}`}
            nameOf={({ name }) => name}
            create={admin ? { label: t('New rule'), to: '/rules/new' } : undefined}
            empty={{
              title: t('There is no rule yet'),
              text: t('A rule does something when something happens: it sets a priority, tells somebody, makes a task.'),
            }}
          />
        )}
      </Sortable>
    </>
  );
}
