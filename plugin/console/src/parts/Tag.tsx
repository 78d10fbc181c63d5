/** A short word with a colour that means something. */
import type { ReactNode } from 'react';

/** So many letters stay on one line, however narrow the column is. */
const SHORT = 14;

export const Tag = ({ tone, children }: { tone: 'good' | 'warn' | 'bad' | 'off' | 'accent'; children: ReactNode }) => (
  <span className="tag" data-tone={tone} data-long={String(children).length > SHORT || undefined}>
    {children}
  </span>
);
