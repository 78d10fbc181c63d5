/** The actions the engine says are legal now, and no others. */
import type { Open, WorkItemFacts } from './desk-state';
import { Icon, type IconName } from './Icon';
import { Key } from './Parts';
import type { Actions } from './useActions';
import { actionsFor, isCall, type ActionKind } from './work';
import { t } from './language';

const iconOf: Record<ActionKind, IconName> = {
  resume: 'resume',
  hold: 'hold',
  await: 'wait',
  transfer: 'transfer',
  escalate: 'escalate',
  end: 'end',
  close: 'accept',
};

interface ActionBarProps {
  item: WorkItemFacts;
  /** The form that is open, to show which action it belongs to. */
  open: Open | null;
  actions: Actions;
}

export function ActionBar({ item, open, actions }: ActionBarProps) {
  const legal = actionsFor(item);
  if (legal.length === 0) return null;
  return (
    <div className="actions" role="toolbar" aria-label={t('Actions')}>
      {legal.map((action) => (
        <button
          key={action.kind}
          type="button"
          className="button"
          data-kind={action.kind}
          aria-expanded={action.asks ? open === action.kind : undefined}
          disabled={actions.busy}
          title={`${action.label} (${action.key.toUpperCase()})`}
          onClick={() => actions.perform(action, item)}
        >
          <Icon name={action.kind === 'end' && !isCall(item) ? 'finish' : iconOf[action.kind]} />
          {action.label}
          <Key>{action.key.toUpperCase()}</Key>
        </button>
      ))}
    </div>
  );
}
