/**
 * The form, once for every kind of record. What is typed is kept in this tab over navigation and reload; what somebody else
 * changed meanwhile is taken in, and shown where both changed the same; a refusal stands at the field that it names.
 */
import { useEffect, useRef, useState } from 'react';
import { keptInTab, type Kept } from '@patchbay/pages/browser-storage';
import { fieldOf, problemOf, type Problem } from '../problem';
import { changed, merge, rebase, same, type Draft } from '../three-way';

export interface Conflict<V> {
  field: keyof V & string;
  mine: unknown;
  theirs: unknown;
}

export interface Form<V extends object> {
  values: V;
  set: (change: Partial<V>) => void;
  /** For a control: its value, its change and its error. */
  field: <F extends keyof V & string>(name: F) => { value: V[F]; onChange: (value: V[F]) => void; error: string | null };
  dirty: boolean;
  /** What was typed before stands in it again. */
  restored: boolean;
  saving: boolean;
  saved: boolean;
  /** Refusals by the place in the input that each names, such as actions[0].settings.queue. */
  errors: Readonly<Record<string, string>>;
  /** What no field shows. */
  problem: Problem | null;
  conflicts: Conflict<V>[];
  settle: (field: keyof V & string, whose: 'mine' | 'theirs') => void;
  submit: () => void;
  reset: () => void;
}

interface FormOptions<V extends object> {
  /** Names what is kept, such as queue.7f8a…, or queue.new. */
  name: string;
  /** As the record says it now; a later value is taken in. */
  stored: V;
  /** Asks for the record as it is at this moment; left out for a new one. */
  reread?: () => Promise<V>;
  save: (values: V, change: Partial<V>) => Promise<unknown>;
  /** The fields that have a control of their own. */
  fields: readonly (keyof V & string)[];
}

function kept<V extends object>(store: Kept): Draft<V> | null {
  try {
    const draft = JSON.parse(store.read() ?? 'null') as Draft<V> | null;
    return draft?.base && draft.values ? draft : null;
  } catch {
    return null;
  }
}

export function useForm<V extends object>({ name, stored, reread, save, fields }: FormOptions<V>): Form<V> {
  const [store] = useState(() => keptInTab(`patchbay.console.form.${name}`));
  const [restored, setRestored] = useState(() => kept<V>(store) !== null);
  const [{ base, values }, setDraft] = useState<Draft<V>>(() => {
    const before = kept<V>(store);
    return before ? rebase(before, stored) : { base: stored, values: stored };
  });
  const [theirs, setTheirs] = useState(stored);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<Problem | null>(null);
  const [saving, setSaving] = useState(false);
  const [saved, setSaved] = useState(false);
  const dirty = !same(base, values);

  useEffect(() => {
    if (dirty) store.write(JSON.stringify({ base, values }));
    else store.forget();
  }, [store, dirty, base, values]);

  const seen = useRef(JSON.stringify(stored));
  useEffect(() => {
    const now = JSON.stringify(stored);
    if (seen.current === now) return;
    seen.current = now;
    setTheirs(stored);
    setDraft((draft) => {
      const next = rebase(draft, stored);
      return same(next, draft) ? draft : next;
    });
  }, [stored]);

  const conflicts = merge(base, values, theirs).conflicts.map((field) => ({
    field: field as keyof V & string,
    mine: values[field],
    theirs: theirs[field],
  }));

  const set = (change: Partial<V>): void => {
    setSaved(false);
    setErrors((before) => Object.fromEntries(Object.entries(before).filter(([field]) => !(rootOf(field) in change))));
    setDraft((draft) => ({ ...draft, values: { ...draft.values, ...change } }));
  };

  const submit = async (): Promise<void> => {
    setSaving(true);
    setSaved(false);
    setProblem(null);
    setErrors({});
    try {
      const now = reread ? await reread() : base;
      const draft = rebase({ base, values }, now);
      setTheirs(now);
      setDraft(draft);
      if (merge(draft.base, draft.values, now).conflicts.length > 0) return;
      const change = reread ? changed(now, draft.values) : draft.values;
      if (Object.keys(change).length > 0) await save(draft.values, change);
      store.forget();
      setTheirs(draft.values);
      setDraft({ base: draft.values, values: draft.values });
      setRestored(false);
      setSaved(true);
    } catch (error) {
      const refusal = problemOf(error);
      const field = fieldOf(refusal);
      if (field !== null && fields.some((name) => name === rootOf(field))) setErrors({ [field]: refusal.message });
      else setProblem(refusal);
    } finally {
      setSaving(false);
    }
  };

  return {
    values,
    set,
    field: (name) => ({
      value: values[name],
      onChange: (value) => set({ [name]: value } as unknown as Partial<V>),
      error: Object.entries(errors).find(([field]) => rootOf(field) === name)?.[1] ?? null,
    }),
    dirty,
    restored,
    saving,
    saved,
    errors,
    problem,
    conflicts,
    settle: (field, whose) =>
      setDraft((draft) => ({
        base: { ...draft.base, [field]: theirs[field] },
        values: whose === 'theirs' ? { ...draft.values, [field]: theirs[field] } : draft.values,
      })),
    submit: () => void submit(),
    reset: () => {
      setErrors({});
      setProblem(null);
      setRestored(false);
      setDraft({ base: theirs, values: theirs });
    },
  };
}

/** overflow of overflow.afterSeconds, actions of actions[0].type. */
const rootOf = (field: string): string => field.split(/[.[]/)[0] ?? field;
