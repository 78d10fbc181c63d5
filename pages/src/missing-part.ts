/**
 * A part of the page that is loaded later did not come: the engine is away, or was updated meanwhile and has it under another
 * name. A browser remembers that for as long as the document lives and does not ask again: only a reload brings the part.
 */

/** A page that came by a reload less than this ago is not loaded once more: it would go on without end. */
const NOT_AGAIN_WITHIN_MS = 300_000;

function cameByReload(): boolean {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return navigation === undefined || navigation.type === 'reload';
}

/** False where a reload would be of no use now: one did not help just before, or the engine does not answer. */
export async function reloadForMissingPart(): Promise<boolean> {
  if (cameByReload() && performance.now() < NOT_AGAIN_WITHIN_MS) return false;
  const answer = await fetch(location.pathname + location.search, { cache: 'no-store' }).catch(() => null);
  if (!answer?.ok) return false;
  location.reload();
  return true;
}
