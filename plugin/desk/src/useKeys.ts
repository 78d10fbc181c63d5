/** Brings key presses to the desk, those inside it and those that nothing has the focus for. */
import { useEffect, type KeyboardEvent } from 'react';
import { useEdge } from './edge';
import { intentOf, type Intent, type Press, type Situation } from './keys';

/** Returns the handler for the desk's root element. */
export function useKeys(
  situation: Omit<Situation, 'letters'>,
  obey: (intent: Intent) => void,
): (event: KeyboardEvent<HTMLElement>) => void {
  const edge = useEdge();
  /** Whether the press meant something here. */
  const hear = (press: Press): boolean => {
    const intent = intentOf(press, { ...situation, letters: edge.preferences().letters });
    if (intent !== null) obey(intent);
    return intent !== null;
  };
  useEffect(() =>
    edge.onStrayKey((stray) => {
      if (hear({ key: stray.key, modified: stray.modified, typing: false, onControl: false })) stray.preventDefault();
    }),
  );
  return (event) => {
    if (event.defaultPrevented) return;
    const { tagName, type } = event.target as HTMLInputElement;
    const press: Press = {
      key: event.key,
      modified: event.ctrlKey || event.altKey || event.metaKey,
      typing: ['TEXTAREA', 'SELECT'].includes(tagName) || (tagName === 'INPUT' && !['checkbox', 'radio'].includes(type)),
      onControl: ['A', 'BUTTON', 'INPUT', 'SUMMARY'].includes(tagName),
    };
    if (hear(press)) event.preventDefault();
  };
}
