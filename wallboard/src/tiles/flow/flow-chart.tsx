/** The one chart of the wall, in a file of its own so that Recharts comes after the board. */
import { memo } from 'react';
import { Area, ComposedChart, Line, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import type { FlowPoint } from './curve';
import { hourAndMinute } from '@patchbay/pages/formats';

const QUARTER_MS = 900_000;
/** A label closer to the left edge would run into the vertical axis. */
const LABEL_MINUTES = 3;

const same = (a: FlowPoint[], b: FlowPoint[]): boolean =>
  a.length === b.length &&
  a.every((point, index) => {
    const other = b[index];
    return other?.minuteMs === point.minuteMs && other.arrived === point.arrived && other.handled === point.handled;
  });

export const FlowChart = memo(
  function FlowChart({ points }: { points: FlowPoint[] }) {
    const quarters = points
      .map(({ minuteMs }) => minuteMs)
      .filter((minuteMs, index) => minuteMs % QUARTER_MS === 0 && index >= LABEL_MINUTES);
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const axis = { axisLine: false, tickLine: false, tick: { fill: 'var(--quiet)', fontSize: '1.125rem' } };
    return (
      <ResponsiveContainer width="100%" height="100%">
        <ComposedChart data={points} margin={{ top: rem / 2, right: rem * 1.6, bottom: 0, left: 0 }}>
          <XAxis
            {...axis}
            dataKey="minuteMs"
            type="number"
            domain={['dataMin', 'dataMax']}
            ticks={quarters}
            tickFormatter={hourAndMinute}
            height={rem * 1.9}
            interval={0}
          />
          <YAxis {...axis} width={rem * 2.4} tickCount={3} allowDecimals={false} />
          <Area
            dataKey="arrived"
            type="monotone"
            stroke="var(--accent)"
            strokeWidth={rem / 8}
            fill="var(--accent)"
            fillOpacity={0.16}
            isAnimationActive={false}
          />
          <Line dataKey="handled" type="monotone" stroke="var(--ink)" strokeWidth={rem / 6} dot={false} isAnimationActive={false} />
        </ComposedChart>
      </ResponsiveContainer>
    );
  },
  (before, after) => same(before.points, after.points),
);
