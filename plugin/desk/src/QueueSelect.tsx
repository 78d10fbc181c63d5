/** The queues by department, for a form's field. */
import { useQuery } from '@apollo/client/react';
import { named } from '@patchbay/pages/names';
import { QueuesDocument, type QueuesQuery } from './generated/operations';
import { Problem } from './Parts';
import { problemOf } from './problem';

type Queue = QueuesQuery['queues']['edges'][number]['node'];

interface QueueSelectProps {
  label: string;
  /** What an empty choice means. */
  none: string;
  value: string;
  choose: (id: string) => void;
  takesFocus?: boolean;
}

export function QueueSelect({ label, none, value, choose, takesFocus }: QueueSelectProps) {
  const { data, error, refetch } = useQuery(QueuesDocument);
  const departments = new Map<string, Queue[]>();
  for (const { node } of data?.queues.edges ?? []) {
    if (node.active) departments.set(node.department, [...(departments.get(node.department) ?? []), node]);
  }
  return (
    <>
      <label className="field">
        <span>{label}</span>
        <select value={value} autoFocus={takesFocus} onChange={(event) => choose(event.target.value)}>
          <option value="">{none}</option>
          {[...departments].map(([department, queues]) => (
            <optgroup key={department} label={department}>
              {queues.map((queue) => (
                <option key={queue.id} value={queue.id}>
                  {named(queue)}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
      {error && <Problem problem={problemOf(error)} again={() => void refetch()} />}
    </>
  );
}
