/** Batches the lookups of one request: a page of a hundred interactions asks for its queues once. */
import DataLoader from 'dataloader';

export class Loaders {
  private readonly loaders = new Map<string, DataLoader<string, unknown>>();

  /** @param cache false for a subscription, whose context outlives many executions */
  constructor(private readonly cache = true) {}

  /** The row of `kind` with this id; `find` gets all ids of one tick at once. Null ids give null. */
  one<T extends { id: string }>(kind: string, id: string | null | undefined, find: (ids: string[]) => Promise<T[]>): Promise<T | null> {
    if (!id) return Promise.resolve(null);
    return this.loader<T | null>(kind, async (ids) => {
      const rows = new Map((await find(ids)).map((row) => [row.id, row]));
      return ids.map((key) => rows.get(key) ?? null);
    }).load(id);
  }

  /** The rows whose `owner` is this id, in the order found. */
  many<T>(kind: string, id: string, find: (ids: string[]) => Promise<T[]>, owner: (row: T) => string): Promise<T[]> {
    return this.loader<T[]>(kind, async (ids) => {
      const rows = new Map<string, T[]>(ids.map((key) => [key, []]));
      for (const row of await find(ids)) rows.get(owner(row))?.push(row);
      return ids.map((key) => rows.get(key) ?? []);
    }).load(id);
  }

  private loader<T>(kind: string, batch: (ids: string[]) => Promise<T[]>): DataLoader<string, T> {
    let loader = this.loaders.get(kind) as DataLoader<string, T> | undefined;
    if (!loader) {
      loader = new DataLoader<string, T>((ids) => batch([...ids]), { maxBatchSize: 500, cache: this.cache });
      this.loaders.set(kind, loader as DataLoader<string, unknown>);
    }
    return loader;
  }
}
