/** A call while it lasts: how long, with which number, talking or on hold. Its controls stand in the action bar below. */
import type { WorkItemFacts } from './desk-state';
import { Elapsed } from './Parts';
import { t } from './language';

interface CallPanelProps {
  item: WorkItemFacts;
  /** Null where the desk was opened after the call was put on hold. */
  heldSince: string | null;
}

export function CallPanel({ item, heldSince }: CallPanelProps) {
  const held = item.state === 'ON_HOLD';
  return (
    <section className="call" data-held={held} aria-label={t('Call')}>
      <p className="call-time">{item.acceptedAt !== null && <Elapsed since={item.acceptedAt} label={t('Call')} />}</p>
      <div>
        <p className="call-number">{item.customerAddress ?? t('Number withheld')}</p>
        <p className="soft">
          {held ? (
            <>
              {t('The customer is on hold')}
              {heldSince !== null && (
                <>
                  {' for '}
                  <Elapsed since={heldSince} label={t('On hold')} />
                </>
              )}
            </>
          ) : item.direction === 'OUTBOUND' ? (
            t('You called the customer')
          ) : (
            t('The customer called')
          )}
        </p>
      </div>
    </section>
  );
}
