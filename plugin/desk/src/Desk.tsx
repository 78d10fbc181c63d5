/** The agent's desk: puts the columns together, and does what a key or a button of the bar means. */
import { useState } from 'react';
import { useApolloClient } from '@apollo/client/react';
import type { Connection } from '@patchbay/graphql/client';
import { EngineClock } from '@patchbay/pages/engine-clock';
import { toldToAgent } from '@patchbay/pages/explanations';
import { Banner } from './Banner';
import { CustomerPane } from './CustomerPane';
import { shownIds, type Open, type Pane } from './desk-state';
import { useEdge } from './edge';
import { ClockContext, ReadAtContext } from './engine-clock';
import { PullWorkDocument } from './generated/operations';
import { Header } from './Header';
import { Idle } from './Idle';
import type { Intent } from './keys';
import { inReadersNames } from './names';
import { NewInteraction } from './NewInteraction';
import { Offers } from './Offers';
import { Skeleton } from './Parts';
import { problemOf } from './problem';
import { Reading } from './Reading';
import { Shortcuts } from './Shortcuts';
import { Talk } from './Talk';
import { Toasts, useToast } from './Toasts';
import { useActions } from './useActions';
import { useAsked } from './useAsked';
import { useKeys } from './useKeys';
import { useNotifications } from './useNotifications';
import { useRinging } from './useRinging';
import { useWork } from './useWork';
import { WhyNoWork } from './WhyNoWork';
import { actionsFor, canReply, canSplitOff, neighbour } from './work';
import { WorkList } from './WorkList';
import { t } from './language';

interface DeskProps {
  agentId: string;
  connection: Connection;
  /** The engine takes the token no more; the CRM brings the next. */
  signedOut: boolean;
  /** The interaction to open, by its id in the CRM or our own. */
  wanted: string | null;
}

