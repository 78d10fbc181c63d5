/** Opening hours of a week: drawn, moved and resized by pointer or arrows, and typed; a day is copied to others. */
import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { Button } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { t, weekdayName } from '../language';
import {
  clockText,
  copied,
  DAY_MINUTES,
  dayOf,
  minuteOf,
  move,
  nextSpan,
  put,
  resize,
  STEP,
  typed,
  WEEKDAYS,
  withDay,
  without,
  type Interval,
  type Span,
} from '../week';
import '../styles/calendars.css';
import { Icon } from './Icon';
import '../styles/form.css';

interface WeekEditorProps {
  label: string;
  value: Interval[];
  onChange: (value: Interval[]) => void;
  error: string | null;
  disabled?: boolean;
}

const SCALE = [0, 3, 6, 9, 12, 15, 18, 21, 24];
const WORKING_DAYS = [1, 2, 3, 4, 5];

export function WeekEditor({ label, value, onChange, error, disabled = false }: WeekEditorProps) {
  return (
    <fieldset className="group wide week-editor" disabled={disabled}>
      <legend>{label}</legend>
      {!disabled && (
        <p className="hint">
          {t(
            'Drag over a day to open it; drag hours or their edges to change them. On hours: arrows move, Shift and arrows change the end, Alt and arrows the beginning, Delete closes.',
          )}
        </p>
      )}
      <div className="week-row week-scale" aria-hidden="true">
        <div className="week-hours">
          {SCALE.map((hour) => (
            <span key={hour} style={{ left: `${(hour / 24) * 100}%` }}>
              {clockText(hour * 60)}
            </span>
          ))}
        </div>
      </div>
      {WEEKDAYS.map((weekday) => (
        <Day key={weekday} weekday={weekday} week={value} onChange={onChange} disabled={disabled} />
      ))}
      {error !== null && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}

interface DayProps {
  weekday: number;
  week: Interval[];
  onChange: (value: Interval[]) => void;
  disabled: boolean;
}

function Day({ weekday, week, onChange, disabled }: DayProps) {
  const name = weekdayName(weekday, 'long');
  const day = dayOf(week, weekday);
  const set = (next: readonly Span[]): void => onChange(withDay(week, weekday, next));
  const act = (key: string): void => {
    if (key === 'open') set([{ from: 0, to: DAY_MINUTES }]);
    else if (key === 'closed') set([]);
    else if (key === 'working') onChange(copied(week, weekday, WORKING_DAYS));
    else if (key === 'all') onChange(copied(week, weekday, WEEKDAYS));
    else onChange(copied(week, weekday, [Number(key)]));
  };
  return (
    <div className="week-row" role="group" aria-label={name}>
      <span className="week-day">{weekdayName(weekday, 'short')}</span>
      <Track name={name} day={day} onChange={set} disabled={disabled} />
      <div className="week-times">
        {day.length === 0 && <span className="soft">{t('Closed all day')}</span>}
        {day.map((span, at) => (
          <Times
            key={at}
            span={span}
            name={t('{{day}}, hours {{number}}', { day: name, number: at + 1 })}
            disabled={disabled}
            onChange={(next) => onChange(typed(week, weekday, at, next))}
            onRemove={() => set(without(day, at))}
          />
        ))}
      </div>
      {!disabled && (
        <span className="week-tools">
          <button
            type="button"
            className="button quiet small"
            aria-label={t('Add hours on {{day}}', { day: name })}
            disabled={nextSpan(day) === null}
            onClick={() => {
              const next = nextSpan(day);
              if (next) set(put(day, next));
            }}
          >
            <Icon name="add" />
          </button>
          <MenuTrigger>
            <Button className="button quiet small" aria-label={t('More for {{day}}', { day: name })}>
              <Icon name="down" />
            </Button>
            <Popover className="menu-popover">
              <Menu className="menu" onAction={(key) => act(String(key))} aria-label={t('More for {{day}}', { day: name })}>
                <MenuItem id="open">{t('Open 24 hours')}</MenuItem>
                <MenuItem id="closed">{t('Closed all day')}</MenuItem>
                <MenuItem id="working">{t('Copy to Monday to Friday')}</MenuItem>
                <MenuItem id="all">{t('Copy to every day')}</MenuItem>
                {WEEKDAYS.filter((other) => other !== weekday).map((other) => (
                  <MenuItem id={String(other)} key={other}>
                    {t('Copy to: {{day}}', { day: weekdayName(other, 'long') })}
                  </MenuItem>
                ))}
              </Menu>
            </Popover>
          </MenuTrigger>
        </span>
      )}
    </div>
  );
}

interface TimesProps {
  span: Span;
  name: string;
  disabled: boolean;
  onChange: (span: Span) => void;
  onRemove: () => void;
}

/** The two times of one opening, as they are typed; taken together, when both are left or at Enter. */
function Times({ span, name, disabled, onChange, onRemove }: TimesProps) {
  const [text, setText] = useState<{ from?: string; to?: string }>({});
  const read = {
    from: text.from === undefined ? span.from : minuteOf(text.from),
    to: text.to === undefined ? span.to : minuteOf(text.to),
  };
  const take = (): void => {
    const { from, to } = read;
    if (from === null || to === null) return;
    setText({});
    if (from !== span.from || to !== span.to) onChange({ from, to });
  };
  const time = (edge: 'from' | 'to', label: string) => (
    <input
      className="week-time figure"
      aria-label={label}
      aria-invalid={read[edge] === null}
      disabled={disabled}
      value={text[edge] ?? clockText(span[edge])}
      onChange={({ target }) => setText({ ...text, [edge]: target.value })}
    />
  );
  return (
    <span
      className="week-span"
      onBlur={({ currentTarget, relatedTarget }) => {
        if (currentTarget.contains(relatedTarget)) return;
        if (read.from === null || read.to === null) setText({});
        else take();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return;
        event.preventDefault();
        take();
      }}
    >
      {time('from', t('{{hours}}, from', { hours: name }))}
      <span aria-hidden="true">–</span>
      {time('to', t('{{hours}}, to', { hours: name }))}
      {!disabled && (
        <button type="button" className="button quiet small" aria-label={t('{{hours}}: remove', { hours: name })} onClick={onRemove}>
          <Icon name="close" />
        </button>
      )}
    </span>
  );
}

/** What a pointer does between its going down and up. */
interface Drag {
  kind: 'draw' | 'move' | 'from' | 'to';
  at: number;
  start: number;
  day: Span[];
}

const steps = (minute: number): number => Math.round(minute / STEP) * STEP;

function Track({ name, day, onChange, disabled }: { name: string; day: Span[]; onChange: (day: Span[]) => void; disabled: boolean }) {
  const track = useRef<HTMLDivElement>(null);
  const drag = useRef<Drag | null>(null);
  const [preview, setPreview] = useState<Span[] | null>(null);
  const shown = preview ?? day;

  const minuteAt = (x: number): number => {
    const box = track.current?.getBoundingClientRect();
    return box ? Math.min(Math.max(((x - box.left) / box.width) * DAY_MINUTES, 0), DAY_MINUTES) : 0;
  };
  const begin = (event: PointerEvent, kind: Drag['kind'], at: number): void => {
    if (disabled || event.button !== 0) return;
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { kind, at, start: minuteAt(event.clientX), day };
  };
  const follow = (event: PointerEvent): void => {
    const held = drag.current;
    if (!held) return;
    const minute = minuteAt(event.clientX);
    if (held.kind === 'draw') {
      const [from, to] = [Math.min(held.start, minute), Math.max(held.start, minute)];
      setPreview(to - from < STEP / 2 ? null : put(held.day, { from: steps(from), to: steps(to) }));
    } else if (held.kind === 'move') setPreview(move(held.day, held.at, steps(minute - held.start)));
    else setPreview(resize(held.day, held.at, held.kind, steps(minute)));
  };
  const end = (): void => {
    if (drag.current && preview) onChange(preview);
    drag.current = null;
    setPreview(null);
  };
  const cancel = (): void => {
    drag.current = null;
    setPreview(null);
  };
  const press = (event: KeyboardEvent, at: number): void => {
    const span = day[at];
    if (!span || disabled) return;
    const by = event.key === 'ArrowLeft' ? -STEP : event.key === 'ArrowRight' ? STEP : 0;
    if (event.key === 'Delete' || event.key === 'Backspace') onChange(without(day, at));
    else if (by === 0) return;
    else if (event.shiftKey) onChange(resize(day, at, 'to', span.to + by));
    else if (event.altKey) onChange(resize(day, at, 'from', span.from + by));
    else onChange(move(day, at, by));
    event.preventDefault();
  };
  return (
    <div
      className="week-track"
      ref={track}
      data-disabled={disabled || undefined}
      onPointerDown={(event) => begin(event, 'draw', -1)}
      onPointerMove={follow}
      onPointerUp={end}
      onPointerCancel={cancel}
    >
      {shown.map(({ from, to }, at) => (
        <span
          key={at}
          className="week-open"
          style={{ left: `${(from / DAY_MINUTES) * 100}%`, width: `${((to - from) / DAY_MINUTES) * 100}%` }}
        >
          <button
            type="button"
            className="week-grip"
            disabled={disabled}
            aria-label={t('{{day}} {{from}} to {{to}}', { day: name, from: clockText(from), to: clockText(to) })}
            onPointerDown={(event) => begin(event, 'move', at)}
            onKeyDown={(event) => press(event, at)}
          />
          <span className="week-edge" data-edge="from" onPointerDown={(event) => begin(event, 'from', at)} />
          <span className="week-edge" data-edge="to" onPointerDown={(event) => begin(event, 'to', at)} />
        </span>
      ))}
    </div>
  );
}
