/** A person without a mouse: keys alone, and after each of them the focus is somewhere, and seen. */
import type { Locator, Page } from 'playwright-core';
import { until } from '../../plugin/test/support/until.js';

/** More than any page has between two places. */
const MOST_STEPS = 150;

/** What has the focus and how it is seen; `null` for nothing. Runs in the page. */
const FOCUSED = `(() => {
  const active = document.activeElement;
  if (active === null || active === document.body) return null;
  const ringed = (element) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
  };
  const marked = document.getElementById(active.getAttribute('aria-activedescendant') ?? '');
  const around = [marked, active, active.parentElement, active.parentElement?.parentElement, active.nextElementSibling];
  const box = (active.closest('label') ?? active).getBoundingClientRect();
  return {
    what: active.tagName + ' ' + (active.getAttribute('aria-label') ?? active.textContent ?? '').trim().slice(0, 60),
    page: active.matches('main'),
    ringed: around.some((element) => element != null && ringed(element)),
    inView: box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth,
  };
})()`;

interface Found {
  id: string;
  ownerDocument: { activeElement: { getAttribute(name: string): string | null } | null };
}

/** Itself, or marked by the field that has the focus. Runs in the page. */
const hasFocus = (element: Found): boolean => {
  const { activeElement } = element.ownerDocument;
  return (
    (activeElement as unknown) === element || (element.id !== '' && activeElement?.getAttribute('aria-activedescendant') === element.id)
  );
};

interface Focused {
  what: string;
  /** A part of the page as a whole, where a key goes on from; it needs no ring. */
  page: boolean;
  ringed: boolean;
  inView: boolean;
}

export class Keys {
  constructor(private readonly page: Page) {}

  private focused = (): Promise<Focused | null> => this.page.evaluate<Focused | null>(FOCUSED);

  /** Presses, and waits until the focus is somewhere and seen. */
  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      await this.page.keyboard.press(key);
      let last: Focused | null = null;
      await until(`the focus to be seen after ${key}`, async () => {
        last = await this.focused();
        return last !== null && (last.page || (last.ringed && last.inView));
      }).catch((error: unknown) => {
        throw new Error(`After ${key} the focus was ${JSON.stringify(last)}.`, { cause: error });
      });
    }
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  async has(place: Locator): Promise<boolean> {
    for (const one of await place.all()) if (await one.evaluate(hasFocus as (element: unknown) => boolean).catch(() => false)) return true;
    return false;
  }

  /** Waits until the focus has come to the place by itself. */
  async awaitAt(name: string, place: Locator): Promise<void> {
    await until(name, () => this.has(place)).catch(async (error: unknown) => {
      throw new Error(`The focus did not come to ${name}: it is ${JSON.stringify(await this.focused())}.`, { cause: error });
    });
  }

  /** Goes on with a key until the place has the focus. */
  async goTo(place: Locator, key = 'Tab'): Promise<void> {
    await place.first().waitFor({ state: 'attached' });
    const passed: string[] = [];
    for (let step = 0; step < MOST_STEPS; step += 1) {
      if (await this.has(place)) return;
      await this.press(key);
      passed.push((await this.focused())?.what ?? 'nothing');
    }
    throw new Error(`${key} does not lead to ${String(place)}, but past ${passed.join(' | ')}`);
  }
}
