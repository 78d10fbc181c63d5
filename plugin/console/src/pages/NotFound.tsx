/** An address that leads nowhere. */
import { Link } from 'react-router';
import { t } from '../language';

export default function NotFound() {
  return (
    <div className="state">
      <h1>{t('There is no such page')}</h1>
      <p className="soft">{t('The address may be old or mistyped.')}</p>
      <Link className="button" to="/">
        {t('To the first page')}
      </Link>
    </div>
  );
}
