/** Every skill that queues require and agents have. */
import { SkillListDocument, type SkillListQuery } from '../generated/operations';
import { t } from '../language';
import { List, type ListColumn } from '../parts/List';
import { useListState } from '../parts/list-state';
import { byColumn, matches } from '../parts/order';
import { useWhole } from '../parts/useRows';
import { useMay } from '../session';

type Row = SkillListQuery['skills'][number];

const columns = (): ListColumn<Row>[] => [
  { id: 'name', title: t('Name'), text: ({ name }) => name, sorts: true },
  { id: 'category', title: t('Category'), text: ({ category }) => category, sorts: true },
];

export default function Skills() {
  const state = useListState();
  const admin = useMay(['ADMIN']);
  const shown = columns();
  const list = useWhole(
    SkillListDocument,
    ({ skills }) => skills,
    ({ name, category }) => matches(state, name, category),
    byColumn(shown, state),
  );
  return (
    <List
      title={t('Skills')}
      name="skills"
      list={list}
      state={state}
      columns={shown}
      filters={[{ id: 'search', kind: 'search', label: t('Name or category') }]}
      to={({ id }) => `/skills/${id}`}
      nameOf={({ name }) => name}
      create={admin ? { label: t('New skill'), to: '/skills/new' } : undefined}
      empty={{
        title: t('There is no skill yet'),
        text: t('Queues require skills, and agents have them at a level: a language, a product.'),
      }}
    />
  );
}
