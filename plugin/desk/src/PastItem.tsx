/** One other contact of the customer; opens in place, so that the present work stays where it is. */
import { useState } from 'react';
import { named } from '@patchbay/pages/names';
import type { PastItemFragment } from './generated/operations';
import { ChannelIcon } from './Icon';
import type { Numbered } from './Merge';
import { At } from './Parts';
import { PastInteraction } from './PastInteraction';
import { channelWord, stateWord } from './words';
import { t } from './language';

export function PastItem({ item, into = null }: { item: PastItemFragment; into?: Numbered | null }) {
  const [expanded, setExpanded] = useState(false);
  const unclassified = item.legalCommands.includes('SPLIT') ? t('Merged') : t('Closed without disposition');
  const outcome = item.disposition ? named(item.disposition) : item.state === 'CLOSED' ? unclassified : stateWord[item.state];
  return (
    <li data-state={item.state}>
      <button type="button" className="past-row" aria-expanded={expanded} onClick={() => setExpanded(!expanded)}>
        <ChannelIcon channel={item.channel} />
        <span className="past-what">
          <span className="clip">{item.subject ?? channelWord[item.channel]}</span>
          <span className="faint clip">{[outcome, item.agent?.name ?? (item.queue && named(item.queue))].filter(Boolean).join(' · ')}</span>
        </span>
        <span className="faint past-at">
          <At at={item.createdAt} asDay />
        </span>
      </button>
      {expanded && <PastInteraction item={item} into={into} />}
    </li>
  );
}
