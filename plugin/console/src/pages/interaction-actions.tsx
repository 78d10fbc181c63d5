/** What is done to interactions by hand: to those selected in the list, or to the one whose page it is. */
import { lazy, Suspense, useState } from 'react';
import { useMutation } from '@apollo/client/react';
import { asNamed } from '@patchbay/pages/names';
import {
  CloseManyDocument,
  SetPrioritiesDocument,
  TransferManyDocument,
  type InteractionChoicesQuery,
  type OutcomesFragment,
} from '../generated/operations';
import { t } from '../language';
import type { ListAction } from '../parts/Bulk';
import { Pick } from '../parts/controls';

/** Comes when a priority is asked for. */
const NumberInput = lazy(() => import('../parts/inputs').then((inputs) => ({ default: inputs.NumberInput })));

/** What has to be known of an interaction to change it, and to undo that. */
interface Changing {
  id: string;
  priority: number;
  queue?: { id: string } | null;
}

const idsOf = (rows: readonly Changing[]): string[] => rows.map(({ id }) => id);

/** Why not, by the id of each that was refused. */
const refusals = (outcomes: OutcomesFragment | undefined): Map<string, string> =>
  new Map((outcomes?.results ?? []).flatMap(({ id, refusal }) => (refusal ? [[id, refusal.message] as const] : [])));

/** Does it to the rows that have the same of something; those without it are left as they are. */
async function inGroups<K>(
  rows: readonly Changing[],
  of: (row: Changing) => K | undefined,
  run: (key: K, group: readonly Changing[]) => Promise<Map<string, string>>,
): Promise<Map<string, string>> {
  const all = new Map<string, string>();
  for (const key of new Set(rows.map(of))) {
    if (key === undefined) continue;
    for (const [id, why] of await run(
      key,
      rows.filter((row) => of(row) === key),
    ))
      all.set(id, why);
  }
  return all;
}

/** @param choices undefined until they came */
export function useInteractionActions(choices: InteractionChoicesQuery | undefined): ListAction<Changing>[] {
  const [setPriority] = useMutation(SetPrioritiesDocument);
  const [transfer] = useMutation(TransferManyDocument);
  const [close] = useMutation(CloseManyDocument);
  const [target, setTarget] = useState('');
  const [taker, setTaker] = useState('');
  const [priority, setThePriority] = useState<number | null>(null);
  const [dispositionId, setDisposition] = useState('');
  const queues = (choices?.queues.edges ?? []).map(({ node }) => asNamed(node));
  const agents = (choices?.agents.edges ?? []).map(({ node }) => node);
  const transferTo = (where: { queueId: string } | { agentId: string }) => async (rows: readonly Changing[]) =>
    refusals((await transfer({ variables: { input: { ids: idsOf(rows), ...where } } })).data?.transferInteractions);
  const prioritise = (value: number) => async (rows: readonly Changing[]) =>
    refusals((await setPriority({ variables: { input: { ids: idsOf(rows), priority: value } } })).data?.setInteractionPriorities);
  return [
    {
      label: t('Transfer'),
      asks: <Pick inline label={t('To')} placeholder={t('Choose a queue')} value={target} options={queues} onChange={setTarget} />,
      ready: target !== '',
      runAll: transferTo({ queueId: target }),
      undoAll: (rows) =>
        inGroups(
          rows,
          ({ queue }) => queue?.id,
          (queueId, group) => transferTo({ queueId })(group),
        ),
    },
    {
      label: t('Hand over'),
      asks: <Pick inline label={t('To')} placeholder={t('Choose an agent')} value={taker} options={agents} onChange={setTaker} />,
      ready: taker !== '',
      runAll: transferTo({ agentId: taker }),
    },
    {
      label: t('Set priority'),
      asks: (
        <Suspense fallback={null}>
          <NumberInput label={t('Priority')} min={0} max={100} value={priority} onChange={setThePriority} />
        </Suspense>
      ),
      ready: priority !== null,
      runAll: prioritise(priority ?? 0),
      undoAll: (rows) =>
        inGroups(
          rows,
          (row) => row.priority,
          (value, group) => prioritise(value)(group),
        ),
    },
    {
      label: t('Close'),
      grave: true,
      asks: (
        <Pick
          inline
          label={t('Disposition')}
          value={dispositionId}
          options={(choices?.dispositions ?? []).filter(({ active }) => active).map(asNamed)}
          onChange={setDisposition}
        />
      ),
      ready: dispositionId !== '',
      runAll: async (rows) =>
        refusals((await close({ variables: { input: { ids: idsOf(rows), dispositionId } } })).data?.closeInteractions),
    },
  ];
}
