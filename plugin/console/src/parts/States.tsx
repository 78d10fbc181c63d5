/** What a page shows instead of its contents: that it loads, failed, is empty, or is not for this person. */
import type { ReactNode } from 'react';
import { isFramed } from '@patchbay/pages/frame';
import { Link, useLocation, useRouteError } from 'react-router';
import { t } from '../language';
import { problemOf, type Problem } from '../problem';

export function Loading() {
  return (
    <div className="skeleton" role="status" aria-label={t('Loading')}>
      {[38, 90, 74, 82, 60].map((width) => (
        <span key={width} style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}

interface StateProps {
  title: string;
  text?: string | undefined;
  children?: ReactNode;
}

export function Empty({ title, text, children }: StateProps) {
  return (
    <div className="state">
      <h2>{title}</h2>
      {text !== undefined && <p className="soft">{text}</p>}
      {children}
    </div>
  );
}

/** In the CRM, which brings the next sign-in by itself, or says why it does not. */
export function SignInEnded() {
  return (
    <div className="state" role="alert">
      <h1>{t('Your sign-in has ended')}</h1>
      <p className="soft">{t('Reload this page of the CRM.')}</p>
    </div>
  );
}

export function Failed({ problem, again }: { problem: Problem; again?: () => void }) {
  if (problem.code === 'UNAUTHENTICATED' && isFramed()) return <SignInEnded />;
  if (problem.code === 'FORBIDDEN') return <NoRight />;
  if (problem.code === 'NOT_FOUND') return <Gone />;
  const ended = problem.code === 'UNAUTHENTICATED';
  return (
    <div className="state" role="alert">
      <h1>{ended ? t('Your sign-in has ended') : t('This could not be loaded')}</h1>
      <p className="soft">{problem.message}</p>
      {ended && <SignInAgain />}
      {again && !ended && (
        <button type="button" className="button primary" onClick={again}>
          {t('Try again')}
        </button>
      )}
    </div>
  );
}

/** And back to this page, where what was typed is kept. */
export function SignInAgain() {
  const { pathname, search } = useLocation();
  return (
    <Link className="button" to={`/sign-in?${new URLSearchParams({ to: `/console${pathname}${search}` })}`}>
      {t('Sign in')}
    </Link>
  );
}

/** For a record that is not there, or not for this person; what the engine says of it is for programs. */
export function Gone() {
  const [, list = ''] = useLocation().pathname.split('/');
  return (
    <div className="state" role="alert">
      <h1>{t('There is no such record')}</h1>
      <p className="soft">{t('It may have been deleted, or your rights do not reach it.')}</p>
      <Link className="button" to={`/${list}`}>
        {t('To the list')}
      </Link>
    </div>
  );
}

export function NoRight() {
  return (
    <div className="state">
      <h1>{t('This page is not for your role')}</h1>
      <p className="soft">{t('An administrator can give you another role, or does it for you.')}</p>
      <p className="row">
        <Link className="button" to="/sign-ins">
          {t('My sign-ins')}
        </Link>
        <a className="button" href="/desk/">
          {t('To the desk')}
        </a>{' '}
        <a className="button" href="/wallboard/">
          {t('To the wallboard')}
        </a>
      </p>
    </div>
  );
}

/** For a route: an error of its own, or a part of it that did not come. */
export function PageFailed() {
  const error = useRouteError();
  // In the console of the browser, where whoever looks for the cause finds it.
  reportError(error);
  return (
    <Failed
      problem={{ ...problemOf(error), message: t('The page stopped because of an error in it, or a part of it did not come.') }}
      again={() => location.reload()}
    />
  );
}
