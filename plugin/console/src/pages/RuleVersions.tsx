/** What a rule has said, newest first; an older version is taken into the form, to be saved again. */
import type { RuleRecordQuery } from '../generated/operations';
import { moment, number, t } from '../language';
import { useNames } from '../parts/useNames';
import { toldLang, toldWord } from '../told-words';
import '../styles/rules.css';

type Version = RuleRecordQuery['automationRule']['versions'][number];

interface RuleVersionsProps {
  versions: readonly Version[];
  current: number;
  /** Null: this person may not change the rule. */
  restore: ((version: Version) => void) | null;
}

export function RuleVersions({ versions, current, restore }: RuleVersionsProps) {
  const tell = useNames();
  return (
    <section className="card" aria-labelledby="versions">
      <h2 id="versions">{t('Versions')}</h2>
      <ol className="lines">
        {versions.map((version) => (
          <li key={version.version}>
            <details>
              <summary className="row">
                <strong>{t('Version {{version}}', { version: number(version.version) })}</strong>
                <time className="faint">{moment(version.at)}</time>
                <span className="soft">{version.actor?.name ?? t('Unknown')}</span>
                {version.version === current && <span className="tag">{t('In force')}</span>}
              </summary>
              <div className="version-said">
                <p className="soft">
                  {version.trigger.schedule
                    ? t('On schedule {{cron}}, {{zone}}', { cron: version.trigger.schedule.cron, zone: version.trigger.schedule.timeZone })
                    : version.trigger.events.join(', ')}
                </p>
                <p>{version.condition === '' ? t('Always') : <code>{version.condition}</code>}</p>
                <ul>
                  {tell(version.actions).map(({ summary, told }, at) => (
                    <li key={at} lang={toldLang(told)}>
                      {toldWord(told, summary)}
                    </li>
                  ))}
                </ul>
                {restore && version.version !== current && (
                  <button type="button" className="button small" onClick={() => restore(version)}>
                    {t('Take version {{version}} into the form', { version: number(version.version) })}
                  </button>
                )}
              </div>
            </details>
          </li>
        ))}
      </ol>
    </section>
  );
}
