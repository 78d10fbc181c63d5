/** What the agent holds, in the order it wants attention; arrow keys move through it. */
import type { KeyboardEvent } from 'react';
import { shownIds, type Pane, type Work } from './desk-state';
import { Skeleton } from './Parts';
import { neighbour, sections, type SectionKind } from './work';
import { WorkItem } from './WorkItem';
import { WrapUps } from './WrapUp';
import { said, t, words } from './language';

const sectionWord = words<SectionKind>({ now: said('Now'), finish: said('To finish'), waiting: said('Waiting for customer') });

interface WorkListProps {
  work: Work | null;
  selected: string | null;
  unread: Readonly<Record<string, number>>;
  select: (id: string | null, pane: Pane) => void;
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };

export function WorkList({ work, selected, unread, select }: WorkListProps) {
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (step !== undefined) select(neighbour(shownIds(work), selected, step), 'work');
    else if (event.key === 'ArrowRight' || event.key === ' ') select(selected, 'talk');
    else return;
    event.preventDefault();
  };
  const shown = sections(work?.interactions ?? []);
  return (
    <nav className="column work" aria-label={t('My work')}>
      <WrapUps wrapUps={work?.wrapUps ?? []} />
      {work === null ? (
        <Skeleton lines={[70, 50, 70, 50, 70, 50]} label={t('Receiving your work')} />
      ) : shown.length === 0 ? (
        <p className="work-none">{t('You hold nothing.')}</p>
      ) : (
        <div
          className="work-list"
          role="listbox"
          aria-label={t('My work')}
          tabIndex={0}
          aria-activedescendant={selected === null ? undefined : `work-${selected}`}
          onKeyDown={onKeyDown}
        >
          {shown.map(({ kind, items }) => (
            <div key={kind} role="group" aria-labelledby={`section-${kind}`}>
              <p className="work-section" id={`section-${kind}`}>
                {sectionWord[kind]} <span className="figure">{items.length}</span>
              </p>
              {items.map((item) => (
                <WorkItem
                  key={item.id}
                  item={item}
                  selected={item.id === selected}
                  unread={unread[item.id] ?? 0}
                  select={() => select(item.id, 'talk')}
                />
              ))}
            </div>
          ))}
        </div>
      )}
    </nav>
  );
}
