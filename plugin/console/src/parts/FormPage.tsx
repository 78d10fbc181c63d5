/** A record's page: its name, its form, and whatever else belongs to it. */
import { useEffect, useRef, type ReactNode, type RefObject } from 'react';
import { Link } from 'react-router';
import { isFramed } from '@patchbay/pages/frame';
import { listed, number, t } from '../language';
import { SignInAgain } from './States';
import type { Form } from './useForm';
import '../styles/record.css';
import '../styles/form.css';

interface FormPageProps<V extends object> {
  /** The list that it is in; null for a page that stands in the navigation itself. */
  back: null | { to: string; title: string };
  title: string;
  /** Stands beside the title, such as a tag. */
  aside?: ReactNode;
  form: Form<V>;
  /** The controls. */
  children: ReactNode;
  /** Null: this person may read it and no more. */
  verb: string | null;
  labels: Readonly<Record<keyof V & string, string>>;
  /** A value as it is said in a conflict. */
  word?: (field: keyof V & string, value: unknown) => string;
  /** Of the class `beside`: stands beside the form where there is room, else below it. */
  beside?: ReactNode;
  /** Below the form. */
  more?: ReactNode;
}

export function FormPage<V extends object>({
  back,
  title,
  aside,
  form,
  children,
  verb,
  labels,
  word = (_, value) => plainWord(value),
  beside,
  more,
}: FormPageProps<V>) {
  const shown = useRef<HTMLFormElement>(null);
  useRefusalInView(shown, form.saving, Object.keys(form.errors).length > 0 || form.conflicts.length > 0);
  return (
    <article className="page record-page" aria-label={title} data-beside={beside ? true : undefined}>
      <header className="page-head">
        <div>
          {back && (
            <p className="crumb">
              <Link to={back.to}>{back.title}</Link>
            </p>
          )}
          <h1>{title}</h1>
        </div>
        <span className="spacer" />
        {aside}
      </header>
      <form
        ref={shown}
        className="card form"
        noValidate
        aria-label={title}
        onSubmit={(event) => {
          event.preventDefault();
          form.submit();
        }}
      >
        {form.restored && form.dirty && (
          <p className="notice" role="status">
            <span>{t('These changes were not saved yet. They were kept for you.')}</span>
            <button type="button" className="button small" onClick={form.reset}>
              {t('Discard them')}
            </button>
          </p>
        )}
        {form.conflicts.length > 0 && <Conflicts form={form} labels={labels} word={word} />}
        <fieldset className="fields" disabled={verb === null}>
          {children}
        </fieldset>
        {form.problem && (
          <p className="problem" role="alert">
            <span>{form.problem.message}</span>
            {form.problem.code === 'UNAUTHENTICATED' && !isFramed() && <SignInAgain />}
          </p>
        )}
        {verb === null ? (
          <p className="form-foot soft">{t('You may read this, and not change it.')}</p>
        ) : (
          <footer className="form-foot">
            <button type="submit" className="button primary" disabled={form.saving || form.conflicts.length > 0 || !form.dirty}>
              {verb}
            </button>
            {form.dirty && (
              <button type="button" className="button quiet" onClick={form.reset}>
                {t('Discard changes')}
              </button>
            )}
            <span role="status" className="soft">
              {form.saving ? t('Saving') : form.saved && !form.dirty ? t('Saved') : form.dirty ? t('Not saved yet') : ''}
            </span>
          </footer>
        )}
      </form>
      {beside}
      {more}
    </article>
  );
}

/** Whoever saves at the foot of a long form is led to what was refused above it. */
function useRefusalInView(form: RefObject<HTMLFormElement | null>, saving: boolean, refused: boolean): void {
  const wasSaving = useRef(false);
  useEffect(() => {
    if (wasSaving.current && !saving && refused) {
      const where = form.current?.querySelector<HTMLElement>(
        '.conflicts, [aria-invalid="true"], [data-invalid] button, .field-error:not(:empty)',
      );
      where?.scrollIntoView({ block: 'center' });
      where?.focus({ preventScroll: true });
    }
    wasSaving.current = saving;
  }, [form, saving, refused]);
}

/** A value of an ordinary field, as it is said in a conflict. */
export function plainWord(value: unknown): string {
  if (typeof value === 'boolean') return value ? t('Yes') : t('No');
  if (typeof value === 'number') return number(value);
  if (Array.isArray(value)) return value.length > 0 ? listed(value.map(plainWord)) : t('None');
  return value === null || value === '' ? t('None') : String(value);
}

function Conflicts<V extends object>({ form, labels, word }: Required<Pick<FormPageProps<V>, 'form' | 'labels' | 'word'>>) {
  return (
    <div className="conflicts" role="alert">
      <h2>{t('Somebody else changed this meanwhile')}</h2>
      <p className="soft">{t('Choose which value counts; then save.')}</p>
      <ul>
        {form.conflicts.map(({ field, mine, theirs }) => (
          <li key={field}>
            <strong>{labels[field]}</strong>
            <button type="button" className="button small" onClick={() => form.settle(field, 'mine')}>
              {t('Yours: {{value}}', { value: word(field, mine) })}
            </button>
            <button type="button" className="button small" onClick={() => form.settle(field, 'theirs')}>
              {t('Theirs: {{value}}', { value: word(field, theirs) })}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
