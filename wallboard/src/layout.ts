/** Who has how much of the wall's side. */

/** In rem. A tile that would have less than its least gives way to those before it. */
export interface Height {
  least: number;
  most: number;
}

/** The space between two tiles at the side, in rem. */
export const GAP_REM = 1.75;

/** Heights in rem, in the order of the tiles: each has as much as it wants and those before it left; 0 where it gave way. */
export function layOut(tiles: readonly Height[], roomRem: number): number[] {
  let left = roomRem;
  return tiles.map(({ least, most }) => {
    if (left < least) return 0;
    const height = Math.min(most, left);
    left -= height + GAP_REM;
    return height;
  });
}
