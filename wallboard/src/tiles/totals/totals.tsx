/** The five figures that are read first, from the far end of the room. */
import { memo, type ReactNode } from 'react';
import { number } from '@patchbay/pages/formats';
import { TotalsTileFragmentDoc, type TotalsTileFragment } from '../../generated/operations';
import { Mark } from '../../mark';
import { tile } from '../../tile';
import { percent } from '../../words';
import type { Urgency } from '../queues/queues';
import { t } from '../../language';
import './totals.css';

interface FigureProps {
  label: string;
  urgency?: Urgency;
  zero?: boolean;
  /** What part of it is worse still. */
  worse?: string | null;
  children: ReactNode;
}

function Figure({ label, urgency = 'calm', zero = false, worse = null, children }: FigureProps) {
  return (
    <div className="figure" data-urgency={urgency} data-zero={zero || undefined}>
      <dt>{label}</dt>
      <dd>
        {children}
        <Mark urgency={urgency} />
        {worse !== null && <em>{worse}</em>}
      </dd>
    </div>
  );
}

const Totals = memo(function Totals({ totals }: { totals: NonNullable<TotalsTileFragment['totals']> }) {
  return (
    <dl className="totals">
      <Figure label={t('Waiting')} zero={!totals.waiting}>
        {number(totals.waiting)}
      </Figure>
      <Figure label={t('In progress')} zero={!totals.inProgress}>
        {number(totals.inProgress)}
      </Figure>
      <Figure label={t('Service level')} zero={totals.serviceLevelPercent == null}>
        {percent(totals.serviceLevelPercent)}
        {totals.serviceLevelPercent != null && <small>%</small>}
      </Figure>
      <Figure label={t('SLA at risk')} urgency={totals.slaAtRisk ? 'risk' : 'calm'} zero={!totals.slaAtRisk}>
        {number(totals.slaAtRisk)}
      </Figure>
      <Figure
        label={t('SLA breached')}
        urgency={totals.slaBreached ? 'act' : 'calm'}
        zero={!totals.slaBreached}
        worse={totals.slaEscalated > 0 ? t('↑{{count}} escalated', { count: totals.slaEscalated }) : null}
      >
        {number(totals.slaBreached)}
      </Figure>
    </dl>
  );
});

export const totals = tile({
  place: 'top',
  outline: 5,
  fragment: TotalsTileFragmentDoc,
  Component: ({ board }) => board.totals && <Totals totals={board.totals} />,
});
