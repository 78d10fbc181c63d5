/** The promises about an interaction in the head of its conversation: what is due, what stands still, what was kept. */
import { clockWords, headClocks, milestoneWord, type ClockFacts } from './clocks';
import { ClockDetails } from './ClockDetails';
import { useNow, useReadAt } from './engine-clock';
import { Icon } from './Icon';
import { t } from './language';
import { ToneIcon } from './Parts';

function OpenClock({ clock, first }: { clock: ClockFacts; first: boolean }) {
  const now = useNow();
  const { tone, main, more } = clockWords(clock, now, useReadAt(now));
  return (
    <li className="clock" data-tone={tone} data-first={first || undefined}>
      <span className="clock-name">{milestoneWord[clock.kind]}</span>
      <span className="clock-main">
        <ToneIcon clock={clock} tone={tone} />
        {main}
      </span>
      {more !== null && <span className="clock-more">{more}</span>}
    </li>
  );
}

/** One that is over stands still: a word is enough. */
function OverClock({ clock }: { clock: ClockFacts }) {
  const now = useNow();
  const { tone, main } = clockWords(clock, now, now);
  return (
    <li className="clock-over" data-tone={tone}>
      <ToneIcon clock={clock} tone={tone} />
      {milestoneWord[clock.kind]} {main}
    </li>
  );
}

interface ClockRowProps {
  id: string;
  clocks: readonly ClockFacts[];
  expanded: boolean;
  toggle: () => void;
}

export function ClockRow({ id, clocks, expanded, toggle }: ClockRowProps) {
  const { open, over } = headClocks(clocks);
  if (open.length + over.length === 0) return null;
  return (
    <div className="clocks">
      <ul className="clocks-row" aria-label={t('SLA clocks')}>
        {open.map((clock, index) => (
          <OpenClock key={clock.id} clock={clock} first={index === 0} />
        ))}
        {over.map((clock) => (
          <OverClock key={clock.id} clock={clock} />
        ))}
      </ul>
      <button
        type="button"
        id="clocks-open"
        className="text-button clocks-open"
        aria-haspopup="dialog"
        aria-expanded={expanded}
        onClick={toggle}
      >
        {t('Details')}
        <Icon name="down" size={14} />
      </button>
      {expanded && <ClockDetails id={id} clocks={clocks} close={toggle} />}
    </div>
  );
}
