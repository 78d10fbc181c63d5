/** Everything that happened to an interaction, newest first: who or what did it, because of what, and what came of it. */
import { useEffect, useState } from 'react';
import { ago } from '@patchbay/pages/formats';
import { actorWord } from '@patchbay/pages/actor-words';
import { toldOfOffer } from '@patchbay/pages/offer-words';
import { Link, useLocation } from 'react-router';
import { eventWord } from '../event-words';
import { InteractionStoryDocument, type InteractionRecordQuery } from '../generated/operations';
import { duration, exactMoment, moment, t } from '../language';
import { Tag } from '../parts/Tag';
import { useRows } from '../parts/useRows';
import { Why, type Reasons } from '../parts/Why';
import { useMay } from '../session';
import { groups, happenings, type Happening, type Line } from '../story';
import { useNames } from '../parts/useNames';
import { beganWord, endedWord, lineNote, lineWord } from '../story-words';
import { toldLang, toldWord } from '../told-words';
import { Effects } from './RuleDryRun';
import { Outcome } from './RuleRunLines';
import '../styles/story.css';

export function Story({ told }: { told: InteractionRecordQuery['interaction'] }) {
  const rules = useMay(['ADMIN', 'SUPERVISOR']);
  const list = useRows(InteractionStoryDocument, { id: told.id, rules }, (data) => data.interaction.story);
  const lines = list.rows ?? [];
  useAskedFor(lines, list.more, list.loading);
  const inOrder = happenings(lines, told.clocks, list.more === null);
  const now = useNow();
  const known = new Set(lines.map(({ event }) => event.seq));
  return (
    <section className="card" aria-labelledby="story">
      <h2 id="story">{t('What happened')}</h2>
      {list.problem && (
        <p className="problem" role="alert">
          {list.problem.message}
        </p>
      )}
      {list.rows?.length === 0 && <p className="soft">{t('The log has nothing of it any more.')}</p>}
      <ol className="story">
        {groups(inOrder).map((group) => (
          <Group key={group[0]?.key} group={group} known={known} now={now} />
        ))}
      </ol>
      {list.more && (
        <button type="button" className="button more" disabled={list.loading} onClick={list.more}>
          {t('Show more')}
        </button>
      )}
    </section>
  );
}

/** A link to one event brings that many pages, and the event into view. */
function useAskedFor(lines: readonly Line[], more: (() => void) | null, loading: boolean): void {
  const [, asked] = /^#event-(\d+)$/.exec(useLocation().hash) ?? [];
  const oldest = lines.at(-1)?.event.seq;
  const isMissing = asked !== undefined && oldest !== undefined && BigInt(oldest) > BigInt(asked);
  useEffect(() => {
    if (isMissing && !loading) more?.();
  }, [isMissing, loading, more]);
  const isThere = asked !== undefined && lines.some(({ event }) => event.seq === asked);
  useEffect(() => {
    if (isThere) document.getElementById(`event-${asked}`)?.scrollIntoView({ block: 'center' });
  }, [isThere, asked]);
}

const TICK_MS = 30_000;

/** The present, for what is told as so long ago. */
function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

const actorOf = (one: Happening | undefined): string =>
  one?.is === 'event' ? `${one.line.event.actor.kind} ${one.line.event.actor.name}` : '';

function Group({ group, known, now }: { group: readonly Happening[]; known: ReadonlySet<string>; now: number }) {
  const at = group[0]?.at ?? '';
  const inside = new Set(group.map(({ key }) => key));
  return (
    <li className="story-group">
      <p className="story-time">
        <time dateTime={at}>{exactMoment(at)}</time>
        <span className="faint">{ago(now - Date.parse(at))}</span>
      </p>
      <ol>
        {group.map((one, index) => {
          if (one.is !== 'event')
            return (
              <li key={one.key} className="soft">
                {one.is === 'began' ? beganWord(one.clock) : endedWord(one.clock)}
              </li>
            );
          return (
            <li key={one.key} id={`event-${one.line.event.seq}`}>
              <Told line={one.line} by={actorOf(one) !== actorOf(group[index - 1])} inside={inside} known={known} />
            </li>
          );
        })}
      </ol>
    </li>
  );
}

