/** A list to choose one from by typing and arrow keys: queues, colleagues, dispositions, customers. */
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { useEdge } from './edge';
import { neighbour } from './work';

export interface Option {
  id: string;
  label: ReactNode;
  /** Beside the label, in a soft colour. */
  hint?: ReactNode;
}

interface PickProps {
  /** Unique on the page; the input's id. */
  name: string;
  label: string;
  placeholder: string;
  options: readonly Option[];
  chosen: string | null;
  choose: (id: string) => void;
  typed: string;
  setTyped: (typed: string) => void;
  /** Said where nothing matches, or while options load. */
  empty: string;
  /** False where it stands there by itself: the focus stays where it is. */
  takesFocus?: boolean;
}

export function Pick({ name, label, placeholder, options, chosen, choose, typed, setTyped, empty, takesFocus = true }: PickProps) {
  const [active, setActive] = useState<string | null>(null);
  const edge = useEdge();
  const ids = options.map((option) => option.id);
  const here = active !== null && ids.includes(active) ? active : (chosen ?? ids[0] ?? null);
  const move = (step: number): void => {
    const to = neighbour(ids, here, step);
    setActive(to);
    if (to !== null) edge.reveal(`${name}-${to}`);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && here !== null) choose(here);
    else return;
    event.preventDefault();
  };
  return (
    <div className="pick">
      <input
        id={name}
        role="combobox"
        aria-label={label}
        aria-expanded="true"
        aria-controls={`${name}-list`}
        aria-activedescendant={here === null ? undefined : `${name}-${here}`}
        autoComplete="off"
        autoFocus={takesFocus}
        placeholder={placeholder}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setActive(null);
        }}
        onKeyDown={onKeyDown}
      />
      <ul role="listbox" id={`${name}-list`} aria-label={label}>
        {options.map((option) => (
          <li
            key={option.id}
            id={`${name}-${option.id}`}
            role="option"
            aria-selected={option.id === chosen}
            data-active={option.id === here}
            onClick={() => choose(option.id)}
          >
            <span className="clip">{option.label}</span>
            {option.hint !== undefined && <span className="faint clip">{option.hint}</span>}
          </li>
        ))}
        {options.length === 0 && <li className="pick-empty">{empty}</li>}
      </ul>
    </div>
  );
}
