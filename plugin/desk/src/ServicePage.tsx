/** A person's service at a glance: who it is, what is open and with whom, what was, and what to begin. */
import { useEffect, useRef, useState } from 'react';
import { useQuery } from '@apollo/client/react';
import { CustomerEdit } from './CustomerEdit';
import { CustomerHead } from './CustomerHead';
import { channelsWhere, type Channel } from './generated/channels';
import { CustomerCardDocument, CustomerOfCrmDocument, OpenWorkOfCustomerDocument } from './generated/operations';
import { History } from './History';
import { Icon } from './Icon';
import { t } from './language';
import { LastTouch } from './LastTouch';
import { NewInteraction } from './NewInteraction';
import { OpenWork } from './OpenWork';
import { Problem, Skeleton } from './Parts';
import { problemOf } from './problem';
import { SidePage } from './SidePage';
import type { PageProps } from './start';
import { channelWord } from './words';

/** What others do with the person's interactions is asked for: nobody tells this page of it. */
const LOOK_AGAIN_MS = 10_000;
/** A person made in the CRM just now is read within seconds. */
const STILL_UNKNOWN_MS = 3_000;

const BEGIN = channelsWhere(({ onPersonPage }) => onPersonPage);

interface BeginProps {
  whom: { id: string; name: string } | null;
  channel: Channel | null;
  begin: (channel: Channel | null) => void;
}

/** Buttons, and the form that one of them opens. */
function Begin({ whom, channel, begin }: BeginProps) {
  return (
    <>
      <div className="begin" role="group" aria-label={t('New interaction')}>
        {BEGIN.map((one) => (
          <button
            key={one}
            type="button"
            className="button"
            aria-expanded={channel === one}
            onClick={() => begin(channel === one ? null : one)}
          >
            <Icon name={one} />
            {channelWord[one]}
          </button>
        ))}
      </div>
      {channel !== null && <NewInteraction key={channel} item={null} whom={whom} start={channel} done={() => begin(null)} />}
    </>
  );
}

interface PersonProps {
  id: string;
  agentId: string;
  /** Interactions that ring with this agent now: open, but not with somebody else. */
  ringing: readonly string[];
  /** Changes with each change of the agent's own work. */
  revision: string;
  channel: Channel | null;
  begin: (channel: Channel | null) => void;
}

