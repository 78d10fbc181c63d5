/** Rows that are put into another order, by dragging or from the keyboard. */
import type { ReactNode } from 'react';
import { useDragAndDrop, type DragAndDropHooks } from 'react-aria-components/useDragAndDrop';

interface SortableProps {
  /** What a row is called, for whoever does not see it move. */
  nameOf: (id: string) => string;
  onMove: (ids: string[], target: string, place: 'before' | 'after') => void;
  children: (order: DragAndDropHooks) => ReactNode;
}

export function Sortable({ nameOf, onMove, children }: SortableProps) {
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) => [...keys].map((id) => ({ 'text/plain': nameOf(String(id)) })),
    onReorder: ({ keys, target }) =>
      onMove([...keys].map(String), String(target.key), target.dropPosition === 'after' ? 'after' : 'before'),
  });
  return children(dragAndDropHooks);
}
