/** Why something is as it is: one sentence, and what there is beside it. */
export interface Reasons {
  summary: string;
  points: readonly string[];
}

/** @param english the engine's own words, which no page has translated */
export function Why({ why: { summary, points }, english }: { why: Reasons; english?: boolean }) {
  return (
    <div className="why" lang={english ? 'en' : undefined}>
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
