/** One row of the agent's work: who, what, since when, and what is due. */
import { named } from '@patchbay/pages/names';
import { foremost } from './clocks';
import type { WorkItemFacts } from './desk-state';
import { Icon } from './Icon';
import { Due, Elapsed, Vip } from './Parts';
import { WrapUpLeft } from './WrapUp';
import { channels } from './generated/channels';
import { channelWord, stateWord } from './words';
import { t } from './language';

interface WorkItemProps {
  item: WorkItemFacts;
  selected: boolean;
  unread: number;
  select: () => void;
}

export function WorkItem({ item, selected, unread, select }: WorkItemProps) {
  const wrapUp = item.state === 'WRAP_UP';
  const since = wrapUp ? item.endedAt : item.acceptedAt;
  const who = item.customer?.name ?? item.customerAddress ?? t('No customer');
  return (
    <div
      className="work-item"
      role="option"
      id={`work-${item.id}`}
      aria-selected={selected}
      data-state={item.state}
      data-live={channels[item.channel].live}
      onClick={select}
    >
      <span className="work-icon" title={`${channelWord[item.channel]}, ${stateWord[item.state].toLowerCase()}`}>
        <Icon name={item.state === 'ON_HOLD' ? 'hold' : item.channel} />
        <span className="hidden">{`${channelWord[item.channel]}, ${stateWord[item.state]}`}</span>
      </span>
      <p className="work-who">
        <span className="clip">{who}</span>
        {item.customer?.tier === 'VIP' && <Vip />}
        {unread > 0 && (
          <span className="unread" title={t('{{n}} new', { n: unread })}>
            {unread}
            <span className="hidden"> {t('new messages')}</span>
          </span>
        )}
      </p>
      {since !== null && (
        <span className="work-since">
          {item.wrapUp?.endsAt ? (
            <WrapUpLeft endsAt={item.wrapUp.endsAt} />
          ) : (
            <Elapsed since={since} label={wrapUp ? t('Wrap-up') : t('Accepted')} />
          )}
        </span>
      )}
      <div className="work-about">
        <p className="work-what clip">{item.subject ?? (item.queue ? named(item.queue) : `#${item.number}`)}</p>
        <span className="work-due">{foremost(item.clocks) ? <Due clocks={item.clocks} /> : item.state === 'ON_HOLD' && t('On hold')}</span>
      </div>
    </div>
  );
}
