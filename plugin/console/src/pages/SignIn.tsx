/**
 * The sign-in of the whole product: by password, by a link that chooses one, and in a demonstration by one click. Afterwards
 * people are where they were going, else where their role works.
 */
import { lazy, Suspense, useCallback, useEffect, useEffectEvent, useState } from 'react';
import { useApolloClient, useMutation, useQuery } from '@apollo/client/react';
import { MeDocument, OpenedLinkDocument, SignInMethodsDocument, UseAccessLinkDocument, type Role } from '../generated/operations';
import { t } from '../language';
import { ownPath } from '../own-path';
import { TextInput } from '../parts/inputs';
import { Icon } from '../parts/Icon';
import { problemOf } from '../problem';
import { forgetToken } from '../session';
import { askForLink, signIn, type NextStep, type Refused } from '../sign-in';
import { roleWord } from '../words';
import { RefusedLine } from '../parts/RefusedLine';
import '@patchbay/pages/styles/sign-in.css';
import '../styles/sign-in.css';

/** Where each role works. */
const HOMES: Readonly<Partial<Record<Role, string>>> = {
  AGENT: '/desk/',
  SUPERVISOR: '/wallboard/',
  TEAM_LEAD: '/console/interactions',
  ANALYST: '/wallboard/',
  CLIENT: '/console/sign-ins',
  ADMIN: '/console/',
};

/** With the drawing of QR codes; few sign-ins need it. */
const SecondStep = lazy(() => import('./SecondStep'));

