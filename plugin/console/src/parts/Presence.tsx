/** A presence with the mark that the desk gives it. */
import { named, type Translated } from '@patchbay/pages/names';
import type { Availability } from '../generated/operations';

export const Presence = ({ status }: { status: Translated & { availability: Availability } }) => (
  <span className="row presence-word">
    <span className="dot" data-availability={status.availability} aria-hidden="true" /> {named(status)}
  </span>
);
