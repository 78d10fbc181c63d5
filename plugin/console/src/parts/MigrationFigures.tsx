/** What a change of policy would do to open clocks, in numbers, and who would be late by it. */
import { Link } from 'react-router';
import type { MigrationFiguresFragment } from '../generated/operations';
import { moment, number, t } from '../language';
import '../styles/calendars.css';
import { milestoneWord } from '../words';

export function MigrationFigures({ figures }: { figures: MigrationFiguresFragment }) {
  const lines: [string, number][] = [
    [t('Open clocks that it concerns'), figures.clocks],
    [t('Get another target or calendar'), figures.moving],
    [t('Breached at once'), figures.breaching],
    [t('Begin, because of a new promise'), figures.beginning],
    [t('End, because nothing is promised any more'), figures.ending],
    [t('Late no more'), figures.switchedOff],
    [t('Late by both, and stay so'), figures.staying],
  ];
  return (
    <>
      <dl className="migration">
        {lines.map(([label, count]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="figure">{number(count)}</dd>
          </div>
        ))}
      </dl>
      {figures.breaches.length > 0 && (
        <ul>
          {figures.breaches.slice(0, 10).map(({ interaction, kind, dueBefore, dueAfter }) => (
            <li key={`${interaction.id} ${kind}`}>
              <Link to={`/interactions/${interaction.id}`}>#{interaction.number}</Link> {milestoneWord(kind)}
              {': '}
              {t('due {{before}} before, {{after}} then', {
                before: dueBefore ? moment(dueBefore) : t('never'),
                after: dueAfter ? moment(dueAfter) : t('never'),
              })}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
