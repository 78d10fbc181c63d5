/** What a tile of the wall says of itself. */
import type { ReactNode } from 'react';
import type { TypedDocumentNode } from '@apollo/client';
import type { Board, RowsOf } from './board';
import type { Height } from './layout';

export interface TileProps<Parts> {
  board: Board<Parts>;
  /** The engine's clock, in whole seconds. */
  nowMs: number;
  /** What a tile at the side was given, at least its least. */
  heightRem: number;
  openQueueId: string | null;
  /** Null for who may only watch. */
  onOpen: ((queueId: string) => void) | null;
  /** The wall's address asks for certain queues only. */
  filtered: boolean;
}

interface Common<Parts> {
  /** Stands for it in the page before the first frame: how many still shapes. */
  outline: number;
  /** What it asks of a frame, on `BoardFrame`. */
  fragment: TypedDocumentNode<Parts, unknown>;
  /** For lists of which a frame has only the rows that changed; once for each list. */
  rows?: RowsOf<Parts>;
  /** Draws it, and what it says where there is nothing to draw. */
  Component: (props: TileProps<Parts>) => ReactNode;
}

/** Above the board and in its middle a tile has the room that there is; at the side it says how high it is. */
export type Tile<Parts> = Common<Parts> & ({ place: 'top' | 'main' } | { place: 'side'; height: (board: Board<Parts>) => Height });

/** The parts are those of its fragment. */
export const tile = <Parts>(definition: Tile<Parts>): Tile<Parts> => definition;
