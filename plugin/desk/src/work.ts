/** What the desk computes: durations in words, the order of work, which actions are legal. Pure. */
import { named, type Translated } from '@patchbay/pages/names';
import { channels, type Channel } from './generated/channels';
import type { InteractionCommand, InteractionState, SlaClockState, SlaMilestoneKind } from './generated/operations';
import { inWords, stopwatch } from '@patchbay/pages/formats';
import { said, t, type Said } from './language';

// --- durations ----------------------------------------------------------------------------------------------------

const DAY = 86_400_000;

/** A running time: on a stopwatch within the day, in days after that. */
export const runningTime = (ms: number): string => (ms < DAY ? stopwatch(ms) : inWords(ms));

/** How much of a span is left at `now`: 1 at its start, 0 at its end and after. */
export function shareLeft(from: string, to: string, now: number): number {
  const start = Date.parse(from);
  const end = Date.parse(to);
  return end <= start ? 0 : Math.min(1, Math.max(0, (end - now) / (end - start)));
}

// --- SLA ----------------------------------------------------------------------------------------------------------

/** What of a clock says whether, and when, it is due. */
export interface DueFacts {
  kind: SlaMilestoneKind;
  state: SlaClockState;
  dueAt: string | null;
}

/** The running clock that is due first; undefined where none runs. */
export function nextDue<C extends DueFacts>(clocks: readonly C[]): C | undefined {
  return clocks
    .filter((clock) => clock.state === 'RUNNING' && clock.dueAt !== null)
    .sort((a, b) => Date.parse(a.dueAt ?? '') - Date.parse(b.dueAt ?? '') || (a.kind < b.kind ? -1 : 1))[0];
}

// --- channels ------------------------------------------------------------------------------------------------------

export const isCall = ({ channel }: { channel: Channel }): boolean => channels[channel].conversation === 'SPOKEN';
export const isMail = ({ channel }: { channel: Channel }): boolean => channels[channel].address === 'MAIL';
/** Else it is our own record of something to do, which nobody is spoken to about. */
export const isConversation = (channel: Channel): boolean => channels[channel].conversation !== 'NONE';

// --- the list of work ---------------------------------------------------------------------------------------------

export interface HeldFacts {
  id: string;
  channel: Channel;
  state: InteractionState;
  acceptedAt: string | null;
  clocks: readonly DueFacts[];
}

export type SectionKind = 'now' | 'finish' | 'waiting';

export interface Section<I> {
  kind: SectionKind;
  items: I[];
}

const sectionOf = (state: InteractionState): SectionKind =>
  state === 'WRAP_UP' ? 'finish' : state === 'WAITING_FOR_CUSTOMER' ? 'waiting' : 'now';

/** A call before a chat before everything that can wait. */
const patience = (channel: Channel): number => (channels[channel].live ? channels[channel].order : Number.MAX_SAFE_INTEGER);

/**
 * Somebody on the line comes first, then what is due first, then what was accepted first. Nothing in the order moves
 * with the clock, so that a row stays where it is until something happens to it.
 */
function compareHeld(a: HeldFacts, b: HeldFacts): number {
  const due = (item: HeldFacts): number => Date.parse(nextDue(item.clocks)?.dueAt ?? '9999-01-01T00:00:00Z');
  const accepted = (item: HeldFacts): number => Date.parse(item.acceptedAt ?? '9999-01-01T00:00:00Z');
  return (
    patience(a.channel) - patience(b.channel) || due(a) - due(b) || accepted(a) - accepted(b) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  );
}

/** What is held, in the order it is shown: to work on now, to finish, waiting for the customer; no empty sections. */
export function sections<I extends HeldFacts>(held: readonly I[]): Section<I>[] {
  return (['now', 'finish', 'waiting'] as const)
    .map((kind) => ({ kind, items: held.filter((item) => sectionOf(item.state) === kind).sort(compareHeld) }))
    .filter((section) => section.items.length > 0);
}

