/** The tiles of the wall, in their order: a new one is a folder under tiles/ and a line here. */
import type { TypedDocumentNode } from '@apollo/client';
import type { FrameHead, RowsOf } from './board';
import { BoardDocument, type BoardSubscriptionVariables } from './generated/operations';
import type { Tile } from './tile';
import { agents } from './tiles/agents/agents';
import { capacity } from './tiles/channels/capacity';
import { escalations } from './tiles/escalations/escalations';
import { flow } from './tiles/flow/flow';
import { queues } from './tiles/queues/queue-table';
import { totals } from './tiles/totals/totals';
import { withFragments } from './with-fragments';

const ALL = {
  totals,
  queues,
  agents,
  capacity,
  escalations,
  flow,
};

type PartsOf<T> = T extends Tile<infer Parts> ? Parts : never;
/** Of all members of a union at once. */
type Together<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer All) => void ? All : never;

/** Where several ask of a list, its rows have all that they ask for. */
type WithWholeRows<All> = {
  [Part in keyof All]: NonNullable<All[Part]> extends readonly unknown[]
    ? NonNullable<All[Part]>[number][] | Extract<All[Part], null | undefined>
    : All[Part];
};

/** What all tiles together ask of a frame. */
export type Parts = WithWholeRows<Together<PartsOf<(typeof ALL)[keyof typeof ALL]>>>;
export type Frame = FrameHead & Parts;

type Drawn<T> = T extends unknown ? Omit<T, 'fragment' | 'rows'> & { name: string } : never;

/** They draw what is asked of all of them, of which each needs its own. */
export const TILES: readonly Drawn<Tile<Parts>>[] = Object.entries(ALL).map(([name, tile]) => ({ ...tile, name }));

export const ROWS: RowsOf<Parts> = Object.assign({}, ...Object.values(ALL).map(({ rows }) => rows)) as RowsOf<Parts>;

/** The subscription with the fragments of all tiles. */
export const boardDocument = withFragments(
  BoardDocument,
  Object.values(ALL).map(({ fragment }) => fragment),
) as TypedDocumentNode<{ board: Frame }, BoardSubscriptionVariables>;
