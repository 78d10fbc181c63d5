/** The editor of conditions and templates: CodeMirror, set up once. Loaded only by the pages that have one. */
import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  currentCompletions,
  startCompletion,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, HighlightStyle, StreamLanguage, syntaxHighlighting, type StreamParser } from '@codemirror/language';
import { forceLinting, linter, lintGutter, type Diagnostic } from '@codemirror/lint';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, keymap, placeholder } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { Hints } from '../condition-hints';

export interface Problem {
  message: string;
  line: number;
  column: number;
  start: number;
  end: number;
}

export interface EditorOptions {
  parent: HTMLElement;
  text: string;
  language: 'condition' | 'template';
  /** One line: Enter does nothing. */
  single: boolean;
  readOnly: boolean;
  attributes: Readonly<Record<string, string>>;
  placeholder: string;
  onChange: (text: string) => void;
  hints: (before: string) => Hints | null;
  /** Asked once the typing rests; what it finds is shown at its place. */
  check?: (text: string) => Promise<Problem | null>;
}

export interface Editor {
  /** Takes another text in, unless it is the one that stands there. */
  setText: (text: string) => void;
  setReadOnly: (readOnly: boolean) => void;
  setAttributes: (attributes: Readonly<Record<string, string>>) => void;
  destroy: () => void;
}

const RESTS_MS = 300;

const condition: StreamParser<unknown> = {
  name: 'cel',
  languageData: { closeBrackets: { brackets: ['(', '[', '{', '"', "'"] }, commentTokens: { line: '//' } },
  token: (stream) => {
    if (stream.eatSpace()) return null;
    if (stream.match(/^\/\/.*/)) return 'comment';
    if (stream.match(/^[rRbB]{0,2}(?:"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?)/)) return 'string';
    if (stream.match(/^\d[\w.]*/)) return 'number';
    if (stream.match(/^(?:true|false|null|in)\b/)) return 'keyword';
    if (stream.match(/^[A-Za-z_]\w*(?=\s*\()/)) return 'keyword';
    if (stream.match(/^[A-Za-z_]\w*/)) return 'variableName';
    if (stream.match(/^(?:[=!<>]=|&&|\|\||[<>!+\-*/%?:])/)) return 'operator';
    stream.next();
    return null;
  },
};

const template: StreamParser<{ gap: boolean }> = {
  name: 'liquid',
  startState: () => ({ gap: false }),
  languageData: { closeBrackets: { brackets: ['{', '"'] } },
  token: (stream, state) => {
    if (stream.match(/^\{[{%]/)) state.gap = true;
    else if (stream.match(/^[}%]\}/)) {
      state.gap = false;
      return 'operator';
    } else if (!state.gap) {
      stream.next();
      stream.eatWhile(/[^{]/);
      return null;
    } else if (stream.match(/^[A-Za-z_][\w.]*/)) return 'variableName';
    else if (stream.match(/^"[^"]*"?/)) return 'string';
    else {
      stream.next();
      return null;
    }
    return 'operator';
  },
};

const looks = HighlightStyle.define([
  { tag: tags.variableName, color: 'var(--accent)' },
  { tag: tags.string, color: 'var(--good)' },
  { tag: tags.number, color: 'var(--warn)' },
  { tag: tags.keyword, color: 'var(--vip)', fontWeight: '600' },
  { tag: tags.operator, color: 'var(--soft)' },
  { tag: tags.comment, color: 'var(--faint)', fontStyle: 'italic' },
]);

export function openEditor({ parent, text, language, single, onChange, hints, check, ...shown }: EditorOptions): Editor {
  const readOnly = new Compartment();
  const attributes = new Compartment();
  const lockedOf = (locked: boolean): Extension => [EditorState.readOnly.of(locked), EditorView.editable.of(!locked)];
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        // As one line, Enter sends nothing and breaks nothing; Tab goes on to the next control unless a name is being chosen.
        keymap.of([{ key: 'Tab', run: acceptCompletion }, ...(single ? [{ key: 'Enter', run: () => true }] : [])]),
        keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap]),
        history(),
        drawSelection(),
        EditorView.lineWrapping,
        bracketMatching(),
        closeBrackets(),
        syntaxHighlighting(looks),
        StreamLanguage.define<unknown>(language === 'condition' ? condition : (template as StreamParser<unknown>)),
        placeholder(shown.placeholder),
        autocompletion({
          // Whoever is quick with Tab takes the name over, and does not leave the editor.
          interactionDelay: 0,
          icons: false,
          override: [
            ({ state, pos, explicit }) => {
              const found = hints(state.sliceDoc(0, pos));
              if (!found || (found.from === pos && !explicit && !found.hints.some(({ kind }) => kind !== 'function'))) return null;
              return {
                from: found.from,
                validFor: /^[\w.]*$/,
                options: found.hints.map(({ label, kind, detail, description, apply }) => ({
                  label,
                  type: kind,
                  ...(detail !== undefined && { detail }),
                  ...(description !== undefined && { info: description }),
                  ...(kind === 'function' ? { apply: placed(label) } : apply !== undefined && { apply }),
                })),
              };
            },
          ],
        }),
        ...(single ? [EditorView.clipboardInputFilter.of((pasted) => pasted.replaceAll(/\s*\n\s*/g, ' '))] : []),
        ...(check
          ? [
              lintGutter(),
              linter(
                async (from): Promise<Diagnostic[]> => {
                  const source = from.state.doc.toString();
                  const found = await check(source);
                  if (!found) return [];
                  const start = Math.min(found.start, source.length);
                  return [
                    { from: start, to: Math.max(start, Math.min(found.end, source.length)), severity: 'error', message: found.message },
                  ];
                },
                { delay: RESTS_MS },
              ),
            ]
          : []),
        readOnly.of(lockedOf(shown.readOnly)),
        attributes.of(EditorView.contentAttributes.of(shown.attributes)),
        EditorView.updateListener.of(({ docChanged, state, transactions, view: own }) => {
          if (!docChanged) return;
          onChange(state.doc.toString());
          // A value is offered as soon as its place is reached, before the first letter of it. What is offered already stays: asked for
          // anew it could not be taken for a moment, and Tab would leave the editor.
          const offersNone = currentCompletions(state).length === 0;
          if (offersNone && transactions.some((one) => one.isUserEvent('input')) && hints(state.sliceDoc(0, state.selection.main.head)))
            startCompletion(own);
        }),
      ],
    }),
  });
  if (check) forceLinting(view);
  return {
    setText: (next) => {
      if (next !== view.state.doc.toString()) view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next } });
    },
    setReadOnly: (locked) => view.dispatch({ effects: readOnly.reconfigure(lockedOf(locked)) }),
    setAttributes: (next) => view.dispatch({ effects: attributes.reconfigure(EditorView.contentAttributes.of(next)) }),
    destroy: () => view.destroy(),
  };
}

/** Writes a call with the cursor where its first argument goes. */
const placed =
  (call: string) =>
  (view: EditorView, _completion: unknown, from: number, to: number): void => {
    const inside = /[("]+(?=["]?\)$)/.exec(call);
    const at =
      call.endsWith('()') && !/^(?:has|size)\(\)$/.test(call) ? call.length : inside ? inside.index + inside[0].length : call.length;
    view.dispatch({ changes: { from, to, insert: call }, selection: { anchor: from + at }, userEvent: 'input.complete' });
  };