/** The neighbour `step` rows away, stopping at the ends; the first where nothing is selected; null in an empty list. */
export function neighbour(ids: readonly string[], selected: string | null, step: number): string | null {
  const at = selected === null ? -1 : ids.indexOf(selected);
  if (at < 0) return ids[0] ?? null;
  return ids[Math.min(ids.length - 1, Math.max(0, at + step))] ?? null;
}

/**
 * What is selected after the list changed. What was accepted just now takes the screen; what is gone gives it to the
 * row that moved up into its place.
 */
export function selectionAfter(
  before: readonly string[],
  after: readonly string[],
  selected: string | null,
  accepted: string | null,
): string | null {
  if (accepted !== null && after.includes(accepted)) return accepted;
  if (selected !== null && after.includes(selected)) return selected;
  const at = selected === null ? 0 : Math.max(0, before.indexOf(selected));
  return after[Math.min(at, after.length - 1)] ?? null;
}

/** Ids whose facts differ between two snapshots, new ones included; what left is not among them, nor what only ticked. */
export function changedIds<I extends { id: string }>(before: readonly I[], after: readonly I[]): string[] {
  const told = (item: I): string => JSON.stringify(item, (key, value: unknown) => (key === 'usedSeconds' ? undefined : value));
  const known = new Map(before.map((item) => [item.id, told(item)]));
  return after.filter((item) => known.get(item.id) !== told(item)).map((item) => item.id);
}

// --- what may be done ---------------------------------------------------------------------------------------------

export type ActionKind = 'resume' | 'hold' | 'await' | 'transfer' | 'escalate' | 'end' | 'close';

export interface Action {
  kind: ActionKind;
  label: string;
  /** Pressed alone while nothing is being typed. */
  key: string;
  /** Asks for something before it is done: a place, a reason, a yes. */
  asks: boolean;
}

/** What an agent may do, by the command the life cycle must allow; the order is the one on the screen. */
const ACTIONS: readonly (Omit<Action, 'label'> & { label: Said; command: InteractionCommand })[] = [
  { command: 'RESUME', kind: 'resume', label: said('Resume'), key: 'h', asks: false },
  { command: 'HOLD', kind: 'hold', label: said('Hold'), key: 'h', asks: false },
  { command: 'AWAIT_CUSTOMER', kind: 'await', label: said('Wait for customer'), key: 'w', asks: false },
  { command: 'TRANSFER', kind: 'transfer', label: said('Transfer'), key: 't', asks: true },
  { command: 'ESCALATE', kind: 'escalate', label: said('Escalate'), key: 'x', asks: true },
  { command: 'END', kind: 'end', label: said('End'), key: 'e', asks: true },
  { command: 'CLOSE', kind: 'close', label: said('Close'), key: 'c', asks: true },
];

/** The actions to show for what the engine says is legal; nothing else is ever offered. */
export function actionsFor(item: { channel: Channel; state: InteractionState; legalCommands: readonly InteractionCommand[] }): Action[] {
  return ACTIONS.filter(({ command, kind }) => {
    if (!item.legalCommands.includes(command)) return false;
    const { channel } = item;
    // A customer on the line is not sent away to write.
    if (kind === 'await') return !isCall(item);
    // A case is no conversation: it is closed, not ended.
    if (kind === 'end') return isConversation(channel);
    // While somebody is there, closing would hang up on them: end first.
    if (kind === 'close') return item.state === 'WRAP_UP' || !channels[channel].live;
    return true;
  }).map(({ kind, label, key, asks }) => ({
    kind,
    key,
    asks,
    label:
      kind === 'end'
        ? isCall(item)
          ? t('End call')
          : t('End')
        : kind === 'resume' && item.state === 'WAITING_FOR_CUSTOMER'
          ? t('Take up again')
          : t(label),
  }));
}

const TALKING: readonly InteractionState[] = ['ACTIVE', 'ON_HOLD', 'WAITING_FOR_CUSTOMER'];

