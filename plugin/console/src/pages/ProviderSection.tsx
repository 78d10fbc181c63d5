/** The identity provider: how it is reached, whom its groups let in, and whether it works. */
import { useState } from 'react';
import { useMutation } from '@apollo/client/react';
import { TryIdentityProviderDocument, UpdateIdentityProviderDocument, type Role, type SignInSettingsQuery } from '../generated/operations';
import { t } from '../language';
import { BoundsPicks, boundsInput, NO_BOUNDS, type PickedBounds } from '../parts/BoundsPicks';
import { Check, Pick } from '../parts/controls';
import { TextInput } from '../parts/inputs';
import { useForm } from '../parts/useForm';
import { problemOf } from '../problem';
import { BOUNDED_ROLES, PEOPLE_ROLES, roleWord } from '../words';

type Settings = SignInSettingsQuery['signInSettings'];

interface Values {
  enabled: boolean;
  name: string;
  issuer: string;
  clientId: string;
  scopes: string;
  groupsClaim: string;
  groups: { group: string; role: Role; bounds: PickedBounds }[];
}

/** An outside party's right is given by hand. */
const GROUP_ROLES: readonly Role[] = PEOPLE_ROLES.filter((role) => role !== 'CLIENT');

const FIELDS: readonly (keyof Values)[] = ['name', 'issuer', 'clientId', 'scopes', 'groupsClaim', 'groups'];

const valuesOf = ({ provider }: Settings): Values => ({
  enabled: provider?.enabled ?? true,
  name: provider?.name ?? '',
  issuer: provider?.issuer ?? '',
  clientId: provider?.clientId ?? '',
  scopes: (provider?.scopes ?? ['openid', 'email', 'profile']).join(' '),
  groupsClaim: provider?.groupsClaim ?? 'groups',
  groups:
    provider?.groups.map(({ group, role, bounds }) => ({
      group,
      role,
      bounds: bounds
        ? { departments: bounds.departments, queueIds: bounds.queues.map(({ id }) => id), teamIds: bounds.teams.map(({ id }) => id) }
        : NO_BOUNDS,
    })) ?? [],
});

interface ProviderSectionProps {
  settings: Settings;
  reread: () => Promise<SignInSettingsQuery>;
}

export function ProviderSection({ settings, reread }: ProviderSectionProps) {
  const [update] = useMutation(UpdateIdentityProviderDocument);
  // In no storage of the browser, as the form's other values are.
  const [secret, setSecret] = useState('');
  const form = useForm<Values>({
    name: 'identity-provider',
    stored: valuesOf(settings),
    fields: FIELDS,
    save: async (values) => {
      const scopes = values.scopes.split(/\s+/).filter(Boolean);
      const groups = values.groups.map(({ group, role, bounds }) => ({ group, role, bounds: boundsInput(role, bounds) }));
      await update({ variables: { input: { ...values, scopes, groups, ...(secret !== '' && { clientSecret: secret }) } } });
      setSecret('');
      await reread();
    },
  });
  const { field, values, set } = form;
  const { provider, address } = settings;
  if (address === null)
    return (
      <section className="card" aria-labelledby="provider">
        <h2 id="provider">{t('Identity provider')}</h2>
        <p className="soft">{t('Say above at which address people open this center; then a provider can be set up.')}</p>
      </section>
    );
  return (
    <form
      className="card form"
      noValidate
      aria-labelledby="provider"
      onSubmit={(event) => {
        event.preventDefault();
        form.submit();
      }}
    >
      <h2 id="provider">{t('Identity provider')}</h2>
      <p className="soft">
        {t('People sign in with the account that they have at work (OpenID Connect). Its groups say who comes in here, and as what.')}
      </p>
      <div className="fields">
        <TextInput label={t('Name on the button')} required {...field('name')} />
        <TextInput label={t('Issuer')} required hint={t('Such as https://login.example.org/realms/company')} {...field('issuer')} />
        <TextInput label={t('Client ID')} required {...field('clientId')} />
        <TextInput
          label={t('Client secret')}
          type="password"
          autoComplete="off"
          hint={
            provider?.hasSecret ? t('One is kept, and is never shown. Fill this in to replace it.') : t('Kept sealed, and never shown.')
          }
          value={secret}
          onChange={setSecret}
        />
        <TextInput label={t('Scopes')} hint={t('By spaces.')} {...field('scopes')} />
        <TextInput
          label={t('Claim with the groups')}
          hint={t('Dots lead into objects, such as realm_access.roles.')}
          {...field('groupsClaim')}
        />
        <Groups groups={values.groups} error={field('groups').error} onChange={(groups) => set({ groups })} />
        <Check label={t('Offered at the sign-in')} value={values.enabled} onChange={(enabled) => set({ enabled })} />
      </div>
      {form.problem && (
        <p className="problem" role="alert">
          {form.problem.message}
        </p>
      )}
      <footer className="form-foot">
        <button type="submit" className="button primary" disabled={form.saving || (!form.dirty && secret === '')}>
          {t('Save')}
        </button>
        <span role="status" className="soft">
          {form.saving ? t('Saving') : form.saved && !form.dirty ? t('Saved') : form.dirty ? t('Not saved yet') : ''}
        </span>
      </footer>
      {provider && <Registered provider={provider} />}
      {provider && <TryOut disabled={form.dirty || secret !== ''} />}
    </form>
  );
}

