/** A control that code is written in, with what comes next offered and what is wrong said below. */
import { useEffect, useId, useRef, useState } from 'react';
import type { Hints } from '../condition-hints';
import { t } from '../language';
import type { Editor, Problem } from './code-editor';
import type { ControlProps } from './controls';
import '../styles/rules.css';

interface CodeProps extends ControlProps<string> {
  language: 'condition' | 'template';
  single?: boolean;
  placeholder?: string;
  hints: (before: string) => Hints | null;
  check?: (text: string) => Promise<Problem | null>;
}

export function Code({ label, value, onChange, error, hint, required, disabled, language, single, placeholder, hints, check }: CodeProps) {
  const id = useId();
  const parent = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor | null>(null);
  const [found, setFound] = useState<Problem | null>(null);
  const [failed, setFailed] = useState(false);
  const wrong = found !== null || error != null;
  const attributes = {
    'aria-labelledby': `${id}-label`,
    'aria-describedby': `${id}-notes`,
    ...(wrong && { 'aria-invalid': 'true' }),
    ...(disabled && { 'aria-readonly': 'true' }),
  };
  const now = useRef({ value, onChange, hints, check, attributes, disabled });
  useEffect(() => {
    now.current = { value, onChange, hints, check, attributes, disabled };
    editor.current?.setText(value);
  });
  useEffect(() => {
    let gone = false;
    void import('./code-editor').then(
      ({ openEditor }) => {
        if (gone || !parent.current) return;
        editor.current = openEditor({
          parent: parent.current,
          text: now.current.value,
          language,
          single: single ?? false,
          readOnly: now.current.disabled ?? false,
          attributes: now.current.attributes,
          placeholder: placeholder ?? '',
          onChange: (text) => now.current.value !== text && now.current.onChange(text),
          hints: (before) => now.current.hints(before),
          ...(now.current.check && {
            check: async (text) => {
              const problem = (await now.current.check?.(text)) ?? null;
              setFound(problem);
              return problem;
            },
          }),
        });
      },
      () => setFailed(true),
    );
    return () => {
      gone = true;
      editor.current?.destroy();
      editor.current = null;
    };
  }, [language, single, placeholder]);
  useEffect(() => editor.current?.setReadOnly(disabled ?? false), [disabled]);
  useEffect(() => editor.current?.setAttributes(now.current.attributes), [wrong, disabled]);
  return (
    <div className="field wide code" data-required={required || undefined} data-invalid={wrong || undefined}>
      <span className="label" id={`${id}-label`}>
        {label}
      </span>
      {failed ? (
        <textarea aria-labelledby={`${id}-label`} value={value} disabled={disabled} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <div className="code-frame" ref={parent} data-single={single || undefined} />
      )}
      <div id={`${id}-notes`}>
        {hint !== undefined && <p className="hint">{hint}</p>}
        {wrong && (
          <p className="field-error" role="status">
            {found ? t('Line {{line}}, column {{column}}: {{message}}', { ...found }) : error}
          </p>
        )}
      </div>
    </div>
  );
}
