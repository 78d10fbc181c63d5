/** A time as people read it, and to the second for whoever points at it. */
import { exactMoment, moment } from '../language';

export function Time({ at, className }: { at: string | null | undefined; className?: string }) {
  if (!at) return null;
  return (
    <time dateTime={at} title={exactMoment(at)} className={className}>
      {moment(at)}
    </time>
  );
}