interface GroupsProps {
  groups: Values['groups'];
  error: string | null;
  onChange: (groups: Values['groups']) => void;
}

function Groups({ groups, error, onChange }: GroupsProps) {
  const change = (at: number, part: Partial<Values['groups'][number]>): void =>
    onChange(groups.map((one, place) => (place === at ? { ...one, ...part } : one)));
  return (
    <div className="group wide" role="group" aria-label={t('Groups')}>
      <h3>{t('Groups')}</h3>
      <p className="hint">
        {t('Of a person’s groups the first that stands here gives the role. An agent is the one with the same e-mail address.')}{' '}
        {t('The right is bounded to what all the person’s groups with that role are bounded to; it is whole where one of them is.')}
      </p>
      {groups.map(({ group, role, bounds }, at) => (
        <div key={at} className="group" role="group" aria-label={group || t('Group {{place}}', { place: at + 1 })}>
          <div className="row">
            <TextInput label={t('Group {{place}}', { place: at + 1 })} value={group} onChange={(name) => change(at, { group: name })} />
            <Pick
              label={t('Role')}
              options={GROUP_ROLES.map((id) => ({ id, name: roleWord(id) }))}
              value={role}
              onChange={(next) => change(at, { role: next as Role })}
            />
            <button type="button" className="button quiet" onClick={() => onChange(groups.filter((_, place) => place !== at))}>
              {t('Remove {{name}}', { name: group })}
            </button>
          </div>
          {BOUNDED_ROLES.includes(role) && (
            <BoundsPicks role={role} value={bounds} onChange={(part) => change(at, { bounds: { ...bounds, ...part } })} />
          )}
        </div>
      ))}
      {error !== null && <p className="field-error">{error}</p>}
      <button type="button" className="button" onClick={() => onChange([...groups, { group: '', role: 'AGENT', bounds: NO_BOUNDS }])}>
        {t('Add a group')}
      </button>
    </div>
  );
}

function Registered({ provider }: { provider: NonNullable<Settings['provider']> }) {
  return (
    <section className="group" aria-labelledby="registered">
      <h3 id="registered">{t('To be registered with the provider')}</h3>
      <p className="soft">{t('Where it sends people back to:')}</p>
      <code className="secret">{provider.redirectUri}</code>
      <p className="soft">{t('Where it sends people who signed out:')}</p>
      <code className="secret">{provider.signedOutUri}</code>
    </section>
  );
}

function TryOut({ disabled }: { disabled: boolean }) {
  const [attempt, { loading }] = useMutation(TryIdentityProviderDocument);
  const [said, setSaid] = useState<{ ok: boolean; text: string } | null>(null);
  const run = async (): Promise<void> => {
    setSaid(null);
    const { data } = await attempt();
    if (!data) return;
    const { problem, signsOut } = data.tryIdentityProvider;
    setSaid(
      problem !== null
        ? { ok: false, text: problem }
        : {
            ok: true,
            text: signsOut
              ? t('It works: it answers, and knows this client.')
              : t('It works, but signing out here does not sign out there.'),
          },
    );
  };
  return (
    <section className="group" aria-label={t('Try it')}>
      <button
        type="button"
        className="button"
        disabled={disabled || loading}
        onClick={() => void run().catch((error: unknown) => setSaid({ ok: false, text: problemOf(error).message }))}
      >
        {t('Try it')}
      </button>
      {disabled && <p className="hint">{t('Save first: what is saved is tried.')}</p>}
      {said && (
        <p className={said.ok ? 'soft' : 'problem'} role={said.ok ? 'status' : 'alert'}>
          {said.text}
        </p>
      )}
    </section>
  );
}
