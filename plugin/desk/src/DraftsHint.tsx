/** Says, without getting in the way, that what is typed could not be kept outside this page. */
import { useDraftsSafe } from './drafts';
import { t } from './language';

export function DraftsHint() {
  if (useDraftsSafe()) return null;
  return (
    <span className="warn-text drafts-hint" role="status">
      {t('Not saved yet: kept on this page only')}
    </span>
  );
}
