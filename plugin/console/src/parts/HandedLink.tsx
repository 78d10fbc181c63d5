/** How a link comes to the person whom it lets in: by mail, or else by the reader's own hand. */
import type { HandedFragment } from '../generated/operations';
import { t } from '../language';
import { OneLink } from './OneLink';
import { ProblemLine } from './ProblemLine';

export function HandedLink({ handed: { link, mail }, email }: { handed: HandedFragment; email: string }) {
  return (
    <>
      {mail?.problem === null && <p role="status">{t('The link was mailed to {{email}}.', { email })}</p>}
      {mail?.problem === 'NO_ADDRESS' && (
        <ProblemLine problem={t('Nothing was mailed: first say under Sign-in at which address people open this center.')} />
      )}
      {mail?.problem === 'NOT_TAKEN' && (
        <ProblemLine problem={t('It could not be mailed. The mail server says: {{said}}', { said: mail.said ?? '' })} />
      )}
      {link && <OneLink link={link} />}
    </>
  );
}
