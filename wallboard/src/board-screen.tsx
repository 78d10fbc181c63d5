/** The wall itself: takes the board of this second and hands each tile its part. */
import { Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useApolloClient } from '@apollo/client/react';
import { readAddress } from './address';
import { useFeed, useNow } from './board-subscription';
import { EngineTime, StaleBanner } from './feed-state';
import { Footnote } from './footnote';
import { Message } from './message';
import { NoticeList, useNotices } from './notices';
import { part, useBoardIsUp } from './part';
import { movesCapacity, setsPriority, type Me } from './session';
import { Side } from './side';
import { Skeleton } from './skeleton';
import type { TileProps } from './tile';
import { TILES, type Parts } from './tiles';
import { t } from './language';
import './board-screen.css';

const fetchDrawer = async () => (await import('./drawer/drawer')).Drawer;
const Drawer = part(fetchDrawer);

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
  const { shown: noticesShown, notices, dismiss } = useNotices();
  const boardIsUp = useBoardIsUp();
  const moves = movesCapacity(me.role);
  // So that it opens at once, and also while the engine is away.
  useEffect(() => {
    if (boardIsUp && moves) void fetchDrawer().catch(() => undefined);
  }, [boardIsUp, moves]);

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
    if (problem)
      return (
        <Message title={t('The board cannot be shown yet')}>
          {problem} {t('This page keeps trying by itself.')}
        </Message>
      );
    return <Skeleton unreachable={false} onSignOut={onSignOut} />;
  }
  const { board, nowMs, stale } = now;
  const onOpen = moves ? open : null;
  const openQueue = board.queues.find(({ queueId }) => queueId === openQueueId);
  const shown = { board, nowMs, openQueueId, onOpen, filtered: address.queueIds !== null };
  return (
    <div className="board" data-stale={stale || undefined}>
      {stale && <StaleBanner lastFrameMs={board.atMs} problem={problem} />}
      <header>
        <Tiles place="top" {...shown} />
        <EngineTime nowMs={stale ? board.atMs : nowMs} stale={stale} />
      </header>
      <main>
        <Tiles place="main" {...shown} />
      </main>
      {board.queues.length > 0 && <Side {...shown} />}
      <Footnote address={address} me={me} onSignOut={onSignOut} />
      {openQueue && (
        <Suspense fallback={null}>
          <Drawer
            key={openQueue.queueId}
            queue={openQueue}
            prioritises={setsPriority(me.role)}
            agents={board.agents ?? null}
            nowMs={nowMs}
            notices={notices}
            onClose={close}
          />
        </Suspense>
      )}
      {moves && (
        <NoticeList shown={noticesShown} notices={notices} dismiss={dismiss} openQueueId={openQueue?.queueId ?? null} onOpen={open} />
      )}
    </div>
  );
}

function Tiles({ place, ...props }: Omit<TileProps<Parts>, 'heightRem'> & { place: 'top' | 'main' }) {
  return TILES.filter((tile) => tile.place === place).map(({ name, Component }) => <Component key={name} {...props} heightRem={0} />);
}
