/** The shapes that stand for an urgency, so that colour never says it alone. */
import type { Urgency } from './tiles/queues/queues';
import { said, t, type Said } from './language';

const SHAPES: Record<Exclude<Urgency, 'calm'>, { path: string; says: Said }> = {
  act: { path: 'M10 1.8 19 17.6H1Z', says: said('act now') },
  risk: { path: 'M10 1.5 18.5 10 10 18.5 1.5 10Z', says: said('at risk') },
  closed: { path: 'M16.5 12.6A7.6 7.6 0 0 1 7.4 3.5a7.6 7.6 0 1 0 9.1 9.1Z', says: said('closed') },
};

export function Mark({ urgency }: { urgency: Urgency }) {
  if (urgency === 'calm') return null;
  const { path, says } = SHAPES[urgency];
  return (
    <svg className={`mark ${urgency}`} viewBox="0 0 20 20" role="img" aria-label={t(says)}>
      <path d={path} />
    </svg>
  );
}