interface ToldProps {
  line: Line;
  /** Whether it is said who did it: once for what one person did at once. */
  by: boolean;
  /** Numbers of the events of the same group, beside which a cause need not be named. */
  inside: ReadonlySet<string>;
  /** Numbers of the events that are on the page. */
  known: ReadonlySet<string>;
}

function Told({ line: said, by, inside, known }: ToldProps) {
  const line = useNames()(said);
  const { event, cause, offer, message, ruleRun, ruleRuns } = line;
  const note = lineNote(line);
  const what = lineWord(line);
  const actor = actorWord(event.actor);
  const isSaid = !ruleRun && what.includes(actor);
  return (
    <>
      <p className="row">
        <strong>{what}</strong>
        {event.type === 'interaction.offered' && offer && <OfferEnd offer={offer} />}
        {event.type === 'interaction.message_sent' && message?.delivery === 'PENDING' && <Tag tone="warn">{t('Not sent yet')}</Tag>}
        {event.type === 'interaction.message_sent' && message?.delivery === 'FAILED' && <Tag tone="bad">{t('Not delivered')}</Tag>}
        {by && !isSaid && <span className="soft">{ruleRun ? <Link to={`/rule-runs/${ruleRun.id}`}>{actor}</Link> : actor}</span>}
        {cause && !inside.has(cause.seq) && <Cause cause={cause} here={known.has(cause.seq)} />}
      </p>
      {note !== null && <p className="story-note">{note}</p>}
      {message?.deliveryError && /message_(failed|delayed)$/.test(event.type) && (
        <p className="bad-text" lang={toldLang(message.deliveryTold)}>
          {toldWord(message.deliveryTold, message.deliveryError)}
        </p>
      )}
      {event.type === 'interaction.offered' && offer && (
        <details>
          <summary>{t('Why this agent?')}</summary>
          <Why why={reasonsOf(offer)} />
        </details>
      )}
      {ruleRuns?.map((run) => (
        <div key={run.id} className="story-run">
          <p className="row">
            <Outcome outcome={run.outcome} />
            <Link to={`/rule-runs/${run.id}`}>{run.rule?.name ?? run.slaPolicy?.name ?? t('A rule that is deleted')}</Link>
            {run.reason && (
              <span className="soft" lang={toldLang(run.told)}>
                {toldWord(run.told, run.reason)}
              </span>
            )}
          </p>
          {run.outcome === 'DONE' && <Effects effects={run.effects} none={t('Nothing changed: it was so already.')} />}
        </div>
      ))}
    </>
  );
}

function reasonsOf({ why: { summary, points } }: NonNullable<Line['offer']>): Reasons {
  const [first, ...others] = points.map(toldOfOffer);
  return { summary: first ?? summary, points: others };
}

function OfferEnd({ offer: { state, offeredAt, respondedAt, expiresAt } }: { offer: NonNullable<Line['offer']> }) {
  const after = respondedAt ? duration((Date.parse(respondedAt) - Date.parse(offeredAt)) / 1_000) : '';
  if (state === 'PENDING') return <Tag tone="warn">{t('Rings until {{when}}', { when: moment(expiresAt) })}</Tag>;
  if (state === 'ACCEPTED') return <Tag tone="good">{t('Accepted after {{after}}', { after })}</Tag>;
  if (state === 'DECLINED') return <Tag tone="bad">{t('Declined after {{after}}', { after })}</Tag>;
  return state === 'LAPSED' ? <Tag tone="bad">{t('Unanswered')}</Tag> : <Tag tone="off">{t('Taken back')}</Tag>;
}

function Cause({ cause: { seq, type, interaction }, here }: { cause: NonNullable<Line['cause']>; here: boolean }) {
  const what = t('because: {{what}}', { what: eventWord(type, type) });
  if (here) return <a href={`#event-${seq}`}>{what}</a>;
  return interaction ? (
    <Link to={`/interactions/${interaction.id}#event-${seq}`}>
      {what} #{interaction.number}
    </Link>
  ) : (
    <span className="faint">{what}</span>
  );
}
