/** The wall before its first frame: the board's outline, still and empty, and in words what it waits for. */
import { TILES } from './tiles';
import { t } from './language';

const PLACES = ['top', 'main', 'side'] as const;

export function Skeleton({ unreachable, onSignOut }: { unreachable: boolean; onSignOut: () => void }) {
  return (
    <main className="skeleton">
      {PLACES.map((place) => (
        <div key={place} className={`skeleton-${place}`} aria-hidden>
          {TILES.filter((tile) => tile.place === place).flatMap(({ name, outline }) =>
            Array.from({ length: outline }, (_, index) => <i key={`${name} ${index}`} />),
          )}
        </div>
      ))}
      <div className="skeleton-word" role="status">
        <h1>{t('Connecting to {{host}} …', { host: location.host })}</h1>
        {unreachable && (
          <p>
            {t('The engine does not answer yet. This page keeps trying by itself.')}{' '}
            <button type="button" className="link" onClick={onSignOut}>
              {t('Use another token')}
            </button>
          </p>
        )}
      </div>
    </main>
  );
}
