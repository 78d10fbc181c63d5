/** A short word with a colour that means something. */
import type { ReactNode } from 'react';

export const Tag = ({ tone, children }: { tone: 'good' | 'warn' | 'bad' | 'off' | 'accent'; children: ReactNode }) => (
  <span className="tag" data-tone={tone}>
    {children}
  </span>
);
