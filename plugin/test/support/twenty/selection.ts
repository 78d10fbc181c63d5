/** What of a record an answer shows. Twenty 2.21 does not check it against a schema: what is unknown is null, what is nested keeps its own name. */
import {
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { refuse } from './errors.js';
import { at, compareStep, type OrderStep, type Row } from './filters.js';
import type { Records } from './records.js';
import { COMPOSITES, type Entity, type Schema } from './schema.js';
import { shownRecord } from './values.js';

/** Names with what is selected below them; a leaf has none. Aliases are lost below the root, as they are in Twenty. */
export type Selection = Map<string, Selection>;

const NESTED_ROWS = 60;
const pascal = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

export function rootFields(document: DocumentNode, operation: OperationDefinitionNode): FieldNode[] {
  const fragments = fragmentsOf(document);
  const flatten = (set: SelectionSetNode): FieldNode[] =>
    set.selections.flatMap((each) => {
      if (each.kind === Kind.FIELD) return [each];
      if (each.kind === Kind.INLINE_FRAGMENT) return flatten(each.selectionSet);
      const fragment = fragments.get(each.name.value);
      return fragment ? flatten(fragment.selectionSet) : [];
    });
  return flatten(operation.selectionSet);
}

function fragmentsOf(document: DocumentNode): Map<string, FragmentDefinitionNode> {
  return new Map(
    document.definitions.flatMap((each): [string, FragmentDefinitionNode][] =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each]] : [],
    ),
  );
}

export function selectionOf(document: DocumentNode, set: SelectionSetNode | undefined): Selection {
  const fragments = fragmentsOf(document);
  const into = (selection: Selection, each: SelectionSetNode): Selection => {
    for (const node of each.selections) {
      if (node.kind === Kind.FIELD) {
        const below = selection.get(node.name.value) ?? new Map<string, Selection>();
        selection.set(node.name.value, node.selectionSet ? into(below, node.selectionSet) : below);
      } else if (node.kind === Kind.INLINE_FRAGMENT) into(selection, node.selectionSet);
      else {
        const fragment = fragments.get(node.name.value);
        if (fragment) into(selection, fragment.selectionSet);
      }
    }
    return selection;
  };
  return set ? into(new Map(), set) : new Map<string, Selection>();
}

/** @throws Refusal TOO_COMPLEX_QUERY where a list of relations stands in another, or relations are more than 1,999 */
export function checkComplexity(schema: Schema, entity: Entity, selection: Selection): void {
  const friendly = (message: string) => refuse(message, 'TOO_COMPLEX_QUERY');
  const count = (each: Entity, below: Selection, insideList: boolean): number =>
    [...below].reduce((sum, [name, deeper]) => {
      const relation = each.fields.find((field) => field.name === name)?.relation;
      if (!relation || deeper.size === 0) return sum;
      const isList = relation.kind === 'ONE_TO_MANY';
      if (isList && insideList)
        throw friendly('Query complexity is too high. One-to-Many relation cannot be nested in another One-to-Many relation.');
      const node = isList ? (deeper.get('edges')?.get('node') ?? new Map<string, Selection>()) : deeper;
      return sum + 1 + count(schema.entity(relation.target), node, insideList || isList);
    }, 0);
  const complexity = 1 + count(entity, selection, false);
  if (complexity > 2000)
    throw friendly(
      `Query complexity is too high. Please, reduce the amount of relation fields requested. Query complexity: ${complexity}. Maximum complexity: 2000.`,
    );
}

export class Shower {
  constructor(private readonly records: Records) {}

  record(entity: Entity, row: Row, selection: Selection): Row {
    const { schema } = this.records;
    const shown = shownRecord(entity, row);
    const answer: Row = {};
    for (const [name, below] of selection) {
      const field = entity.fields.find((each) => each.name === name);
      if (name === '__typename') answer[name] = pascal(entity.nameSingular);
      else if (field?.relation?.kind === 'MANY_TO_ONE') {
        const other = this.records.follow(field.relation.target, row[`${name}Id`]);
        answer[name] = other && below.size > 0 ? this.record(schema.entity(field.relation.target), other, below) : null;
      } else if (field?.relation) answer[name] = below.size > 0 ? this.related(entity, row, field.relation, below) : null;
      else if (field && COMPOSITES[field.type] && below.size > 0 && shown[name] !== null)
        answer[name] = part(shown[name] as Row, below, field.type);
      else answer[name] = shown[name] ?? null;
    }
    return answer;
  }

