/** The order of rules after some of them were dragged. Pure. */

export interface Move {
  id: string;
  /** From 1, as the API takes it, after the moves before this one. */
  rank: number;
  /** Of all, after this move. */
  order: string[];
}

/**
 * @param order all ids as they stand
 * @param dragged in any order; they keep theirs among each other
 * @param target beside which they are dropped
 */
export function moved(order: readonly string[], dragged: readonly string[], target: string, after: boolean): Move[] {
  if (dragged.includes(target) || !order.includes(target)) return [];
  const moves: Move[] = [];
  let now = [...order];
  let beside = target;
  let behind = after;
  for (const id of order.filter((one) => dragged.includes(one))) {
    const rest = now.filter((one) => one !== id);
    const at = rest.indexOf(beside) + (behind ? 1 : 0);
    now = rest.toSpliced(at, 0, id);
    moves.push({ id, rank: at + 1, order: now });
    beside = id;
    behind = true;
  }
  return moves;
}
