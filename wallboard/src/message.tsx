/** A sentence in the middle of an otherwise empty wall: connecting, nothing to show, or what went wrong. */
import type { ReactNode } from 'react';

export function Message({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <main className="message" role="status">
      <h1>{title}</h1>
      {children && <div>{children}</div>}
    </main>
  );
}