/** Whether a reply can be written: on a channel of letters, while the conversation lasts. */
export function canReply(item: { channel: Channel; state: InteractionState }): boolean {
  return isConversation(item.channel) && !isCall(item) && TALKING.includes(item.state);
}

/** Dispositions for a channel whose name, the center's own or the reader's, holds all the words typed. */
export function matchingDispositions<D extends Translated & { channels: readonly Channel[]; active: boolean }>(
  all: readonly D[],
  channel: Channel,
  typed: string,
): D[] {
  return all.filter(
    (one) => one.active && (one.channels.length === 0 || one.channels.includes(channel)) && matches(`${one.name} ${named(one)}`, typed),
  );
}

/** Letters as they are compared: without case and without accents, so that "dvorak" finds Dvořák. */
export const folded = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ł', 'l').replaceAll('Ł', 'L').toLowerCase();

/** Whether each word typed is found in the text, in any order. */
export function matches(text: string, typed: string): boolean {
  const hay = folded(text);
  return folded(typed)
    .split(/\s+/)
    .every((word) => hay.includes(word));
}

// --- splitting messages off ----------------------------------------------------------------------------------------

const HELD: readonly InteractionState[] = [...TALKING, 'WRAP_UP'];
/** As many as the engine takes at once. */
const MOST_SPLIT_OFF = 100;

/** Whether messages can become an interaction of their own. A call's notes cannot: nobody would be on that line. */
export const canSplitOff = (item: { channel: Channel; state: InteractionState }): boolean => !isCall(item) && HELD.includes(item.state);

/** What is to be done before `chosen` of the `all` messages can be split off; null where they can. */
export function whyNotSplitOff(chosen: number, all: number): string | null {
  if (all < 2) return t('There is nothing to split: the conversation has only one message.');
  if (chosen === 0) return t('Choose the messages that are about something else.');
  if (chosen === all) return t('At least one message stays; take one out.');
  if (chosen > MOST_SPLIT_OFF) return t('At most {{n}} messages can be split off at once; take some out.', { n: MOST_SPLIT_OFF });
  return null;
}

// --- messages -----------------------------------------------------------------------------------------------------

/** A mail's own words, and the earlier mail it quotes below them; put together they are the whole text. */
export function splitQuote(text: string): { own: string; quoted: string } {
  const lines = text.split('\n');
  let at = lines.length;
  while (at > 0 && (lines[at - 1] === '' || (lines[at - 1] ?? '').startsWith('>'))) at -= 1;
  if (!lines.slice(at).some((line) => line.startsWith('>'))) return { own: text, quoted: '' };
  // "On Monday Jan wrote:" announces what is quoted.
  if (at > 1 && (lines[at - 1] ?? '').trimEnd().endsWith(':')) at -= 1;
  const own = lines.slice(0, at).join('\n');
  return at === 0 ? { own: text, quoted: '' } : { own, quoted: text.slice(own.length) };
}

/** A mail's subject where it is another than that of its interaction, whatever stands before it; null where it says the same. */
export function otherSubject(subject: string | null, whole: string | null): string | null {
  const bare = (text: string | null): string =>
    (text ?? '')
      .replace(/^(\s*(re|odp|odpověď|aw|sv|fw|fwd|wg|tr|vs)\s*(\[\d+\])?\s*:)+/i, '')
      .replace(/\s+/g, ' ')
      .trim()
      .toLowerCase();
  return subject !== null && bare(subject) !== '' && bare(subject) !== bare(whole) ? subject : null;
}

/** Up to two letters for a face: of the first and the last word. */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/\s+/)
    .filter((word) => /^\p{L}/u.test(word));
  const letters = words.length > 1 ? [words[0], words[words.length - 1]] : [words[0]];
  return letters.map((word) => [...(word ?? '')][0]?.toUpperCase() ?? '').join('');
}
