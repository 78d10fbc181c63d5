/** A call while it lasts: how long, with which number, talking or on hold. Its controls stand in the action bar below. */
import type { WorkItemFacts } from './desk-state';
import { Elapsed } from './Parts';

interface CallPanelProps {
  item: WorkItemFacts;
  /** Null where the desk was opened after the call was put on hold. */
  heldSince: string | null;
}

export function CallPanel({ item, heldSince }: CallPanelProps) {
  const held = item.state === 'ON_HOLD';
  return (
    <section className="call" data-held={held} aria-label="Call">
      <p className="call-time">{item.acceptedAt !== null && <Elapsed since={item.acceptedAt} label="Call" />}</p>
      <div>
        <p className="call-number">{item.customerAddress ?? 'Number withheld'}</p>
        <p className="soft">
          {held ? (
            <>
              The customer is on hold
              {heldSince !== null && (
                <>
                  {' for '}
                  <Elapsed since={heldSince} label="On hold" />
                </>
              )}
            </>
          ) : item.direction === 'OUTBOUND' ? (
            'You called the customer'
          ) : (
            'The customer called'
          )}
        </p>
      </div>
    </section>
  );
}
