/** An explanation of the engine, in its own words, which are English. */
export interface Explained {
  summary: string;
  points: readonly { text: string }[];
}

export function Why({ why }: { why: Explained }) {
  const points = why.points.filter(({ text }) => text !== why.summary);
  return (
    <div className="why" lang="en">
      <p>{why.summary}</p>
      {points.length > 0 && (
        <ul>
          {points.map(({ text }) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