function DeskFloor({ agentId, connection, signedOut, wanted, clock }: DeskProps & { clock: EngineClock }) {
  const { state, send, lost, refusal, again } = useWork(connection, clock);
  const client = useApolloClient();
  const edge = useEdge();
  const toast = useToast();

  const { work, selected } = state;
  const offers = work?.offers ?? [];
  const notices = useNotifications(work?.notifications ?? null);
  const item = work?.interactions.find((one) => one.id === selected) ?? null;

  const { answers, presence, acceptFirst, declineFirst, back } = useRinging(state, send, () => edge.focus('talk'));
  const open = (what: Open | null): void => {
    send({ type: 'open', what });
    if (what !== null) return;
    presence.clear();
    edge.focus('talk');
  };
  const toggle = (what: Open): void => open(state.open === what ? null : what);
  useAsked(wanted, send);
  const select = (id: string | null, pane: Pane): void => {
    if (id === null) return;
    send({ type: 'select', id, pane });
    edge.reveal(`work-${id}`);
  };
  const write = (what: 'reply' | 'note'): void => {
    send({ type: 'write', what });
    edge.focus('composer');
  };

  const actions = useActions((kind) => toggle(kind));
  const [pulling, setPulling] = useState(false);
  const next = async (): Promise<void> => {
    if (pulling) return;
    setPulling(true);
    try {
      const { data } = await client.mutate({ mutation: PullWorkDocument });
      if (data && data.pullWork.offer === null) {
        const { points, summary } = await inReadersNames(client, data.pullWork.why);
        toast({ text: points[0] ? toldToAgent(points[0]) : summary });
      }
    } catch (problem) {
      toast({ text: problemOf(problem).message });
    } finally {
      setPulling(false);
    }
  };

  const obey = (intent: Intent): void => {
    switch (intent.do) {
      case 'accept':
        acceptFirst();
        break;
      case 'decline':
        declineFirst();
        break;
      case 'back':
        back();
        break;
      case 'next':
        void next();
        break;
      case 'move':
        select(neighbour(shownIds(work), selected, intent.step), state.pane === 'work' ? 'work' : 'talk');
        break;
      case 'act': {
        const action = item && actionsFor(item).find((one) => one.kind === intent.kind);
        if (item && action) actions.perform(action, item);
        break;
      }
      case 'reply':
      case 'note':
        write(intent.do);
        break;
      case 'customer':
        send({ type: 'pane', pane: 'customer' });
        edge.focus('customer');
        break;
      case 'dismiss':
        if (state.declining !== null) send({ type: 'decline', id: null });
        else open(null);
        break;
      default:
        toggle(intent.do);
    }
  };
  const onKeyDown = useKeys(
    {
      covered: state.open === 'help',
      ringing: offers.length > 0,
      notResponding: work !== null && work.agent.notRespondingSince !== null,
      selected: item !== null && state.open !== 'new',
      actions: item === null ? [] : actionsFor(item),
      canReply: item !== null && canReply(item),
      canSplitOff: item !== null && canSplitOff(item),
    },
    obey,
  );

  return (
    <ReadAtContext value={work?.at ?? null}>
      <div
        className="desk"
        data-pane={state.reading === null ? state.pane : 'talk'}
        data-selected={item !== null || state.reading !== null}
        onKeyDown={onKeyDown}
      >
        <Header
          agent={work?.agent ?? null}
          lost={lost}
          holding={item !== null}
          open={state.open}
          toggle={toggle}
          presence={presence}
          pulling={pulling}
          next={() => void next()}
          notices={notices}
          select={(id) => {
            const held = shownIds(work).includes(id);
            if (held) select(id, 'talk');
            return held;
          }}
        />
        <Banner
          lost={lost}
          signedOut={signedOut}
          refusal={refusal}
          again={again}
          agent={work?.agent ?? null}
          back={back}
          presence={presence}
        />
        <div className="columns">
          <WorkList work={work} selected={selected} unread={state.unread} select={(id, pane) => select(id, pane)} />
          <main className="column talk" id="talk" tabIndex={-1} aria-label={t('Conversation')}>
            {state.open === 'new' ? (
              <NewInteraction item={item} done={() => open(null)} />
            ) : state.reading !== null ? (
              <Reading id={state.reading} close={() => send({ type: 'readEnough' })} />
            ) : item !== null ? (
              <Talk
                key={item.id}
                item={item}
                revision={state.revision[item.id] ?? 0}
                heldSince={state.heldSince[item.id] ?? null}
                open={state.open}
                setOpen={open}
                writing={state.writing}
                write={write}
                actions={actions}
                showPane={(pane) => send({ type: 'pane', pane })}
              />
            ) : work === null ? (
              <div className="talk-empty">
                <Skeleton lines={[30, 80, 65]} label={t('Receiving your work')} />
              </div>
            ) : (
              <Idle
                agent={work.agent}
                ringing={offers.length > 0}
                presence={presence}
                next={() => void next()}
                pulling={pulling}
                why={() => toggle('why')}
              >
                {state.open === 'why' && <WhyNoWork agentId={agentId} />}
              </Idle>
            )}
          </main>
          {item !== null && state.open === 'why' && (
            <div className="popover why" role="dialog" aria-label={t('Why do I get no work?')}>
              <WhyNoWork agentId={agentId} close={() => open(null)} />
            </div>
          )}
          {item !== null && (
            <CustomerPane
              key={item.customer?.id ?? item.id}
              item={item}
              open={state.open}
              setOpen={open}
              back={() => send({ type: 'pane', pane: 'talk' })}
            />
          )}
          <Offers
            offers={offers}
            stage={item === null && state.open !== 'new'}
            declining={state.declining}
            decline={(id) => send({ type: 'decline', id })}
            answers={answers}
          />
        </div>
        {state.open === 'help' && <Shortcuts close={() => open(null)} />}
      </div>
    </ReadAtContext>
  );
}

export function Desk(props: DeskProps) {
  const [clock] = useState(() => new EngineClock());
  return (
    <ClockContext value={clock}>
      <Toasts>
        <DeskFloor {...props} clock={clock} />
      </Toasts>
    </ClockContext>
  );
}
