/** The engine for each kind of work: every engine works it out from the same rows, and so all come to the same answer. */

export interface Sharer {
  id: string;
  /** Names of the leases that it can work under. */
  work: readonly string[];
}

/**
 * Each lease stays with its holder while that one lives. Free ones go to the engine that has fewest, and one moves only where its
 * holder has at least two more than another engine that can work under it.
 *
 * @param engines those that live
 * @param holders by the lease's name, also of engines that live no more
 * @param settled leases that never move from a holder that lives, since the move would cost more than it brings
 * @returns the engine that should hold each lease, by the lease's name
 */
export function shares(
  engines: readonly Sharer[],
  holders: ReadonlyMap<string, string | null>,
  settled: ReadonlySet<string> = new Set(),
): Map<string, string> {
  const able = new Map(engines.map(({ id, work }) => [id, new Set(work)]));
  const load = new Map(engines.map(({ id }) => [id, 0]));
  const loadOf = (id: string): number => load.get(id) ?? 0;
  const ids = [...able.keys()].sort();
  const names = [...new Set(engines.flatMap(({ work }) => work))].sort();
  const shared = new Map<string, string>();
  const give = (name: string, to: string): void => {
    const from = shared.get(name);
    if (from !== undefined) load.set(from, loadOf(from) - 1);
    shared.set(name, to);
    load.set(to, loadOf(to) + 1);
  };
  /** The ids are in order, so that among equals all engines choose the same one. */
  const idlest = (name: string): string =>
    ids.filter((id) => able.get(id)?.has(name)).reduce((least, id) => (loadOf(id) < loadOf(least) ? id : least));

  for (const name of names) {
    const holder = holders.get(name);
    if (holder && able.get(holder)?.has(name)) give(name, holder);
  }
  for (const name of names) if (!shared.has(name)) give(name, idlest(name));
  const movable = names.filter((name) => !settled.has(name));
  const excess = (name: string): number => loadOf(shared.get(name)!) - loadOf(idlest(name));
  for (;;) {
    const [first, ...others] = movable;
    if (first === undefined) return shared;
    const most = others.reduce((best, name) => (excess(name) > excess(best) ? name : best), first);
    if (excess(most) < 2) return shared;
    give(most, idlest(most));
  }
}
