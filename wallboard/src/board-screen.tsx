/** The wall itself: takes the board of this second and hands each tile its part. */
import { useCallback, useMemo, useRef, useState } from 'react';
import { useApolloClient } from '@apollo/client/react';
import { readAddress } from './address';
import { AgentsBar } from './agents-bar';
import { useFeed, useNow } from './board-subscription';
import { Channels } from './channels';
import { Drawer } from './drawer';
import { Escalations } from './escalations';
import { EngineTime, StaleBanner } from './feed-state';
import { Flow } from './flow';
import { Footnote } from './footnote';
import { Message } from './message';
import { QueueTable } from './queue-table';
import { movesCapacity, type Me } from './session';
import { Skeleton } from './skeleton';
import { Totals } from './totals';
import './board-screen.css';

const MINUTE_MS = 60_000;

interface BoardScreenProps {
  me: Me;
  onRefused: () => void;
  onSignOut: () => void;
}

export function BoardScreen({ me, onRefused, onSignOut }: BoardScreenProps) {
  const address = useMemo(() => readAddress(location.search), []);
  const variables = useMemo(() => ({ queueIds: address.queueIds, formula: address.formula }), [address]);
  const { feed, problem } = useFeed(useApolloClient(), variables, onRefused);
  const now = useNow(feed);

  const [openQueueId, setOpenQueueId] = useState<string | null>(null);
  /** Where the focus goes back to: what was clicked, or else the queue's row. */
  const opened = useRef<{ queueId: string; by: Element | null } | null>(null);
  const open = useCallback((queueId: string) => {
    opened.current = { queueId, by: document.activeElement };
    setOpenQueueId(queueId);
  }, []);
  const close = useCallback(() => {
    setOpenQueueId(null);
    const { queueId, by } = opened.current ?? { queueId: '', by: null };
    if (by instanceof HTMLElement && by.isConnected && by !== document.body) return by.focus();
    (document.getElementById(`open-${queueId}`) ?? document.getElementById('open-folded'))?.focus();
  }, []);

  if (!now) {
    if (problem) return <Message title="The board cannot be shown yet">{problem} This page keeps trying by itself.</Message>;
    return <Skeleton unreachable={false} onSignOut={onSignOut} />;
  }
  const { board, nowMs, stale } = now;
  const onOpen = movesCapacity(me.role) ? open : null;
  const names = new Map(board.queues.map(({ queueId, name }) => [queueId, name]));
  const openQueue = board.queues.find(({ queueId }) => queueId === openQueueId);
  return (
    <div className="board" data-stale={stale || undefined}>
      {stale && <StaleBanner lastFrameMs={board.atMs} problem={problem} />}
      <header>
        {board.totals && <Totals totals={board.totals} />}
        <EngineTime nowMs={stale ? board.atMs : nowMs} stale={stale} />
      </header>
      <main>
        {board.queues.length > 0 ? (
          <QueueTable queues={board.queues} nowMs={nowMs} openQueueId={openQueueId} onOpen={onOpen} />
        ) : (
          <NoQueues filtered={address.queueIds !== null} />
        )}
      </main>
      {board.queues.length > 0 && (
        <aside>
          {board.agents && <AgentsBar agents={board.agents} />}
          <Channels channels={board.channels} onlyBusy={board.escalations.length > 0} />
          <Escalations escalations={board.escalations} names={names} total={board.totals?.slaEscalated ?? 0} nowMs={nowMs} onOpen={onOpen}>
            <Flow flow={board.flow} minuteMs={Math.floor(board.atMs / MINUTE_MS) * MINUTE_MS} totals={board.totals} />
          </Escalations>
        </aside>
      )}
      <Footnote address={address} me={me} onSignOut={onSignOut} />
      {openQueue && <Drawer key={openQueue.queueId} queue={openQueue} nowMs={nowMs} onClose={close} />}
    </div>
  );
}

function NoQueues({ filtered }: { filtered: boolean }) {
  return filtered ? (
    <Message title="None of these queues is on the board">
      The address asks for certain queues by <code>?queues=</code>; without it the wall shows all.
    </Message>
  ) : (
    <Message title="No queues yet">
      An administrator creates the first one in the CRM, or with the mutation <code>createQueue</code>. It appears here by itself.
    </Message>
  );
}