function Person({ id, agentId, ringing, revision, channel, begin }: PersonProps) {
  const [editing, setEditing] = useState(false);
  const card = useQuery(CustomerCardDocument, { variables: { id }, fetchPolicy: 'cache-and-network' });
  const opened = useQuery(OpenWorkOfCustomerDocument, { variables: { id }, fetchPolicy: 'cache-and-network', pollInterval: LOOK_AGAIN_MS });
  const { refetch } = opened;
  useEffect(() => void refetch().catch(() => undefined), [revision, refetch]);
  // What was closed or opened meanwhile belongs into the history: that is read again, and only then.
  const standing = opened.data?.interactions.edges.map(({ node }) => `${node.id} ${node.state}`).join();
  const seen = useRef(standing);
  const { refetch: readAgain } = card;
  useEffect(() => {
    if (seen.current !== undefined && standing !== undefined && seen.current !== standing) void readAgain().catch(() => undefined);
    seen.current = standing ?? seen.current;
  }, [standing, readAgain]);
  const customer = card.data?.customer;
  if (!customer) {
    return card.error ? (
      <Problem problem={problemOf(card.error)} again={() => void card.refetch()} />
    ) : (
      <Skeleton lines={[60, 80, 45, 90, 70]} label={t('Loading the customer')} />
    );
  }
  const open = opened.data?.interactions.edges.map((edge) => edge.node) ?? null;
  const elsewhere = open?.filter((one) => one.agent?.id !== agentId && !ringing.includes(one.id)).length ?? 0;
  const shown = new Set(open?.map((one) => one.id));
  const past = customer.interactions.edges.map((edge) => edge.node);
  const older = customer.interactions.pageInfo;
  return (
    <>
      {elsewhere > 0 && (
        <div className="warning" role="alert">
          <Icon name="warn" size={20} />
          <div>
            <strong>{t('{{count}} open interactions elsewhere', { count: elsewhere })}</strong>
            <p>{t('Look there first, before you open another one or promise anything.')}</p>
          </div>
        </div>
      )}
      <div className="service-columns">
        <div className="service-who">
          {editing ? (
            <CustomerEdit customer={customer} done={() => setEditing(false)} />
          ) : (
            <CustomerHead customer={customer} edit={() => setEditing(true)} />
          )}
          <LastTouch last={customer.lastContact} past={past} />
          <Begin whom={customer} channel={channel} begin={begin} />
        </div>
        <div className="service-work">
          <section aria-label={t('Open work')}>
            <h2 className="side-head">
              {t('Open work')} {open !== null && <span className="figure soft">{open.length}</span>}
            </h2>
            {opened.error && <Problem problem={problemOf(opened.error)} again={() => void refetch()} />}
            {open === null && !opened.error && <Skeleton lines={[80, 60]} label={t('Loading')} />}
            {open?.length === 0 && <p className="faint">{t('Nothing is open.')}</p>}
            {open !== null && open.length > 0 && (
              <ul className="past open-work">
                {open.map((one) => (
                  <OpenWork key={one.id} item={one} mine={one.agent?.id === agentId} rings={ringing.includes(one.id)} />
                ))}
              </ul>
            )}
          </section>
          <History
            past={past.filter((one) => !shown.has(one.id))}
            more={
              older.hasNextPage
                ? () =>
                    card.fetchMore({
                      variables: { after: older.endCursor },
                      updateQuery: (before, { fetchMoreResult: { customer: next } }) => ({
                        customer: {
                          ...next,
                          interactions: {
                            ...next.interactions,
                            edges: [...before.customer.interactions.edges, ...next.interactions.edges],
                          },
                        },
                      }),
                    })
                : null
            }
          />
        </div>
      </div>
    </>
  );
}

function Unknown({ channel, begin }: { channel: Channel | null; begin: (channel: Channel | null) => void }) {
  return (
    <div className="unknown">
      <h1>{t('Not known to the contact center yet')}</h1>
      <p className="soft">
        {t(
          'A new person in the CRM appears here within a minute. You need not wait: start with their number or address, and the desk finds them by it.',
        )}
      </p>
      <Begin whom={null} channel={channel} begin={begin} />
    </div>
  );
}

function Found({ hostId, ...rest }: { hostId: string } & Omit<PersonProps, 'id'>) {
  const { data, error, refetch, startPolling, stopPolling } = useQuery(CustomerOfCrmDocument, {
    variables: { hostId },
    fetchPolicy: 'network-only',
  });
  const unknown = data !== undefined && data.customerOfCrm === null;
  useEffect(() => {
    if (!unknown) return undefined;
    startPolling(STILL_UNKNOWN_MS);
    return stopPolling;
  }, [unknown, startPolling, stopPolling]);
  if (error && !data) return <Problem problem={problemOf(error)} again={() => void refetch()} />;
  if (!data) return <Skeleton lines={[60, 80, 45, 90, 70]} label={t('Loading the customer')} />;
  return data.customerOfCrm === null ? <Unknown {...rest} /> : <Person id={data.customerOfCrm.id} {...rest} />;
}

export function ServicePage(props: PageProps) {
  const { facts, agentId } = props;
  const [channel, begin] = useState<Channel | null>(null);
  return (
    <SidePage {...props} name="service-page" label={t('Service')} dismiss={() => begin(null)}>
      {({ state }) =>
        facts.customer === null ? (
          <div className="unknown">
            <h1>{t('No person is open')}</h1>
            <p className="soft">{t('Open a person in the CRM to see their interactions here.')}</p>
          </div>
        ) : (
          <Found
            hostId={facts.customer}
            agentId={agentId}
            ringing={state.work?.offers.map((offer) => offer.interaction.id) ?? []}
            revision={JSON.stringify(state.revision)}
            channel={channel}
            begin={begin}
          />
        )
      }
    </SidePage>
  );
}
