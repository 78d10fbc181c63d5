/** Everybody who signs in. */
import { useMutation } from '@apollo/client/react';
import {
  ActivateUserDocument,
  DeactivateUserDocument,
  UserListDocument,
  type Role,
  type UserListQuery,
  type UserState,
} from '../generated/operations';
import { moment, t } from '../language';
import { List, type ListColumn } from '../parts/List';
import { useListState } from '../parts/list-state';
import { Time } from '../parts/Time';
import { UserStateTag } from '../parts/UserStateTag';
import { useRows } from '../parts/useRows';
import { PEOPLE_ROLES, roleWord, USER_STATES, userStateWord } from '../words';

type Row = UserListQuery['users']['edges'][number]['node'];

const columns = (): ListColumn<Row>[] => [
  { id: 'name', title: t('Name', { context: 'person' }), text: ({ name }) => name },
  { id: 'email', title: t('E-mail'), text: ({ email }) => email },
  { id: 'role', title: t('Role'), text: ({ role }) => roleWord(role) },
  { id: 'agent', title: t('Agent'), text: ({ agent }) => agent?.name ?? '' },
  { id: 'state', title: t('State'), text: ({ state }) => userStateWord(state), cell: ({ state }) => <UserStateTag state={state} /> },
  { id: 'secondFactor', title: t('Second factor'), text: ({ secondFactorSince }) => (secondFactorSince ? t('Yes') : t('No')) },
  {
    id: 'signedIn',
    title: t('Last sign-in'),
    text: ({ signedInAt }) => (signedInAt ? moment(signedInAt) : t('Never')),
    cell: ({ signedInAt }) => (signedInAt ? <Time at={signedInAt} /> : t('Never')),
  },
];

export default function People() {
  const state = useListState();
  const [activate] = useMutation(ActivateUserDocument);
  const [deactivate] = useMutation(DeactivateUserDocument);
  const list = useRows(
    UserListDocument,
    {
      filter: {
        search: state.get('search') || null,
        roles: state.all('role').length > 0 ? (state.all('role') as Role[]) : null,
        states: state.all('state').length > 0 ? (state.all('state') as UserState[]) : null,
      },
    },
    ({ users }) => users,
  );
  return (
    <List
      title={t('People')}
      name="people"
      list={list}
      state={state}
      columns={columns()}
      filters={[
        { id: 'search', kind: 'search', label: t('Name or e-mail') },
        { id: 'role', kind: 'several', label: t('Role'), options: PEOPLE_ROLES.map((id) => ({ id, name: roleWord(id) })) },
        { id: 'state', kind: 'several', label: t('State'), options: USER_STATES.map((id) => ({ id, name: userStateWord(id) })) },
      ]}
      actions={[
        { label: t('Let in again'), run: ({ id }) => activate({ variables: { id } }) },
        { label: t('Deactivate'), grave: true, run: ({ id }) => deactivate({ variables: { id } }) },
      ]}
      to={({ id }) => `/people/${id}`}
      nameOf={({ name }) => name}
      create={{ label: t('Invite a person'), to: '/people/new' }}
      empty={{ title: t('Nobody can sign in yet'), text: t('Invite people by a link; each chooses a password of their own.') }}
    />
  );
}
