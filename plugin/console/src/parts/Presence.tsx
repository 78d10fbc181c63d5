/** A presence with the mark that the desk gives it. */
import type { Availability } from '../generated/operations';

export const Presence = ({ status }: { status: { name: string; availability: Availability } }) => (
  <span className="row presence-word">
    <span className="dot" data-availability={status.availability} aria-hidden="true" /> {status.name}
  </span>
);
