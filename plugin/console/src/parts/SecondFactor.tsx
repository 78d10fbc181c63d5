/** What setting up a second factor shows: the code for the telephone to scan, and the codes to keep. */
import { QRCodeSVG } from 'qrcode.react';
import { t } from '../language';
import { copy } from './copy';
import { save } from './save-file';
import '../styles/second-factor.css';

/** Dark on white in any scheme, with the margin that cameras need. */
export function FactorToScan({ factor }: { factor: { secret: string; uri: string } }) {
  return (
    <div className="factor">
      <QRCodeSVG value={factor.uri} size={176} marginSize={4} bgColor="#fff" fgColor="#000" title={t('QR code for the telephone')} />
      <div>
        <p>{t('Scan this with an authenticator application on your telephone.')}</p>
        <p className="soft">{t('Or type this key there:')}</p>
        <code className="secret">{factor.secret.match(/.{1,4}/g)?.join(' ')}</code>
      </div>
    </div>
  );
}

export function RecoveryCodes({ codes, done }: { codes: readonly string[]; done: () => void }) {
  const text = codes.join('\n');
  return (
    <section className="recovery" aria-labelledby="recovery">
      <h2 id="recovery">{t('Keep these recovery codes')}</h2>
      <p className="soft">
        {t('With one of them you sign in when the telephone is lost. Each is good once. They are shown now and never again.')}
      </p>
      <ul className="codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <p className="row">
        <button type="button" className="button" onClick={() => void copy(text)}>
          {t('Copy them')}
        </button>
        <button type="button" className="button" onClick={() => save('patchbay-recovery-codes.txt', 'text/plain', `${text}\n`)}>
          {t('Save as a file')}
        </button>
        <span className="spacer" />
        <button type="button" className="button primary" autoFocus onClick={done}>
          {t('I have kept them')}
        </button>
      </p>
    </section>
  );
}
