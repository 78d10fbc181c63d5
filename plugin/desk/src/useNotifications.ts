/** The agent's unread notifications: tells of new ones as they come, and takes those away that are read. */
import { useEffect, useRef, useState } from 'react';
import { MarkNotificationReadDocument, type NotificationItemFragment } from './generated/operations';
import { newestFirst, news, newsWords } from './notifications';
import type { Problem } from './problem';
import { useToast } from './Toasts';
import { useCommand } from './useCommand';

export interface Notices {
  /** The newest first. */
  unread: readonly NotificationItemFragment[];
  /** Gone from the list at once, and back where the engine refuses. */
  read(id: string): void;
  problem: Problem | null;
}

/** `all`: null until the first snapshot. */
export function useNotifications(all: readonly NotificationItemFragment[] | null): Notices {
  const toast = useToast();
  const command = useCommand(MarkNotificationReadDocument);
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const before = useRef<readonly NotificationItemFragment[] | null>(null);
  useEffect(() => {
    const words = all === null ? null : newsWords(news(before.current, all));
    before.current = all;
    if (words !== null) toast({ text: words });
  }, [all, toast]);
  return {
    unread: newestFirst(all ?? []).filter(({ id }) => !gone.has(id)),
    problem: command.problem,
    read: (id) => {
      setGone((ids) => new Set([...ids, id]));
      void command.run({ id }).then((answer) => {
        if (answer === null) setGone((ids) => new Set([...ids].filter((one) => one !== id)));
      });
    },
  };
}
