/** The tiles at the side of the wall: as many as have room. */
import { useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { GAP_REM, layOut } from './layout';
import type { TileProps } from './tile';
import { TILES, type Parts } from './tiles';

const SIDE = TILES.filter((tile) => tile.place === 'side');

/** The height that there is, in rem: measured, for a wall may be of any shape and a banner takes some of it. */
function useRoom(): [ref: RefObject<HTMLDivElement | null>, rem: number] {
  const ref = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState(0);
  useLayoutEffect(() => {
    const space = ref.current;
    if (!space) return;
    const measure = (): void => setRoom(space.clientHeight / parseFloat(getComputedStyle(document.documentElement).fontSize));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(space);
    return () => observer.disconnect();
  }, []);
  return [ref, room];
}

export function Side(props: Omit<TileProps<Parts>, 'heightRem'>) {
  const [space, room] = useRoom();
  const heights = layOut(
    SIDE.map(({ height }) => height(props.board)),
    room,
  );
  return (
    <aside ref={space} style={{ gap: `${GAP_REM}rem` }}>
      {SIDE.map(({ name, Component }, index) => {
        const heightRem = heights[index] ?? 0;
        return (
          heightRem > 0 && (
            <div key={name} style={{ height: `${heightRem}rem` }}>
              <Component {...props} heightRem={heightRem} />
            </div>
          )
        );
      })}
    </aside>
  );
}
