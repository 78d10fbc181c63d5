/** Arrivals against handled over the last hour; the chart and its library are fetched once the board is up. */
import { memo, Suspense } from 'react';
import { number } from '@patchbay/pages/formats';
import { FlowTileFragmentDoc, type FlowTileFragment } from '../../generated/operations';
import { part, useBoardIsUp } from '../../part';
import { tile } from '../../tile';
import { FLOW_ROWS, flowCurve, type FlowMinute } from './curve';
import { t } from '../../language';
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
    <section className="tile flow" aria-label={t('Arrived and handled, last hour')}>
      <h2>
        {t('Last hour')} <small>{t('per minute, 5-minute mean')}</small>
      </h2>
      {totals && (
        <dl>
          <div className="arrived">
            <dt>{t('Arrived')}</dt>
            <dd>{number(totals.arrivedLastHour)}</dd>
          </div>
          <div className="handled">
            <dt>{t('Handled')}</dt>
            <dd>{number(totals.handledLastHour)}</dd>
          </div>
          <div>
            <dt>{t('Abandoned')}</dt>
            <dd>{number(totals.abandonedLastHour)}</dd>
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
