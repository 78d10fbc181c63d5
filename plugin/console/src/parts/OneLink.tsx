/** A secret address, to be handed to the person whom it lets in. */
import { moment, t } from '../language';
import { copy } from './copy';

export function OneLink({ link }: { link: { path: string; expiresAt: string } }) {
  const address = new URL(link.path, location.origin).href;
  return (
    <>
      <p>{t('Hand this link to the person. It is shown this once, and is good until {{when}}.', { when: moment(link.expiresAt) })}</p>
      <code className="secret">{address}</code>
      <p>
        <button type="button" className="button primary" onClick={() => void copy(address)}>
          {t('Copy the link')}
        </button>
      </p>
    </>
  );
}
