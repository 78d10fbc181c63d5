/** The sheet of keys. */
import { Icon } from './Icon';
import { SHORTCUTS } from './keys';
import { t } from './language';

export function Shortcuts({ close }: { close: () => void }) {
  return (
    <div className="backdrop" onClick={(event) => event.target === event.currentTarget && close()}>
      <div className="dialog" role="dialog" aria-modal="true" aria-label={t('Keyboard shortcuts')}>
        <div className="popover-head">
          <h2>{t('Keyboard')}</h2>
          <button type="button" className="button quiet only-icon" aria-label={t('Close [window]')} autoFocus onClick={close}>
            <Icon name="close" />
          </button>
        </div>
        <div className="shortcuts">
          {SHORTCUTS.map(({ title, keys }) => (
            <section key={title}>
              <h3>{t(title)}</h3>
              <dl>
                {keys.map(([key, meaning]) => (
                  <div key={key}>
                    <dt>
                      {key.split(' ').map((one) => (
                        <kbd key={one} className="key">
                          {one}
                        </kbd>
                      ))}
                    </dt>
                    <dd>{t(meaning)}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      </div>
    </div>
  );
}
