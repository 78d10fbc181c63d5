/** One person in the drawer: name, whether they are there, what else they serve, and the one thing to do with them. */
import type { ReactNode } from 'react';
import type { AgentCardFragment } from '../generated/operations';
import { useAttempt } from './attempt';
import { readiness } from './capacity';

interface AgentLineProps {
  agent: AgentCardFragment;
  detail: ReactNode;
  action: string;
  /** The action with the name. */
  label: string;
  onAction: () => Promise<unknown>;
  /** Told why it was refused where the line is gone by then. */
  onRefused: (problem: string) => void;
}

export function AgentLine({ agent, detail, action, label, onAction, onRefused }: AgentLineProps) {
  const { going, problem, run } = useAttempt(onRefused);
  const { state, says } = readiness(agent);
  const act = (): void => run(onAction);
  return (
    <li className="agent-line">
      <i data-readiness={state} aria-hidden />
      <div>
        <b>{agent.name}</b> <span>{says}</span>
        <small>{detail}</small>
        {problem && (
          <p className="problem" role="alert">
            {problem}
          </p>
        )}
      </div>
      <button type="button" aria-label={label} aria-disabled={going} onClick={going ? undefined : act}>
        {action}
      </button>
    </li>
  );
}
