/**
 * Records that settings of actions refer to, by name where people write and by id where it is kept: the one place that
 * turns names into ids and back, for rules, ladders, their summaries and their export. Later domains register theirs.
 */
import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../platform/database.js';
import { invalid } from '../platform/errors.js';
import type { Names } from './rule-action.js';
import { nearest } from './condition-words.js';
import { referencesIn, walk, type JsonSchema } from './settings-walk.js';

export interface ReferenceRow {
  id: string;
  name: string;
  /** Unique text that means this record where its name may not, such as an e-mail address; the name without it. */
  key?: string;
}

export interface ReferenceKind {
  /** As a message says it, such as `queue`. */
  noun: string;
  /** These records, or all; as `tx` sees them. */
  rows(ids: string[] | null, tx: Tx): Promise<ReferenceRow[]>;
}

/** Settings with the schema that says where references stand in them. */
export interface Referring {
  schema: JsonSchema;
  settings: unknown;
}

/** Two of a short name's letters that changed places are more slips than `nearest` allows. */
const letters = (name: string): string => [...name.toLowerCase()].sort().join('');
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

@Injectable()
export class ReferencesService {
  private readonly kinds = new Map<string, ReferenceKind>();

  constructor(private readonly database: Database) {
    const select = { id: true, name: true };
    const where = (ids: string[] | null) => (ids ? { id: { in: ids } } : {});
    this.register('queue', { noun: 'queue', rows: (ids, tx) => tx.queue.findMany({ where: where(ids), select }) });
    this.register('skill', { noun: 'skill', rows: (ids, tx) => tx.skill.findMany({ where: where(ids), select }) });
    this.register('slaPolicy', { noun: 'SLA policy', rows: (ids, tx) => tx.slaPolicy.findMany({ where: where(ids), select }) });
    this.register('calendar', {
      noun: 'business calendar',
      rows: (ids, tx) => tx.businessCalendar.findMany({ where: where(ids), select }),
    });
    this.register('disposition', { noun: 'disposition', rows: (ids, tx) => tx.disposition.findMany({ where: where(ids), select }) });
    this.register('agent', {
      noun: 'agent',
      rows: async (ids, tx) => {
        const agents = await tx.agent.findMany({ where: where(ids), select: { ...select, email: true } });
        return agents.map(({ email, ...agent }) => ({ ...agent, key: email }));
      },
    });
  }

  /** Makes a kind of records known under the name that `reference` in a schema gives it. */
  register(kind: string, of: ReferenceKind): void {
    this.kinds.set(kind, of);
  }

  /**
   * Settings with each name replaced by its record's id.
   *
   * @param field where the settings stand, such as `actions[0].settings`
   * @param tx an open command's, whose own records have names too
   * @throws PatchbayError INVALID naming the place and the nearest name there is
   */
  async toIds({ schema, settings }: Referring, field: string, tx?: Tx): Promise<unknown> {
    const rows = await this.rows(
      referencesIn(schema, settings).map(({ kind }) => [kind, null]),
      tx,
    );
    return walk(schema, settings, ({ path, kind, value }) => this.idOf(kind, value, rows.get(kind) ?? [], `${field}.${path}`));
  }

  /** Settings with each id replaced by a text that `toIds` turns into it again; what is gone keeps its id. */
  async toNames(all: Referring[], tx?: Tx): Promise<unknown[]> {
    const rows = await this.rowsOf(all, tx);
    return all.map(({ schema, settings }) =>
      walk(schema, settings, ({ kind, value }) => {
        const row = rows.get(kind)?.find(({ id }) => id === value);
        return row ? (row.key ?? row.name) : value;
      }),
    );
  }

  /** All records of a kind, by name. @throws PatchbayError INVALID */
  async all(kind: string, most: number): Promise<ReferenceRow[]> {
    const known = this.kinds.get(kind);
    if (!known) throw invalid('kind', `There is no kind ${kind}; there are ${[...this.kinds.keys()].join(', ')}.`);
    const rows = await known.rows(null, this.database.prisma);
    return rows.sort((a, b) => a.name.localeCompare(b.name, 'en')).slice(0, most);
  }

  /** The names of all records that these settings refer to. */
  async names(all: Referring[]): Promise<Names> {
    const names = new Map<string, string>();
    for (const [kind, rows] of await this.rowsOf(all)) for (const { id, name } of rows) names.set(`${kind} ${id}`, name);
    return { of: (kind, id) => names.get(`${kind} ${id}`) ?? id };
  }

  private rowsOf(all: Referring[], tx?: Tx): Promise<Map<string, ReferenceRow[]>> {
    const ids = new Map<string, Set<string>>();
    for (const { schema, settings } of all) {
      for (const { kind, value } of referencesIn(schema, settings)) ids.set(kind, (ids.get(kind) ?? new Set()).add(value));
    }
    return this.rows(
      [...ids].map(([kind, values]) => [kind, [...values].filter((id) => UUID.test(id))]),
      tx,
    );
  }

  private async rows(wanted: [kind: string, ids: string[] | null][], tx: Tx = this.database.prisma): Promise<Map<string, ReferenceRow[]>> {
    const kinds = [...new Map(wanted)];
    return new Map(await Promise.all(kinds.map(async ([kind, ids]) => [kind, await this.kind(kind).rows(ids, tx)] as const)));
  }

  private idOf(kind: string, value: string, rows: ReferenceRow[], field: string): string {
    const { noun } = this.kind(kind);
    const same = (text: string | undefined): boolean => text?.toLowerCase() === value.toLowerCase();
    for (const matches of [
      ({ id }: ReferenceRow) => same(id),
      ({ name, key }: ReferenceRow) => name === value || key === value,
      ({ name, key }: ReferenceRow) => same(name) || same(key),
    ]) {
      const found = rows.filter(matches);
      if (found.length === 1) return found[0]!.id;
      if (found.length > 1) {
        const keys = found.map(({ id, key }) => key ?? id).join(', ');
        throw invalid(field, `There are ${found.length} records "${value}" of the kind ${noun}; say which: ${keys}.`);
      }
    }
    const names = rows.map(({ name }) => name);
    const near = nearest(value, names) ?? names.find((name) => letters(name) === letters(value));
    throw invalid(field, `There is no ${noun} "${value}"${near ? `; did you mean "${near}"?` : '.'}`);
  }

  private kind(kind: string): ReferenceKind {
    const known = this.kinds.get(kind);
    if (!known) throw new Error(`Nobody registered the references ${kind}.`);
    return known;
  }
}
