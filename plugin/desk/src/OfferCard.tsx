/** One offer: who, on which channel, how long they have waited, why it came to me, and how long I have to answer. */
import { toldOfOffer } from '@patchbay/pages/offer-words';
import { named, namedWithin } from '@patchbay/pages/names';
import { Countdown } from './Countdown';
import type { OfferFacts } from './desk-state';
import { useDraft } from './drafts';
import { Icon } from './Icon';
import { Due, Elapsed, Key, Problem, Vip } from './Parts';
import type { OfferAnswers } from './useOfferAnswers';
import { channelWord, DECLINE_REASONS } from './words';
import { t } from './language';

interface OfferCardProps {
  offer: OfferFacts;
  /** The keys answer the first. */
  first: boolean;
  declining: boolean;
  setDeclining: (yes: boolean) => void;
  answers: OfferAnswers;
}

function DeclineReasons({ offer, answers, back }: { offer: OfferFacts; answers: OfferAnswers; back: () => void }) {
  const [reason, setReason] = useDraft(`decline:${offer.id}`);
  const busy = answers.busy !== null;
  return (
    <form
      className="decline"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() !== '') void answers.decline(offer.id, reason.trim());
      }}
    >
      <p className="label">{t('Why do you decline?')}</p>
      <div className="chips">
        {DECLINE_REASONS.map((one, index) => (
          <button
            key={one}
            type="button"
            className="chip"
            autoFocus={index === 0}
            disabled={busy}
            onClick={() => void answers.decline(offer.id, t(one))}
          >
            {t(one)}
          </button>
        ))}
      </div>
      <div className="row">
        <input
          aria-label={t('Another reason')}
          placeholder={t('Another reason')}
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <button type="submit" className="button" disabled={busy || reason.trim() === ''}>
          {t('Decline')}
        </button>
      </div>
      <button type="button" className="button quiet small" onClick={back}>
        <Icon name="back" size={14} />
        {t('Don’t decline')}
      </button>
    </form>
  );
}

export function OfferCard({ offer, first, declining, setDeclining, answers }: OfferCardProps) {
  const { interaction } = offer;
  const why = namedWithin(offer.why, { queue: [offer.queue] });
  const { customer } = interaction;
  const reasons = why.points.map(toldOfOffer);
  const busy = answers.busy !== null;
  return (
    <article
      className="offer"
      aria-label={t('Offer: {{channel}} for {{queue}}', { channel: channelWord[interaction.channel], queue: named(offer.queue) })}
    >
      <div className="offer-top">
        <Countdown from={offer.offeredAt} to={offer.expiresAt} />
        <div className="offer-who">
          <p className="offer-channel">
            <Icon name={interaction.channel} size={14} />
            {interaction.direction === 'OUTBOUND' && `${t('Outbound')} `}
            {channelWord[interaction.channel]} · {named(offer.queue)}
          </p>
          <p className="offer-name">
            {customer?.tier === 'VIP' && <Vip />}
            <strong className="clip">{customer?.name ?? interaction.customerAddress ?? t('Unknown customer')}</strong>
          </p>
          {customer !== null && interaction.customerAddress !== null && <p className="soft clip">{interaction.customerAddress}</p>}
        </div>
      </div>
      {interaction.subject !== null && <p className="offer-subject">{interaction.subject}</p>}
      <p className="offer-facts">
        {interaction.queuedAt !== null && (
          <span>
            {t('Waiting')} <Elapsed since={interaction.queuedAt} label={t('Waiting')} />
          </span>
        )}
        <Due clocks={interaction.clocks} />
        {interaction.escalationLevel > 0 && <span className="bad-text">{t('Escalated {{n}}×', { n: interaction.escalationLevel })}</span>}
      </p>
      <div className="offer-why">
        <p>{reasons[0] ?? why.summary}</p>
        {first && reasons.length > 1 && (
          <ul>
            {reasons.slice(1).map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        )}
      </div>
      {declining ? (
        <DeclineReasons offer={offer} answers={answers} back={() => setDeclining(false)} />
      ) : (
        <div className="offer-answers">
          <button type="button" className="button accept" disabled={busy} onClick={() => void answers.accept(offer)}>
            {t('Accept')}
            {first && <Key>A</Key>}
          </button>
          <button type="button" className="button" disabled={busy} onClick={() => setDeclining(true)}>
            {t('Decline')}
            {first && <Key>D</Key>}
          </button>
        </div>
      )}
      <Problem problem={answers.problems[offer.id] ?? null} />
    </article>
  );
}
