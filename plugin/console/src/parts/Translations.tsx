/** What a record is called in other languages, in its form: a line for each that the pages speak, and for each that it has beside them. */
import { languageName, listed, offered, t } from '../language';
import type { ControlProps } from './controls';
import { Group } from './Group';
import { TextInput } from './inputs';

/** Never an empty name; in the order of the languages, as the API has them. */
export type TranslationsValue = { language: string; name: string }[];

export const translationsValue = (of: { translations: readonly TranslationsValue[number][] }): TranslationsValue =>
  of.translations.map(({ language, name }) => ({ language, name }));

export const translationsWord = (value: TranslationsValue): string =>
  value.length === 0
    ? t('None')
    : listed(value.map(({ language, name }) => t('{{field}}: {{value}}', { field: languageName(language), value: name })));

/** @param errors by place, as the form has them */
export function Translations({
  label,
  value,
  onChange,
  errors,
  error,
}: ControlProps<TranslationsValue> & { errors: Readonly<Record<string, string>> }) {
  const languages = [...new Set([...offered().map(([language]) => language), ...value.map(({ language }) => language)])];
  const errorOf = (language: string): string | null =>
    errors[`translations[${value.findIndex((one) => one.language === language)}].name`] ?? null;
  const set = (language: string, name: string): void => {
    const others = value.filter((one) => one.language !== language);
    onChange(name.trim() === '' ? others : [...others, { language, name }].sort((a, b) => (a.language < b.language ? -1 : 1)));
  };
  return (
    <Group
      legend={label}
      hint={t('Shown in place of the name to whoever reads the pages in that language. Where it is empty, the name is shown.')}
      error={languages.some((language) => errorOf(language) !== null) ? null : (error ?? null)}
    >
      <div className="fields">
        {languages.map((language) => (
          <TextInput
            key={language}
            label={languageName(language)}
            value={value.find((one) => one.language === language)?.name ?? ''}
            error={errorOf(language)}
            onChange={(name) => set(language, name)}
          />
        ))}
      </div>
    </Group>
  );
}
