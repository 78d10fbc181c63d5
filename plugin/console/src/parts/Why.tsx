/** Why something is as it is: one sentence, and what there is beside it. */
export interface Reasons {
  summary: string;
  points: readonly string[];
}

export function Why({ why: { summary, points } }: { why: Reasons }) {
  return (
    <div className="why">
      <p>{summary}</p>
      {points.length > 0 && (
        <ul>
          {points.map((point) => (
            <li key={point}>{point}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
