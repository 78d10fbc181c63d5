/** What was changed, in words: the first few, the others when they are asked for. */
import type { AuditEntry } from '../audit-words';
import { changeWord } from '../change-words';
import { t } from '../language';
import { eventWord } from '../event-words';

const SHOWN = 3;

export function Changes({ entry: { type, changes } }: { entry: AuditEntry }) {
  if (changes.length === 0) return <>{eventWord(type, type)}</>;
  const words = changes.map(changeWord);
  // To open one line costs as much room as the line.
  const shown = words.length === SHOWN + 1 ? words.length : SHOWN;
  const rest = words.slice(shown);
  return (
    <div className="changes">
      {/\.(created|deleted|removed|invited|left)$/.test(type) && <strong>{eventWord(type, type)}</strong>}
      <ul>
        {words.slice(0, shown).map((word) => (
          <li key={word}>{word}</li>
        ))}
      </ul>
      {rest.length > 0 && (
        <details>
          <summary>{t('{{count}} more', { count: rest.length })}</summary>
          <ul>
            {rest.map((word) => (
              <li key={word}>{word}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

/** As one line of text, for a file. */
export const changesText = ({ type, changes }: AuditEntry): string =>
  changes.length === 0 ? eventWord(type, type) : changes.map(changeWord).join('; ');
