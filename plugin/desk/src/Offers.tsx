/** What rings now: a card for each offer, and one sentence for who cannot see them. */
import { useLayoutEffect, useRef } from 'react';
import type { OfferFacts } from './desk-state';
import { OfferCard } from './OfferCard';
import type { OfferAnswers } from './useOfferAnswers';
import { channelWord } from './words';
import { t } from './language';

const caller = (offer: OfferFacts): string =>
  offer.interaction.customer?.name ?? offer.interaction.customerAddress ?? `#${offer.interaction.number}`;

/** For the title, the notification and the screen reader; null when nothing rings. */
export function ringingWords(offers: readonly OfferFacts[]): string | null {
  const first = offers[0];
  if (!first) return null;
  const vip = first.interaction.customer?.tier === 'VIP' ? 'VIP ' : '';
  const others = offers.length > 1 ? ` ${t('and {{n}} more', { n: offers.length - 1 })}` : '';
  return `${channelWord[first.interaction.channel]}: ${vip}${caller(first)}${others}`;
}

interface OffersProps {
  offers: readonly OfferFacts[];
  /** Nothing else is on the screen: the cards stand in its middle. */
  stage: boolean;
  declining: string | null;
  decline: (id: string | null) => void;
  answers: OfferAnswers;
}

/** Tells the style sheet how much of the column the cards take, so that toasts stand above them. */
function useHeight(shown: boolean) {
  const section = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const { style } = document.documentElement;
    if (!section.current || !shown) return;
    const observer = new ResizeObserver(([entry]) => style.setProperty('--offers-height', `${entry?.borderBoxSize[0]?.blockSize ?? 0}px`));
    observer.observe(section.current);
    return () => {
      observer.disconnect();
      style.removeProperty('--offers-height');
    };
  }, [shown]);
  return section;
}

export function Offers({ offers, stage, declining, decline, answers }: OffersProps) {
  const words = ringingWords(offers);
  const section = useHeight(offers.length > 0 && !stage);
  return (
    <section className="offers" data-stage={stage} aria-label={t('Offers')} ref={section}>
      <p className="hidden" aria-live="assertive">
        {words === null ? '' : t('Work is offered. {{words}}. Press A to accept, D to decline.', { words })}
      </p>
      {offers.map((offer, index) => (
        <OfferCard
          key={offer.id}
          offer={offer}
          first={index === 0}
          declining={declining === offer.id}
          setDeclining={(yes) => decline(yes ? offer.id : null)}
          answers={answers}
        />
      ))}
    </section>
  );
}
