/** The webhooks of rules, each on its way to its receiver. */
import { useMutation } from '@apollo/client/react';
import { ResendWebhookDocument, WebhookListDocument, type WebhookListQuery, type WebhookState } from '../generated/operations';
import { moment, number, t } from '../language';
import { List, type ListColumn } from '../parts/List';
import { useListState } from '../parts/list-state';
import { Tag } from '../parts/Tag';
import { Time } from '../parts/Time';
import { useRows } from '../parts/useRows';
import { toldWord } from '../told-words';

type Row = WebhookListQuery['webhookDeliveries']['edges'][number]['node'];

const STATES: readonly WebhookState[] = ['PENDING', 'SENT', 'FAILED'];

export const webhookStateWord = (state: WebhookState): string =>
  ({ PENDING: t('On its way'), SENT: t('Taken'), FAILED: t('Given up') })[state];

export function WebhookTag({ state }: { state: WebhookState }) {
  return <Tag tone={({ PENDING: 'off', SENT: 'good', FAILED: 'bad' } as const)[state]}>{webhookStateWord(state)}</Tag>;
}

const columns = (): ListColumn<Row>[] => [
  { id: 'created', title: t('When'), text: ({ createdAt }) => moment(createdAt), cell: ({ createdAt }) => <Time at={createdAt} /> },
  { id: 'url', title: t('Receiver'), text: ({ url }) => url },
  { id: 'rule', title: t('Rule'), text: ({ rule }) => rule?.name ?? t('Deleted') },
  { id: 'state', title: t('State'), text: ({ state }) => webhookStateWord(state), cell: ({ state }) => <WebhookTag state={state} /> },
  { id: 'attempts', title: t('Attempts'), text: ({ attempts }) => number(attempts), numeric: true },
  { id: 'error', title: t('Answer'), text: ({ status, error, told }) => (error ? toldWord(told, error) : status ? String(status) : '') },
  {
    id: 'next',
    title: t('Next attempt'),
    text: ({ nextAt }) => (nextAt ? moment(nextAt) : ''),
    cell: ({ nextAt }) => <Time at={nextAt} />,
  },
];

export default function Webhooks() {
  const state = useListState();
  const [resend] = useMutation(ResendWebhookDocument);
  const wanted = state.get('state');
  const list = useRows(
    WebhookListDocument,
    { filter: { states: wanted === '' ? null : [wanted as WebhookState] } },
    ({ webhookDeliveries }) => webhookDeliveries,
  );
  return (
    <List
      title={t('Webhooks')}
      name="webhooks"
      list={list}
      state={state}
      columns={columns()}
      filters={[{ id: 'state', kind: 'one', label: t('State'), options: STATES.map((id) => ({ id, name: webhookStateWord(id) })) }]}
      actions={[{ label: t('Send again'), run: ({ id }) => resend({ variables: { id } }) }]}
      to={({ id }) => `/webhooks/${id}`}
      nameOf={({ url }) => url}
      create={{ label: t('New rule with a webhook'), to: '/rules/new' }}
      empty={{
        title: t('No webhook was sent yet'),
        text: t('A rule says at which events one is sent, and where to: its action is called “Call a webhook”.'),
      }}
    />
  );
}
