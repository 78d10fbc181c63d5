/** Fields that belong together, over the whole width of a form. */
import type { ReactNode } from 'react';
import '../styles/form.css';

interface GroupProps {
  legend: string;
  hint?: string;
  /** Null where nothing is wrong with them. */
  error: string | null;
  children: ReactNode;
}

export function Group({ legend, hint, error, children }: GroupProps) {
  return (
    <fieldset className="group wide">
      <legend>{legend}</legend>
      {hint !== undefined && <p className="hint">{hint}</p>}
      {children}
      {error !== null && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}
