/** Where each clock's target comes from, what of it is used, and when it is due. */
import { useEffect, useRef } from 'react';
import { useQuery } from '@apollo/client/react';
import { fullMoment, inWords } from '@patchbay/pages/formats';
import { clockWords, inOrder, milestoneWord, usedMs, type ClockFacts } from './clocks';
import { useNow, useReadAt } from './engine-clock';
import { ClockOriginsDocument, type ClockOriginsQuery } from './generated/operations';
import { Icon } from './Icon';
import { t } from './language';
import { Problem, ToneIcon } from './Parts';
import { problemOf } from './problem';

type Origin = ClockOriginsQuery['interaction']['clocks'][number];

function ClockDetail({ clock, origin }: { clock: ClockFacts; origin: Origin | undefined }) {
  const now = useNow();
  const readAt = useReadAt(now);
  const { tone, main, more } = clockWords(clock, now, readAt);
  const used = usedMs(clock, now, readAt);
  const target = clock.targetSeconds * 1_000;
  return (
    <li className="clock-detail" data-tone={tone}>
      <p className="clock-detail-head">
        <strong>{milestoneWord[clock.kind]}</strong>
        <span className="clock-main">
          <ToneIcon clock={clock} tone={tone} />
          {main}
        </span>
      </p>
      <p className="clock-used">
        <span className="clock-bar" aria-hidden="true">
          <i style={{ width: `${Math.min(100, (100 * used) / target)}%` }} />
        </span>
        <span className="figure">{t('{{used}} of {{target}} used', { used: inWords(used), target: inWords(target) })}</span>
      </p>
      <dl>
        {more !== null && clock.breachedAt !== null && (
          <div>
            <dt>{t('Escalation')}</dt>
            <dd>{more}</dd>
          </div>
        )}
        {clock.dueAt !== null && (
          <div>
            <dt>{clock.breachedAt === null ? t('Due') : t('Was due')}</dt>
            <dd className="figure">{fullMoment(clock.dueAt)}</dd>
          </div>
        )}
        <div>
          <dt>{t('Target')}</dt>
          <dd>
            {inWords(target)}
            {origin !== undefined && `, ${origin.matched ?? t('general target')}`}
          </dd>
        </div>
        <div>
          <dt>{t('Policy')}</dt>
          <dd>
            {origin === undefined
              ? '…'
              : t('{{name}}, version {{n}}', { name: origin.policy?.name ?? t('no longer there'), n: origin.policyVersion })}
          </dd>
        </div>
        <div>
          <dt>{t('Calendar')}</dt>
          <dd>{origin === undefined ? '…' : (origin.calendar?.name ?? t('around the clock'))}</dd>
        </div>
      </dl>
    </li>
  );
}

export function ClockDetails({ id, clocks, close }: { id: string; clocks: readonly ClockFacts[]; close: () => void }) {
  const { data, error, refetch } = useQuery(ClockOriginsDocument, { variables: { id }, fetchPolicy: 'cache-and-network' });
  const origins = new Map(data?.interaction.clocks.map((one) => [one.id, one]));
  const { open, over } = inOrder(clocks);
  // A clock that began while this is open.
  const missing = data !== undefined && [...open, ...over].some((clock) => !origins.has(clock.id));
  useEffect(() => {
    if (missing) void refetch().catch(() => undefined);
  }, [missing, refetch]);
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const outside = (event: PointerEvent): void => {
      const target = event.target as Element;
      if (!body.current?.contains(target) && !target.closest('#clocks-open')) close();
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [close]);
  return (
    <div className="popover clock-details" role="dialog" aria-label={t('SLA clocks')} ref={body}>
      <div className="popover-head">
        <h2>{t('SLA clocks')}</h2>
        <button type="button" className="button quiet only-icon" aria-label={t('Close [window]')} autoFocus onClick={close}>
          <Icon name="close" />
        </button>
      </div>
      {error && !data && <Problem problem={problemOf(error)} again={() => void refetch()} />}
      <ul>
        {[...open, ...over].map((clock) => (
          <ClockDetail key={clock.id} clock={clock} origin={origins.get(clock.id)} />
        ))}
      </ul>
    </div>
  );
}
