/** Arrivals against handled over the last hour; the chart and its library are fetched once the board is up. */
import { memo, Suspense } from 'react';
import { FlowTileFragmentDoc, type FlowTileFragment } from '../../generated/operations';
import { part, useBoardIsUp } from '../../part';
import { tile } from '../../tile';
import { FLOW_ROWS, flowCurve, type FlowMinute } from './curve';
import './flow.css';

const MINUTE_MS = 60_000;
const FlowChart = part(async () => (await import('./flow-chart')).FlowChart);

const Flow = memo(function Flow({
  flow,
  minuteMs,
  totals,
}: {
  flow: readonly FlowMinute[];
  minuteMs: number;
  totals: FlowTileFragment['totals'];
}) {
  const boardIsUp = useBoardIsUp();
  return (
    <section className="tile flow" aria-label="Arrived and handled, last hour">
      <h2>
        Last hour <small>per minute, 5-minute mean</small>
      </h2>
      {totals && (
        <dl>
          <div className="arrived">
            <dt>Arrived</dt>
            <dd>{totals.arrivedLastHour}</dd>
          </div>
          <div className="handled">
            <dt>Handled</dt>
            <dd>{totals.handledLastHour}</dd>
          </div>
          <div>
            <dt>Abandoned</dt>
            <dd>{totals.abandonedLastHour}</dd>
          </div>
        </dl>
      )}
      <div className="chart">
        {boardIsUp && (
          <Suspense fallback={null}>
            <FlowChart points={flowCurve(flow, minuteMs)} />
          </Suspense>
        )}
      </div>
    </section>
  );
});

export const flow = tile({
  place: 'side',
  outline: 1,
  /** Lower, a curve would say nothing. */
  height: () => ({ least: 8, most: 25 }),
  fragment: FlowTileFragmentDoc,
  rows: { flow: FLOW_ROWS },
  Component: ({ board }) => <Flow flow={board.flow} minuteMs={Math.floor(board.atMs / MINUTE_MS) * MINUTE_MS} totals={board.totals} />,
});
