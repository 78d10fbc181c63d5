/** A secret that is shown this once. */
import { t } from '../language';
import { copy } from './copy';

export function Secret({ secret }: { secret: string }) {
  return (
    <>
      <p role="status">{t('This is the secret. It is shown this once: copy it now.')}</p>
      <code className="secret">{secret}</code>
      <p>
        <button type="button" className="button" onClick={() => void copy(secret)}>
          {t('Copy')}
        </button>
      </p>
    </>
  );
}
