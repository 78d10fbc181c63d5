/** What was wrong with what somebody just did, beside where they did it. */
export function ProblemLine({ problem }: { problem: string | null }) {
  if (problem === null) return null;
  return (
    <p className="problem" role="alert">
      {problem}
    </p>
  );
}
