/** Edits what an agent learns in a conversation: name, language, note. */
import { useApolloClient } from '@apollo/client/react';
import { languageWord } from '@patchbay/pages/formats';
import { useDraft } from './drafts';
import { UpdateCustomerDocument, type CustomerFactsFragment } from './generated/operations';
import { Sheet } from './Sheet';
import { useToast } from './Toasts';
import { useCommand } from './useCommand';
import { t } from './language';

/** What customers here speak; any other code that a customer has stays choosable. */
const LANGUAGES = ['cs', 'sk', 'pl', 'en', 'de', 'uk', 'ru', 'hu', 'es', 'fr', 'it', 'vi', 'zh'];

export function CustomerEdit({ customer, done }: { customer: CustomerFactsFragment; done: () => void }) {
  const [name, setName] = useDraft(`customer-name:${customer.id}`, customer.name);
  const [language, setLanguage] = useDraft(`customer-language:${customer.id}`, customer.language ?? '');
  const [note, setNote] = useDraft(`customer-note:${customer.id}`, customer.note ?? '');
  const client = useApolloClient();
  const command = useCommand(UpdateCustomerDocument);
  const toast = useToast();

  const forget = (): void => {
    setName(customer.name);
    setLanguage(customer.language ?? '');
    setNote(customer.note ?? '');
  };
  const codes = LANGUAGES.includes(language) || language === '' ? LANGUAGES : [language, ...LANGUAGES];
  return (
    <Sheet
      title={t('Edit the customer')}
      verb={t('Save')}
      ready={name.trim() !== ''}
      busy={command.busy}
      problem={command.problem}
      cancel={() => {
        forget();
        done();
      }}
      submit={async () => {
        const before = { id: customer.id, name: customer.name, language: customer.language, note: customer.note };
        const after = {
          id: customer.id,
          name: name.trim(),
          language: language === '' ? null : language,
          note: note.trim() === '' ? null : note.trim(),
        };
        if (!(await command.run({ input: after }))) return;
        forget();
        done();
        toast({
          text: t('{{name}} is saved.', { name: after.name }),
          undo: { label: t('Undo'), run: () => client.mutate({ mutation: UpdateCustomerDocument, variables: { input: before } }) },
        });
      }}
    >
      <label className="field">
        <span>{t('Name')}</span>
        <input autoFocus maxLength={200} value={name} onChange={(event) => setName(event.target.value)} />
      </label>
      <label className="field">
        <span>{t('Language')}</span>
        <select value={language} onChange={(event) => setLanguage(event.target.value)}>
          <option value="">{t('Not known')}</option>
          {codes.map((code) => (
            <option key={code} value={code}>
              {languageWord(code)}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>{t('Worth knowing before the first word')}</span>
        <textarea rows={3} maxLength={50_000} value={note} onChange={(event) => setNote(event.target.value)} />
      </label>
    </Sheet>
  );
}
