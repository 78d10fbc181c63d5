/** Everybody who is in touch with the contact center. */
import { CustomerListDocument, type CustomerListQuery } from '../generated/operations';
import { moment, t } from '../language';
import { List, type ListColumn } from '../parts/List';
import { useListState } from '../parts/list-state';
import { Tag } from '../parts/Tag';
import { Time } from '../parts/Time';
import { useRows } from '../parts/useRows';
import { tierWord } from '../words';

type Row = CustomerListQuery['customers']['edges'][number]['node'];

const columns = (): ListColumn<Row>[] => [
  {
    id: 'name',
    title: t('Name'),
    text: ({ name }) => name,
    cell: ({ name, provisional }) => (
      <>
        {name} {provisional && <Tag tone="off">{t('Provisional')}</Tag>}
      </>
    ),
  },
  { id: 'company', title: t('Company'), text: ({ company }) => company ?? '' },
  { id: 'tier', title: t('Tier'), text: ({ tier }) => tierWord(tier) },
  { id: 'addresses', title: t('Addresses'), text: ({ identities }) => identities.map(({ value }) => value).join(' · ') },
  { id: 'since', title: t('Since'), text: ({ createdAt }) => moment(createdAt), cell: ({ createdAt }) => <Time at={createdAt} /> },
];

export default function Customers() {
  const state = useListState();
  const list = useRows(CustomerListDocument, { search: state.get('search') || null }, ({ customers }) => customers);
  return (
    <List
      title={t('Customers')}
      name="customers"
      list={list}
      state={state}
      columns={columns()}
      filters={[{ id: 'search', kind: 'search', label: t('Name, company or whole address') }]}
      to={({ id }) => `/customers/${id}`}
      nameOf={({ name }) => name}
      empty={{
        title: t('There is no customer yet'),
        text: t('Whoever gets in touch for the first time stands here, and everybody whom the CRM knows.'),
      }}
    />
  );
}
