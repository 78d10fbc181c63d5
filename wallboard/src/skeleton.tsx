/** The wall before its first frame: the board's outline, still and empty, and in words what it waits for. */

const ROWS = 12;

export function Skeleton({ unreachable, onSignOut }: { unreachable: boolean; onSignOut: () => void }) {
  return (
    <main className="skeleton">
      <div className="skeleton-totals" aria-hidden>
        {[1, 2, 3, 4, 5].map((index) => (
          <i key={index} />
        ))}
      </div>
      <div className="skeleton-rows" aria-hidden>
        {Array.from({ length: ROWS }, (_, index) => (
          <i key={index} />
        ))}
      </div>
      <div className="skeleton-tiles" aria-hidden>
        <i />
        <i />
        <i />
      </div>
      <div className="skeleton-word" role="status">
        <h1>Connecting to {location.host} …</h1>
        {unreachable && (
          <p>
            The engine does not answer yet. This page keeps trying by itself.{' '}
            <button type="button" className="link" onClick={onSignOut}>
              Use another token
            </button>
          </p>
        )}
      </div>
    </main>
  );
}
