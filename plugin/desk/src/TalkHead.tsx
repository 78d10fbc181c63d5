/** What the selected interaction is: its name, where it stands, how long, and what it hangs together with. */
import { named } from '@patchbay/pages/names';
import { ClockRow } from './ClockRow';
import type { Open, Pane, WorkItemFacts } from './desk-state';
import type { TalkQuery } from './generated/operations';
import { ChannelIcon, Icon } from './Icon';
import { InteractionInCrm } from './InCrm';
import { Merged } from './Merge';
import { Ago, Elapsed } from './Parts';
import { WrapUpClock } from './WrapUp';
import { isCall } from './work';
import { channelWord, stateWord } from './words';
import { t } from './language';

interface TalkHeadProps {
  item: WorkItemFacts;
  /** Null while it loads. */
  talk: TalkQuery['interaction'] | null;
  /** Whether splitting messages off is offered. */
  splittable: boolean;
  open: Open | null;
  setOpen: (what: Open | null) => void;
  showPane: (pane: Pane) => void;
}

export function TalkHead({ item, talk, splittable, open, setOpen, showPane }: TalkHeadProps) {
  const wrapUp = item.state === 'WRAP_UP';
  const since = wrapUp ? item.endedAt : item.acceptedAt;
  // What was split off and merged back stands among what was merged.
  const children = talk?.children.filter(({ id }) => !talk.merged.some((one) => one.id === id)) ?? [];
  const who = item.customer?.name ?? item.customerAddress ?? t('no customer');
  return (
    <div className="talk-head">
      <button
        type="button"
        className="button quiet only-icon narrow-only"
        aria-label={t('Back to my work')}
        onClick={() => showPane('work')}
      >
        <Icon name="back" />
      </button>
      <div className="talk-title">
        <h1 className="clip" title={item.subject ?? undefined}>
          {item.subject ?? t('{{channel}} with {{who}}', { channel: channelWord[item.channel], who })}
        </h1>
        <p className="facts">
          <span className="state" data-state={item.state}>
            {stateWord[item.state]}
          </span>
          <span title={channelWord[item.channel]}>
            {item.direction === 'OUTBOUND' && `${t('Outbound')} `}
            {channelWord[item.channel]} <span className="figure">#{item.number}</span>
          </span>
          {item.queue !== null && <span>{named(item.queue)}</span>}
          {item.priority > 50 && (
            <span title={t('Interactions with a higher priority are served first; 50 is usual')}>
              {t('Priority')} {item.priority}
            </span>
          )}
          {item.escalationLevel > 0 && <span className="bad-text">{t('Escalated {{n}}×', { n: item.escalationLevel })}</span>}
          {talk !== null && talk.transferCount > 0 && <span>{t('Transferred {{n}}×', { n: talk.transferCount })}</span>}
          {talk !== null && talk.reopenCount > 0 && <span>{t('Reopened {{n}}×', { n: talk.reopenCount })}</span>}
          {talk !== null && (
            <span>
              {t('Arrived')} <Ago at={talk.createdAt} />
            </span>
          )}
          <button
            type="button"
            className="text-button"
            aria-expanded={open === 'timeline'}
            onClick={() => setOpen(open === 'timeline' ? null : 'timeline')}
          >
            {t('What happened')}
          </button>
          <InteractionInCrm id={item.id} />
          {splittable && (
            <button
              type="button"
              className="text-button"
              aria-expanded={open === 'split'}
              title={`${t('Split messages off')} (S)`}
              onClick={() => setOpen(open === 'split' ? null : 'split')}
            >
              {t('Split messages off')}
            </button>
          )}
        </p>
        {talk !== null && (talk.parent !== null || children.length > 0 || talk.merged.length > 0) && (
          <p className="facts">
            {talk.parent !== null && (
              <span>
                {t('Left behind by')} <span className="figure">#{talk.parent.number}</span> {talk.parent.subject}
              </span>
            )}
            {talk.merged.map((one) => (
              <Merged key={one.id} item={one} />
            ))}
            {children.map((child) => (
              <span key={child.id}>
                <ChannelIcon channel={child.channel} size={14} /> <span className="figure">#{child.number}</span> {child.subject} ·{' '}
                {stateWord[child.state].toLowerCase()}
              </span>
            ))}
          </p>
        )}
      </div>
      <div className="talk-clock">
        {item.wrapUp?.endsAt && <WrapUpClock wrapUp={item.wrapUp} endsAt={item.wrapUp.endsAt} />}
        {!item.wrapUp?.endsAt && since !== null && (!isCall(item) || wrapUp) && (
          <span className="talk-since" title={wrapUp ? t('In wrap-up') : t('Since you accepted it')}>
            <Elapsed since={since} label={wrapUp ? t('Wrap-up') : t('Accepted')} />
          </span>
        )}
      </div>
      <button type="button" className="button quiet only-icon narrow-only" aria-label={t('Customer')} onClick={() => showPane('customer')}>
        <Icon name="person" />
      </button>
      <ClockRow
        id={item.id}
        clocks={item.clocks}
        expanded={open === 'clocks'}
        toggle={() => setOpen(open === 'clocks' ? null : 'clocks')}
      />
    </div>
  );
}
