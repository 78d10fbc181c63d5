/** How people sign in: what an administrator wants of it. */
import { useMutation } from '@apollo/client/react';
import { SignInSettingsDocument, UpdateSignInSettingsDocument, type Role, type SignInSettingsQuery } from '../generated/operations';
import { listed, t } from '../language';
import { Pick } from '../parts/controls';
import { FormPage, plainWord } from '../parts/FormPage';
import { TextInput } from '../parts/inputs';
import { Record } from '../parts/Record';
import { useForm } from '../parts/useForm';
import { ProviderSection } from './ProviderSection';
import { PEOPLE_ROLES, roleWord } from '../words';

interface Values {
  secondFactorRoles: Role[];
  address: string;
}

const valuesOf = ({ signInSettings: { secondFactorRoles, address } }: SignInSettingsQuery): Values => ({
  secondFactorRoles,
  address: address ?? '',
});

/** Whether invitations and links for new passwords are mailed, and what is missing for it. */
function mailHint({ mailServer, address }: SignInSettingsQuery['signInSettings']): string {
  if (!mailServer) return t('Links are not mailed: no mail server is set (SMTP_URL). An administrator hands them over.');
  return address === null
    ? t('With an address, invitations and links for new passwords are mailed.')
    : t('Invitations and links for new passwords are mailed, and begin with it.');
}

export default function SignInSettings() {
  return (
    <Record document={SignInSettingsDocument} variables={{}}>
      {(data, reread) => <Settings data={data} reread={reread} />}
    </Record>
  );
}

function Settings({ data, reread }: { data: SignInSettingsQuery; reread: () => Promise<SignInSettingsQuery> }) {
  const [update] = useMutation(UpdateSignInSettingsDocument);
  const form = useForm<Values>({
    name: 'sign-in-settings',
    stored: valuesOf(data),
    fields: ['secondFactorRoles', 'address'],
    reread: async () => valuesOf(await reread()),
    save: async ({ secondFactorRoles, address }) => {
      await update({ variables: { input: { secondFactorRoles, address: address.trim() || null } } });
      await reread();
    },
  });
  const labels = { secondFactorRoles: t('Second factor required of'), address: t('Address of this center') };
  return (
    <FormPage
      back={null}
      title={t('Sign-in')}
      form={form}
      verb={t('Save')}
      labels={labels}
      word={(field, value) => (field === 'secondFactorRoles' ? listed((value as Role[]).map(roleWord)) || t('Nobody') : plainWord(value))}
      more={<ProviderSection settings={data.signInSettings} reread={reread} />}
    >
      <TextInput
        label={labels.address}
        hint={`${t('Where people open these pages, such as {{address}}. The identity provider sends them back there.', {
          address: location.origin,
        })} ${mailHint(data.signInSettings)}`}
        {...form.field('address')}
      />
      <Pick
        several
        label={labels.secondFactorRoles}
        placeholder={t('Nobody')}
        options={PEOPLE_ROLES.map((id) => ({ id, name: roleWord(id) }))}
        hint={t('Who has none yet sets it up at the next sign-in; who is signed in stays so.')}
        value={form.values.secondFactorRoles}
        error={form.field('secondFactorRoles').error}
        onChange={(roles) => form.set({ secondFactorRoles: roles as Role[] })}
      />
    </FormPage>
  );
}
