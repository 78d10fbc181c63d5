/** The second half of a sign-in: a code of the telephone, which is set up first where a role has to have one. */
import { useCallback, useState } from 'react';
import { t } from '../language';
import { TextInput } from '../parts/inputs';
import { FactorToScan, RecoveryCodes } from '../parts/SecondFactor';
import { signIn, type NextStep, type Refused } from '../sign-in';
import { RefusedLine } from '../parts/RefusedLine';

interface SecondStepProps {
  next: NextStep;
  signedIn: () => void;
  /** To the password again. @param why null where the person chose so */
  back: (why: string | null) => void;
}

export default function SecondStep({ next: { kind, step, factor }, signedIn, back }: SecondStepProps) {
  const [code, setCode] = useState('');
  const [byRecovery, setByRecovery] = useState(false);
  const [problem, setProblem] = useState<Refused | null>(null);
  const [busy, setBusy] = useState(false);
  const [codes, setCodes] = useState<string[] | null>(null);
  const forget = useCallback(() => setProblem(null), []);
  if (codes) return <RecoveryCodes codes={codes} done={signedIn} />;
  const submit = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    const outcome = await signIn(
      '/session/code',
      { step, code },
      byRecovery
        ? t('This recovery code is not right, or was used already.')
        : t('This code is not right, or was used already. Wait for the next one.'),
    );
    setBusy(false);
    if (outcome.is === 'in') return outcome.recoveryCodes ? setCodes(outcome.recoveryCodes) : signedIn();
    if (outcome.is !== 'problem') return;
    if (outcome.over) return back(outcome.why);
    setCode('');
    setProblem(outcome);
  };
  return (
    <form
      className="sign-in-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <h1>{factor ? t('Set up the second factor') : t('One more step')}</h1>
      {factor && <p className="soft">{t('Your role signs in with a code of a telephone as well. This is done once.')}</p>}
      {factor && <FactorToScan factor={factor} />}
      <TextInput
        key={String(byRecovery)}
        label={byRecovery ? t('Recovery code') : t('Code')}
        name="code"
        autoComplete="one-time-code"
        inputMode={byRecovery ? 'text' : 'numeric'}
        autoFocus
        required
        hint={
          byRecovery ? t('One of those that you kept; it is good once.') : t('The six digits that the application on your telephone shows.')
        }
        value={code}
        onChange={setCode}
      />
      <RefusedLine refused={problem} over={forget} />
      <button type="submit" className="button primary wide" disabled={busy || code.trim() === ''}>
        {t('Sign in')}
      </button>
      {kind === 'CODE' && (
        <button
          type="button"
          className="button quiet wide"
          onClick={() => {
            setByRecovery(!byRecovery);
            setCode('');
            setProblem(null);
          }}
        >
          {byRecovery ? t('Use the telephone') : t('Use a recovery code')}
        </button>
      )}
      <button type="button" className="button quiet wide" onClick={() => back(null)}>
        {t('Back')}
      </button>
      {kind === 'CODE' && <p className="faint">{t('An administrator can take it off if you lost both.')}</p>}
    </form>
  );
}
