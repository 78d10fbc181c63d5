/** What the smaller pages share: the agent's work is received, what rings stands on top, and the keys answer it. */
import { useState, type ReactNode } from 'react';
import { EngineClock } from '@patchbay/pages/engine-clock';
import { Banner } from './Banner';
import type { DeskState } from './desk-state';
import { ClockContext, ReadAtContext } from './engine-clock';
import { t } from './language';
import { Offers } from './Offers';
import type { PageProps } from './start';
import { Toasts, useToast } from './Toasts';
import { useKeys } from './useKeys';
import type { PresenceCommand } from './usePresence';
import { useRinging } from './useRinging';
import { useWork } from './useWork';

export interface Floor {
  state: DeskState;
  presence: PresenceCommand;
}

interface SidePageProps extends PageProps {
  name: string;
  label: string;
  /** What Escape closes, after a question about declining. */
  dismiss: () => void;
  children: (floor: Floor) => ReactNode;
}

function SideFloor({ connection, signedOut, name, label, dismiss, children, clock }: SidePageProps & { clock: EngineClock }) {
  const { state, send, lost, refusal, again } = useWork(connection, clock);
  const toast = useToast();
  const { answers, presence, acceptFirst, declineFirst, back } = useRinging(state, send, () =>
    toast({ text: t('Accepted. It waits for you on the Desk page.') }),
  );
  const { work, declining } = state;
  const offers = work?.offers ?? [];
  const onKeyDown = useKeys(
    {
      covered: false,
      ringing: offers.length > 0,
      notResponding: work !== null && work.agent.notRespondingSince !== null,
      selected: false,
      actions: [],
      canReply: false,
      canSplitOff: false,
    },
    (intent) => {
      if (intent.do === 'accept') acceptFirst();
      else if (intent.do === 'decline') declineFirst();
      else if (intent.do === 'back') back();
      else if (intent.do === 'dismiss') declining === null ? dismiss() : send({ type: 'decline', id: null });
    },
  );
  return (
    <div className={`side ${name}`} onKeyDown={onKeyDown}>
      <Banner
        lost={lost}
        signedOut={signedOut}
        refusal={refusal}
        again={again}
        agent={work?.agent ?? null}
        back={back}
        presence={presence}
      />
      <ReadAtContext value={work?.at ?? null}>
        <Offers offers={offers} stage={false} declining={declining} decline={(id) => send({ type: 'decline', id })} answers={answers} />
      </ReadAtContext>
      <main className="side-main" aria-label={label}>
        {children({ state, presence })}
      </main>
    </div>
  );
}

export function SidePage(props: SidePageProps) {
  const [clock] = useState(() => new EngineClock());
  return (
    <ClockContext value={clock}>
      <Toasts>
        <SideFloor {...props} clock={clock} />
      </Toasts>
    </ClockContext>
  );
}