export default function SignIn() {
  const client = useApolloClient();
  const [secret, setSecret] = useState(linkInAddress);
  const [next, setNext] = useState<NextStep | null>(null);
  const [said, setSaid] = useState<string | null>(() => providerWord(new URLSearchParams(location.hash.slice(1)).get('problem')));
  useEffect(() => {
    // A link that is pasted over the address of this very page does not load it anew.
    const follow = (): void => setSecret((before) => linkInAddress() ?? before);
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  const withoutLink = (): void => {
    history.replaceState(null, '', location.pathname + location.search);
    setSecret(null);
  };
  const go = async (): Promise<void> => {
    forgetToken();
    const { data } = await client.query({ query: MeDocument, fetchPolicy: 'no-cache' });
    location.assign(
      ownPath(new URLSearchParams(location.search).get('to'), location.origin) ?? HOMES[data?.me.role ?? 'ADMIN'] ?? '/console/',
    );
  };
  // Back from the identity provider.
  const [isBack] = useState(() => new URLSearchParams(location.hash.slice(1)).get('signed') === 'in');
  const goOn = useEffectEvent(() => void go().catch(() => location.replace('/console/sign-in')));
  useEffect(() => {
    if (isBack) goOn();
  }, [isBack]);
  if (isBack) return <main className="sign-in" aria-busy="true" />;
  if (next)
    return (
      <main className="sign-in">
        <div>
          <Brand />
          <Suspense fallback={<p role="status">{t('Loading')}</p>}>
            <SecondStep
              next={next}
              signedIn={() => void go()}
              back={(why) => {
                setSaid(why);
                setNext(null);
              }}
            />
          </Suspense>
        </div>
      </main>
    );
  return (
    <main className="sign-in">
      {secret === null ? (
        <ByPassword said={said} signedIn={() => void go()} owes={setNext} />
      ) : (
        <ByLink
          key={secret}
          secret={secret}
          signedIn={() => {
            withoutLink();
            void go();
          }}
          owes={(step) => {
            withoutLink();
            setNext(step);
          }}
          without={withoutLink}
        />
      )}
    </main>
  );
}

const linkInAddress = (): string | null => new URLSearchParams(location.hash.slice(1)).get('link');

/** Why the identity provider did not let somebody in. */
function providerWord(problem: string | null): string | null {
  const administrator = t('Ask your administrator.');
  switch (problem) {
    case null:
      return null;
    case 'OFF':
      return t('There is no sign-in by a provider here any more. Use your password.');
    case 'DOWN':
      return t('The sign-in of your company does not answer now. Try again in a moment.');
    case 'CANCELLED':
      return t('The sign-in was given up.');
    case 'OVER':
      return t('This took too long. Sign in again.');
    case 'CLOCK':
      return `${t('The clocks of this center and of your company’s sign-in differ too much.')} ${administrator}`;
    case 'NO_EMAIL':
      return `${t('Your company’s sign-in does not say your e-mail address.')} ${administrator}`;
    case 'NO_GROUP':
      return `${t('You are in no group that comes in here.')} ${administrator}`;
    case 'NO_AGENT':
      return `${t('There is no agent with your e-mail address here yet.')} ${administrator}`;
    case 'NOT_VERIFIED':
      return `${t('Somebody with your e-mail address is here already, and your company’s sign-in does not say that it checked the address.')} ${administrator}`;
    case 'TAKEN':
      return `${t('Somebody else signs in with your e-mail address.')} ${administrator}`;
    case 'DEACTIVATED':
      return `${t('You cannot sign in here any more.')} ${administrator}`;
    default:
      return `${t('This center and your company’s sign-in do not understand each other.')} ${administrator}`;
  }
}

function Brand() {
  return (
    <p className="nav-brand">
      <Icon name="brand" /> Patchbay
    </p>
  );
}

interface WayProps {
  signedIn: () => void;
  /** The password was right; a code is owed. */
  owes: (next: NextStep) => void;
}

function ByPassword({ said, signedIn, owes }: WayProps & { said: string | null }) {
  const { data } = useQuery(SignInMethodsDocument);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<Refused | null>(said === null ? null : { why: said, until: null });
  const [busy, setBusy] = useState(false);
  const [forgot, setForgot] = useState(false);
  const forget = useCallback(() => setProblem(null), []);
  const tryIt = async (path: '/session' | '/session/demo', body: object): Promise<void> => {
    setBusy(true);
    setProblem(null);
    const outcome = await signIn(path, body);
    if (outcome.is === 'in') return signedIn();
    if (outcome.is === 'step') return owes(outcome);
    setBusy(false);
    setProblem(outcome);
  };
  if (forgot) return <Forgotten known={email} back={() => setForgot(false)} />;
  const provider = data?.signInMethods.provider;
  const demo = data?.signInMethods.demoRoles ?? [];
  return (
    <div>
      <form
        className="sign-in-form"
        onSubmit={(event) => {
          event.preventDefault();
          void tryIt('/session', { email: email.trim(), password });
        }}
      >
        <Brand />
        <h1>{t('Sign in')}</h1>
        <TextInput
          label={t('E-mail')}
          type="email"
          name="email"
          autoComplete="username"
          autoFocus
          required
          value={email}
          onChange={setEmail}
        />
        <TextInput
          label={t('Password')}
          type="password"
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={setPassword}
        />
        <RefusedLine refused={problem} over={forget} />
        <button type="submit" className="button primary wide" disabled={busy || email === '' || password === ''}>
          {t('Sign in')}
        </button>
        {data?.signInMethods.forgotten ? (
          <button type="button" className="button quiet wide" onClick={() => setForgot(true)}>
            {t('Forgot your password?')}
          </button>
        ) : (
          <p className="faint">{t('An administrator makes you a link if you have no password or forgot it.')}</p>
        )}
      </form>
      {provider && (
        <div className="sign-in-demo">
          <a
            className="button wide"
            href={`${provider.url}?${new URLSearchParams({ to: new URLSearchParams(location.search).get('to') ?? '' })}`}
          >
            {t('Sign in with {{name}}', { name: provider.name })}
          </a>
        </div>
      )}
      {demo.length > 0 && (
        <div className="sign-in-demo" role="group" aria-label={t('Demonstration')}>
          <p className="soft">{t('This is a demonstration. Look around as:')}</p>
          {demo.map((role) => (
            <button key={role} type="button" className="button wide" disabled={busy} onClick={() => void tryIt('/session/demo', { role })}>
              {roleWord(role)}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

/** Says the same whoever it is: nobody learns here who signs in. */
function Forgotten({ known, back }: { known: string; back: () => void }) {
  const [email, setEmail] = useState(known);
  const [problem, setProblem] = useState<Refused | null>(null);
  const [state, setState] = useState<'asks' | 'busy' | 'taken'>('asks');
  const forget = useCallback(() => setProblem(null), []);
  if (state === 'taken')
    return (
      <div>
        <Brand />
        <h1>{t('Look into your mailbox')}</h1>
        <p role="status">
          {t('If {{email}} signs in here with a password, a link for a new one is on its way. It is good for an hour.', {
            email: email.trim(),
          })}
        </p>
        <p className="soft">
          {t('Nothing there after a few minutes? Look among the unwanted mail, and at the address; then ask an administrator for a link.')}
        </p>
        <button type="button" className="button wide" onClick={back}>
          {t('To the sign-in')}
        </button>
      </div>
    );
  const submit = async (): Promise<void> => {
    setState('busy');
    setProblem(null);
    const refused = await askForLink(email.trim());
    setProblem(refused);
    setState(refused ? 'asks' : 'taken');
  };
  return (
    <form
      className="sign-in-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Brand />
      <h1>{t('Forgot your password?')}</h1>
      <p className="soft">{t('You are mailed a link behind which you choose a new one.')}</p>
      <TextInput
        label={t('E-mail')}
        type="email"
        name="email"
        autoComplete="username"
        autoFocus
        required
        value={email}
        onChange={setEmail}
      />
      <RefusedLine refused={problem} over={forget} />
      <button type="submit" className="button primary wide" disabled={state === 'busy' || email.trim() === ''}>
        {t('Mail me a link')}
      </button>
      <button type="button" className="button quiet wide" onClick={back}>
        {t('Back')}
      </button>
    </form>
  );
}

interface ByLinkProps extends WayProps {
  secret: string;
  /** The sign-in without the link. */
  without: () => void;
}

function ByLink({ secret, signedIn, owes, without }: ByLinkProps) {
  const { data, error } = useQuery(OpenedLinkDocument, { variables: { secret }, fetchPolicy: 'no-cache' });
  const [choose] = useMutation(UseAccessLinkDocument);
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<Refused | null>(null);
  const forget = useCallback(() => setProblem(null), []);
  const [busy, setBusy] = useState(false);
  if (error)
    return (
      <div role="alert">
        <Brand />
        <h1>{t('This link is not good any more')}</h1>
        <p className="soft">{t('It was used, replaced by a newer one, or is too old. Ask an administrator for another.')}</p>
        <button type="button" className="button wide" onClick={without}>
          {t('To the sign-in')}
        </button>
      </div>
    );
  if (!data) return <div role="status">{t('Loading')}</div>;
  const { purpose, name: invited, email: theirs } = data.accessLink;
  const first = purpose === 'FIRST_ADMINISTRATOR';
  const submit = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      const answer = await choose({ variables: { input: { secret, password, ...(first && { name: name.trim(), email: email.trim() }) } } });
      const outcome = await signIn('/session', { email: answer.data?.useAccessLink.email ?? email.trim(), password });
      if (outcome.is === 'in') return signedIn();
      if (outcome.is === 'step') return owes(outcome);
      setProblem(outcome);
    } catch (refusal) {
      setProblem({ why: problemOf(refusal).message, until: null });
    }
    setBusy(false);
  };
  return (
    <form
      className="sign-in-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Brand />
      <h1>{first ? t('Welcome. Make the first administrator') : t('Welcome, {{name}}', { name: invited ?? '' })}</h1>
      {first && (
        <TextInput label={t('Name', { context: 'person' })} autoComplete="name" autoFocus required value={name} onChange={setName} />
      )}
      <TextInput
        label={t('E-mail')}
        type="email"
        name="email"
        autoComplete="username"
        required
        disabled={!first}
        value={theirs ?? email}
        onChange={setEmail}
      />
      <TextInput
        label={t('New password')}
        type="password"
        name="password"
        autoComplete="new-password"
        hint={t('At least 12 characters.')}
        autoFocus={!first}
        required
        value={password}
        onChange={setPassword}
      />
      <RefusedLine refused={problem} over={forget} />
      <button type="submit" className="button primary wide" disabled={busy || password === '' || (first && (name === '' || email === ''))}>
        {t('Choose this password and sign in')}
      </button>
    </form>
  );
}