  private related(entity: Entity, row: Row, relation: { target: string; inverse: string }, selection: Selection): Row {
    const target = this.records.schema.entity(relation.target);
    const inverse = target.fields.find(
      (field) =>
        field.relation?.kind === 'MANY_TO_ONE' &&
        field.relation.target === entity.nameSingular &&
        (field.name === relation.inverse || field.type === 'MORPH_RELATION'),
    );
    const rows = [...this.records.table(target.nameSingular).values()]
      .filter((other) => other.deletedAt === null && inverse && other[`${inverse.name}Id`] === row.id)
      .sort((left, right) => compareStep(left.id, right.id, 'AscNullsFirst'));
    const steps: OrderStep[] = [{ path: ['id'], through: null, direction: 'AscNullsFirst' }];
    return this.connection(
      target,
      rows.slice(0, NESTED_ROWS),
      rows,
      steps,
      { hasNextPage: rows.length > NESTED_ROWS, hasPreviousPage: false },
      selection,
    );
  }

  connection(
    entity: Entity,
    page: Row[],
    whole: Row[],
    steps: OrderStep[],
    more: { hasNextPage: boolean; hasPreviousPage: boolean },
    selection: Selection,
    cursors?: { startCursor: string | null; endCursor: string | null },
  ): Row {
    const answer: Row = {};
    const name = pascal(entity.nameSingular);
    for (const [key, below] of selection) {
      if (key === '__typename') answer[key] = `${name}Connection`;
      else if (key === 'edges')
        answer.edges = page.map((row) => {
          const edge: Row = {};
          for (const [edgeKey, deeper] of below) {
            if (edgeKey === '__typename') edge.__typename = `${name}Edge`;
            if (edgeKey === 'cursor') edge.cursor = cursorOf(steps, row);
            if (edgeKey === 'node') edge.node = this.record(entity, row, deeper);
          }
          return edge;
        });
      else if (key === 'pageInfo') {
        const [first, last] = [page[0], page.at(-1)];
        const info: Row = {
          __typename: 'PageInfo',
          ...more,
          startCursor: first ? cursorOf(steps, first) : null,
          endCursor: last ? cursorOf(steps, last) : null,
          ...cursors,
        };
        answer.pageInfo = Object.fromEntries([...below.keys()].map((each) => [each, info[each] ?? null]));
      } else answer[key] = aggregate(entity, key, whole);
    }
    return answer;
  }
}

const part = (value: Row, below: Selection, type: string): Row =>
  Object.fromEntries(
    [...below.keys()].map((sub) => [sub, sub === '__typename' ? type.toLowerCase().split('_').map(pascal).join('') : (value[sub] ?? null)]),
  );

export const cursorOf = (steps: OrderStep[], row: Row): string => {
  const data: Row = {};
  for (const { path, through } of steps) {
    const [head = 'id', sub] = through ? [through.name] : path;
    if (through) continue;
    data[head] = sub === undefined ? (row[head] ?? null) : { ...(data[head] as Row | undefined), [sub]: at(row, [head, sub]) };
  }
  return Buffer.from(JSON.stringify(data)).toString('base64');
};

/** totalCount, minCreatedAt, maxPriority, sumScore, countEmptyName …; null for what is none. */
export function aggregate(entity: Entity, key: string, rows: Row[]): unknown {
  if (key === 'totalCount') return rows.length;
  const [, operation, rest = ''] = /^(countUniqueValues|countEmpty|countNotEmpty|min|max|sum|avg)(.+)$/.exec(key) ?? [];
  const name = rest.charAt(0).toLowerCase() + rest.slice(1);
  if (!operation || !entity.fields.some((field) => field.name === name)) return null;
  const values = rows.map((row) => row[name] ?? null).filter((value) => value !== null);
  switch (operation) {
    case 'countUniqueValues':
      return new Set(values.map((value) => JSON.stringify(value))).size;
    case 'countEmpty':
      return rows.length - values.length;
    case 'countNotEmpty':
      return values.length;
    case 'min':
    case 'max': {
      const sorted = values.sort((left, right) => compareStep(left, right, operation === 'min' ? 'AscNullsLast' : 'DescNullsLast'));
      return sorted[0] ?? null;
    }
    default: {
      const sum = values.reduce<number>((total, value) => total + Number(value), 0);
      return values.length === 0 ? null : operation === 'sum' ? sum : sum / values.length;
    }
  }
}
