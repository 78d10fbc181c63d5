/** One person in the drawer: name, whether they are there, what else they serve, and the one thing to do with them. */
import { useState, type ReactNode } from 'react';
import { readiness } from './capacity';
import { sentenceOf } from './failures';
import type { AgentCardFragment } from './generated/operations';

interface AgentLineProps {
  agent: AgentCardFragment;
  detail: ReactNode;
  action: string;
  onAction: () => Promise<unknown>;
}

export function AgentLine({ agent, detail, action, onAction }: AgentLineProps) {
  const [going, setGoing] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { state, says } = readiness(agent);

  const act = (): void => {
    setGoing(true);
    setProblem(null);
    onAction().then(
      () => setGoing(false),
      (error: unknown) => {
        setGoing(false);
        setProblem(sentenceOf(error));
      },
    );
  };
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
      <button type="button" aria-label={`${action} ${agent.name}`} aria-disabled={going} onClick={going ? undefined : act}>
        {action}
      </button>
    </li>
  );
}
