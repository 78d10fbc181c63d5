/** The console's drawings, 16 by 16, in the colour of the text around them. */
import type { ReactNode } from 'react';

const SHAPES = {
  add: <path d="M8 3v10M3 8h10" />,
  agent: (
    <>
      <circle cx="8" cy="5.2" r="2.5" />
      <path d="M3 13.5c.5-2.7 2.4-4 5-4s4.5 1.3 5 4" />
    </>
  ),
  audit: (
    <>
      <circle cx="7" cy="7" r="4.2" />
      <path d="M7 4.8V7l1.5 1M10.2 10.2l3.3 3.3" />
    </>
  ),
  brand: (
    <>
      <rect x="1" y="1" width="14" height="14" rx="3.5" fill="var(--accent-fill)" stroke="none" />
      <path d="M5 8h6" stroke="#fff" />
      <circle cx="5" cy="8" r="1.5" fill="#fff" stroke="none" />
      <circle cx="11" cy="8" r="1.5" fill="#fff" stroke="none" />
    </>
  ),
  calendar: <path d="M2.5 3.5h11v10h-11ZM2.5 6.5h11M5.5 2v3M10.5 2v3" />,
  channel: <path d="M3 13.5V10M6.3 13.5V7.5M9.7 13.5V5M13 13.5v-11" />,
  check: <path d="m3 8.5 3.2 3.2L13 4.8" />,
  close: <path d="m4 4 8 8M12 4l-8 8" />,
  columns: <path d="M2.5 3h11v10h-11ZM6.2 3v10M9.8 3v10" />,
  crm: <path d="M6.5 9.5 9.5 6.5M7 4.5l1.3-1.3a3.2 3.2 0 0 1 4.5 4.5L11.5 9M9 11.5l-1.3 1.3a3.2 3.2 0 0 1-4.5-4.5L4.5 7" />,
  customer: (
    <>
      <path d="M2.5 3h11v10h-11ZM9.5 7h2.5M9.5 9.5h2.5" />
      <circle cx="6" cy="6.8" r="1.4" />
      <path d="M3.9 10.8c.3-1.3 1-1.9 2.1-1.9s1.8.6 2.1 1.9" />
    </>
  ),
  disposition: <path d="M4 13.5v-11h8l-2 3 2 3H4" />,
  down: <path d="m4 6 4 4 4-4" />,
  entry: <path d="M9 2.5h4.5v11H9M2.5 8H10M7 5l3 3-3 3" />,
  export: <path d="M8 2.5v7M5 7l3 3 3-3M2.5 10.5v3h11v-3" />,
  handle: <path d="M6 4v.01M10 4v.01M6 8v.01M10 8v.01M6 12v.01M10 12v.01" strokeWidth="2" />,
  home: <path d="M2.5 7.5 8 3l5.5 4.5M4 6.5v7h8v-7M6.7 13.5v-4h2.6v4" />,
  interaction: <path d="M2.5 3h11v7.5H7L4 13v-2.5H2.5Z" />,
  lock: <path d="M3.5 7.2h9v6h-9ZM5.5 7V5.2a2.5 2.5 0 0 1 5 0V7" />,
  people: (
    <>
      <circle cx="6" cy="5.5" r="2.2" />
      <path d="M1.8 13c.4-2.5 1.9-3.7 4.2-3.7s3.8 1.2 4.2 3.7M10.5 3.5a2.1 2.1 0 0 1 0 4.1M12 9.7c1.3.5 2 1.6 2.3 3.3" />
    </>
  ),
  policy: <path d="M8 2.5 13 4.5v3.8c0 2.6-2 4.4-5 5.7-3-1.3-5-3.1-5-5.7V4.5ZM5.7 8l1.6 1.6 3-3" />,
  presence: (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <path d="M8 4.7V8l2.3 1.5" />
    </>
  ),
  queue: <path d="M2.5 4h11M2.5 8h8M2.5 12h5" />,
  log: <path d="M3.5 2.5h9v11h-9ZM6 5.5h4M6 8h4M6 10.5h2.5" />,
  rule: <path d="M3 4h4v3H3ZM9 9.5h4v3H9ZM5 7v4h4" />,
  search: (
    <>
      <circle cx="7" cy="7" r="4.2" />
      <path d="m10.2 10.2 3.3 3.3" />
    </>
  ),
  skill: <path d="m8 2.5 1.7 3.5 3.8.5-2.8 2.7.7 3.8L8 11.2 4.6 13l.7-3.8L2.5 6.5 6.3 6Z" />,
  source: <path d="M2.5 8h7M6.5 4.5 10 8l-3.5 3.5M13 3v10" />,
  team: <path d="M3 13.5v-5h4v5M9 13.5v-8h4v8M2 13.5h12" />,
  token: (
    <>
      <circle cx="5.2" cy="10.8" r="2.7" />
      <path d="m7.2 8.8 6-6M10.5 5.5l2 2" />
    </>
  ),
  views: <path d="M4.5 2.5h7v11L8 10.7l-3.5 2.8Z" />,
  webhook: <path d="M2.5 13V9.5h8M8 7l2.5 2.5L8 12M13.5 3v3.5h-8M8 4 5.5 6.5 8 9" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof SHAPES;

/** Says nothing to who does not see it: a word stands beside it, or the control has a name. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      className="icon"
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {SHAPES[name]}
    </svg>
  );
}
