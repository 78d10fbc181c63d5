/** Wrap-up that ends by itself, or that follows a transfer: what is left of it, and the agent's say in it. */
import { fullMoment } from '@patchbay/pages/formats';
import type { Work, WorkItemFacts } from './desk-state';
import { useNow } from './engine-clock';
import { ExtendWrapUpDocument, FinishWrapUpDocument } from './generated/operations';
import { Icon } from './Icon';
import { t } from './language';
import { Elapsed, Problem } from './Parts';
import { useCommand } from './useCommand';
import { runningTime } from './work';
import { channelWord } from './words';

type WrapUpFacts = NonNullable<WorkItemFacts['wrapUp']>;

/** How long it still lasts; it stays at nothing until the engine has ended it. */
export function WrapUpLeft({ endsAt }: { endsAt: string }) {
  const now = useNow();
  return (
    <time className="figure" dateTime={endsAt} title={t('Wrap-up ends at {{when}}', { when: fullMoment(endsAt) })}>
      {runningTime(Math.max(0, Date.parse(endsAt) - now))}
    </time>
  );
}

/** In the head of the conversation. */
export function WrapUpClock({ wrapUp, endsAt }: { wrapUp: WrapUpFacts; endsAt: string }) {
  const extend = useCommand(ExtendWrapUpDocument);
  return (
    <span className="wrap-up-clock">
      <span className="label" title={t('Wrap-up ends then, and it is closed without a disposition unless you close it with one')}>
        {t('Closes by itself in')}
      </span>{' '}
      <WrapUpLeft endsAt={endsAt} />
      {wrapUp.mayExtend && <Extend wrapUp={wrapUp} extend={extend} />}
      <Problem problem={extend.problem} />
    </span>
  );
}

/** Above what the agent holds: what was handed on and is still being written up. */
export function WrapUps({ wrapUps }: { wrapUps: Work['wrapUps'] }) {
  if (wrapUps.length === 0) return null;
  return (
    <section className="wrap-ups" aria-labelledby="wrap-ups">
      <p className="work-section" id="wrap-ups">
        {t('Wrap-up after transfer')} <span className="figure">{wrapUps.length}</span>
      </p>
      {wrapUps.map((wrapUp) => (
        <AfterTransfer key={wrapUp.id} wrapUp={wrapUp} />
      ))}
    </section>
  );
}

function AfterTransfer({ wrapUp }: { wrapUp: Work['wrapUps'][number] }) {
  const extend = useCommand(ExtendWrapUpDocument);
  const finish = useCommand(FinishWrapUpDocument);
  const { interaction } = wrapUp;
  return (
    <div className="wrap-up">
      <Icon name={interaction.channel} />
      <p className="clip">
        <span className="figure">#{interaction.number}</span> {interaction.subject ?? channelWord[interaction.channel]}
      </p>
      {wrapUp.endsAt === null ? <Elapsed since={wrapUp.startedAt} label={t('Wrap-up')} /> : <WrapUpLeft endsAt={wrapUp.endsAt} />}
      <span className="row">
        {wrapUp.mayExtend && <Extend wrapUp={wrapUp} extend={extend} />}
        <button type="button" className="button small" disabled={finish.busy} onClick={() => void finish.run({ id: wrapUp.id })}>
          {t('Finish wrap-up')}
        </button>
      </span>
      <Problem problem={extend.problem ?? finish.problem} />
    </div>
  );
}

interface ExtendProps {
  wrapUp: Pick<WrapUpFacts, 'id' | 'extensionSeconds'>;
  extend: { busy: boolean; run: (variables: { id: string }) => Promise<unknown> };
}

function Extend({ wrapUp: { id, extensionSeconds }, extend }: ExtendProps) {
  return (
    <button type="button" className="button small" disabled={extend.busy} onClick={() => void extend.run({ id })}>
      {t('Extend by {{time}}', { time: runningTime(extensionSeconds * 1_000) })}
    </button>
  );
}
