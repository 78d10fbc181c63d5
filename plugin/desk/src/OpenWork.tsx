/** One open interaction of the person: where it stands, who has it, how long it waits, what is due; opens in place. */
import { useState } from 'react';
import { named } from '@patchbay/pages/names';
import type { OpenWorkFragment } from './generated/operations';
import { ChannelIcon } from './Icon';
import { t } from './language';
import { Ago, Due, For } from './Parts';
import { PastInteraction } from './PastInteraction';
import { channelWord, stateWord } from './words';

interface OpenWorkProps {
  item: OpenWorkFragment;
  mine: boolean;
  /** It is offered to this agent now. */
  rings: boolean;
}

export function OpenWork({ item, mine, rings }: OpenWorkProps) {
  const [expanded, setExpanded] = useState(false);
  return (
    <li data-state={item.state}>
      <button type="button" className="past-row" aria-expanded={expanded} onClick={() => setExpanded(!expanded)}>
        <ChannelIcon channel={item.channel} />
        <span className="past-what">
          <span className="clip">
            <strong>{item.subject ?? channelWord[item.channel]}</strong>
          </span>
          <span className="facts">
            <span className="state" data-state={item.state}>
              {stateWord[item.state]}
            </span>
            <span>
              {mine ? t('In your hands') : rings ? t('Offered to you') : (item.agent?.name ?? t('With nobody yet'))}
              {item.queue !== null && <span className="faint"> · {named(item.queue)}</span>}
            </span>
            {item.agent === null && item.queuedAt !== null ? (
              <span className="faint">
                {t('Waiting')} <For since={item.queuedAt} />
              </span>
            ) : (
              <span className="faint">
                {t('Opened')} <Ago at={item.createdAt} />
              </span>
            )}
            {item.escalationLevel > 0 && <span className="bad-text">{t('Escalated {{n}}×', { n: item.escalationLevel })}</span>}
            <Due clocks={item.clocks} />
          </span>
        </span>
        <span className="faint figure past-at">#{item.number}</span>
      </button>
      {expanded && <PastInteraction item={item} />}
    </li>
  );
}
