/** A time as people read it, and to the second for whoever points at it. */
import { useState } from 'react';
import { exactMoment, moment, shortMoment } from '../language';

interface TimeProps {
  at: string | null | undefined;
  className?: string;
  /** Says no more of the day than tells it from others: for a list of many columns. */
  short?: boolean;
}

export function Time({ at, className, short = false }: TimeProps) {
  const [drawn] = useState(Date.now);
  if (!at) return null;
  return (
    <time dateTime={at} title={exactMoment(at)} className={className}>
      {short ? shortMoment(at, drawn) : moment(at)}
    </time>
  );
}
