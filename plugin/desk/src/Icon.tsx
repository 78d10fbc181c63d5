/** The desk's drawings, 16 by 16, in the colour of the text around them. */
import type { ReactNode } from 'react';
import { channels, type Channel } from './generated/channels';
import { channelWord } from './words';

const SHAPES = {
  accept: <path d="m3 8.5 3.2 3.2L13 4.8" />,
  add: <path d="M8 3v10M3 8h10" />,
  back: <path d="M10 3 5 8l5 5" />,
  bell: (
    <>
      <path d="M3 11.5c1-1 1.3-2 1.3-4.2a3.7 3.7 0 0 1 7.4 0c0 2.2.3 3.2 1.3 4.2Z" />
      <path d="M6.7 13.4a1.4 1.4 0 0 0 2.6 0" />
    </>
  ),
  clip: <path d="m13 7.5-5.2 5.1a3.1 3.1 0 0 1-4.4-4.4L8.8 3a2.05 2.05 0 0 1 2.9 2.9l-5.2 5.2a1 1 0 0 1-1.5-1.5L9.7 4.9" />,
  close: <path d="m4 4 8 8M12 4l-8 8" />,
  down: <path d="m4 6 4 4 4-4" />,
  edit: <path d="m10.5 3 2.5 2.5-7.3 7.3-3.2.7.7-3.2Z" />,
  end: <path d="M2 10.3c3.3-3.7 8.7-3.7 12 0l-1.3 1.7-2.7-1V9.2a8 8 0 0 0-4 0V11l-2.7 1Z" />,
  escalate: <path d="M8 13V3.5M4 7.2 8 3.2l4 4" />,
  finish: <path d="M4 13.5v-11h8l-2 3 2 3H4" />,
  help: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M6.2 6.3a1.85 1.85 0 1 1 2.6 1.7c-.5.3-.8.6-.8 1.2M8 11.3h.01" />
    </>
  ),
  hold: <path d="M5.5 3.5v9M10.5 3.5v9" />,
  link: (
    <path d="M6.7 9.3a2.5 2.5 0 0 0 3.6 0l2.2-2.2a2.5 2.5 0 0 0-3.6-3.6L8 4.4M9.3 6.7a2.5 2.5 0 0 0-3.6 0L3.5 8.9a2.5 2.5 0 0 0 3.6 3.6l.9-.9" />
  ),
  next: <path d="M8 2.5v7M5 7l3 3 3-3M2.5 10.5v3h11v-3" />,
  out: <path d="M9 3h4v4M13 3 7.5 8.5M11.5 9.5V13H3V4.5h3.5" />,
  note: (
    <>
      <rect x="3.5" y="7" width="9" height="6.5" rx="1" />
      <path d="M5.5 7V5a2.5 2.5 0 0 1 5 0v2" />
    </>
  ),
  person: (
    <>
      <circle cx="8" cy="5.5" r="2.7" />
      <path d="M2.8 13.5a5.3 5.3 0 0 1 10.4 0" />
    </>
  ),
  resume: <path d="M5 3.3v9.4L12.5 8Z" />,
  search: (
    <>
      <circle cx="7" cy="7" r="4.2" />
      <path d="m10.2 10.2 3.3 3.3" />
    </>
  ),
  send: <path d="M13.8 2.2 2.2 6.7l4.6 2.5 2.5 4.6Z" />,
  transfer: <path d="M2.5 5.5h10M9.7 2.7l2.8 2.8-2.8 2.8M13.5 10.5h-10M6.3 7.7l-2.8 2.8 2.8 2.8" />,
  wait: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 4.5V8l2.3 1.5" />
    </>
  ),
  warn: <path d="M8 2.5 14.3 13.5H1.7ZM8 6.5v3.2M8 11.6h.01" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof SHAPES;

export function Icon({ name, size = 16 }: { name: IconName | Channel; size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {name in channels ? <path d={channels[name as Channel].icon} /> : SHAPES[name as IconName]}
    </svg>
  );
}

/** A channel's drawing where no word stands beside it: it says its name to who hears the page, and to who points at it. */
export function ChannelIcon({ channel, size = 16 }: { channel: Channel; size?: number }) {
  return (
    <span className="channel-icon" role="img" aria-label={channelWord[channel]} title={channelWord[channel]}>
      <Icon name={channel} size={size} />
    </span>
  );
}
