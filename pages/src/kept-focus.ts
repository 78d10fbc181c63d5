/**
 * Keeps the keyboard's focus on the page. A browser gives it to nothing where the element that has it is taken away or switched off;
 * here the nearest part of the page gets it then, and gives it back to an element that is only switched off for a while.
 */

/** Parts of a page that a reader knows by a name. */
const PLACES = 'form, section, article, main, [role=dialog], [role=group]';

const isUsable = (element: HTMLElement): boolean =>
  element.isConnected && !element.matches(':disabled') && element.getClientRects().length > 0 && element.closest('[inert]') === null;

export function keepFocus(): void {
  /** Had the focus last by somebody's will, with all that it stood in, innermost first. */
  let had: HTMLElement | null = null;
  let around: HTMLElement[] = [];
  /** It could not keep the focus. */
  let isLost = false;
  /** Has it in that one's stead. */
  let instead: HTMLElement | null = null;
  let isAsked = false;

  const follow = (target: unknown): void => {
    if (!(target instanceof HTMLElement) || target === document.body || target === instead) return;
    had = target;
    around = [];
    for (let outer = target.parentElement; outer !== null; outer = outer.parentElement) around.push(outer);
    isLost = false;
    instead = null;
  };
  follow(document.activeElement);
  document.addEventListener('focusin', ({ target }) => follow(target));
  // Who points at nothing wants the focus nowhere.
  document.addEventListener('pointerdown', () => {
    had = null;
  });

  const look = (): void => {
    isAsked = false;
    // In a frame, the page around it may have the focus.
    if (had === null || !document.hasFocus()) return;
    const active = document.activeElement ?? document.body;
    if (active !== document.body && active !== instead) return;
    if (isUsable(had)) {
      had.focus({ preventScroll: true });
    } else if (active === document.body) {
      // Around a dialog that led to another page nothing is left.
      const place = around.find((outer) => outer.matches(PLACES) && isUsable(outer)) ?? document.querySelector('main');
      if (!place) return;
      instead = place;
      if (!place.hasAttribute('tabindex')) place.tabIndex = -1;
      place.dataset.keptFocus = '';
      place.focus({ preventScroll: true });
    }
  };
  new MutationObserver(() => {
    if (had === null) return;
    isLost ||= !isUsable(had);
    if (!isLost || isAsked) return;
    isAsked = true;
    // A dialog that closes gives the focus back by itself, a frame later.
    requestAnimationFrame(() => requestAnimationFrame(look));
  }).observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled', 'hidden', 'inert'] });
}
