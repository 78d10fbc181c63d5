/** The second factor of the person's own sign-in: on, off, and the codes for a lost telephone. */
import { useState } from 'react';
import { useMutation } from '@apollo/client/react';
import {
  BeginSecondFactorDocument,
  ConfirmSecondFactorDocument,
  MySecondFactorDocument,
  RenewRecoveryCodesDocument,
  TurnOffSecondFactorDocument,
  type MySecondFactorQuery,
} from '../generated/operations';
import { moment, t } from '../language';
import { TextInput } from '../parts/inputs';
import { Record } from '../parts/Record';
import { FactorToScan, RecoveryCodes } from '../parts/SecondFactor';
import { problemOf } from '../problem';
import type { NewFactor } from '../sign-in';
import { ProblemLine } from '../parts/ProblemLine';

export function MySecondFactor() {
  return (
    <Record document={MySecondFactorDocument} variables={{}}>
      {({ mySecondFactor }, reread) =>
        mySecondFactor && (
          <section className="card form" aria-labelledby="second-factor">
            <h2 id="second-factor">{t('Second factor')}</h2>
            <Factor factor={mySecondFactor} again={() => void reread()} />
          </section>
        )
      }
    </Record>
  );
}

function Factor({ factor, again }: { factor: NonNullable<MySecondFactorQuery['mySecondFactor']>; again: () => void }) {
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const done = (): void => {
    setCodes(null);
    again();
  };
  if (codes) return <RecoveryCodes codes={codes} done={done} />;
  return factor.since ? <WhileOn factor={factor} got={setCodes} again={again} /> : <SwitchOn factor={factor} got={setCodes} />;
}

interface PartProps {
  factor: NonNullable<MySecondFactorQuery['mySecondFactor']>;
  got: (codes: readonly string[]) => void;
}

function SwitchOn({ factor: { required }, got }: PartProps) {
  const [begin, { loading: beginning }] = useMutation(BeginSecondFactorDocument);
  const [confirm, { loading: confirming }] = useMutation(ConfirmSecondFactorDocument);
  const [begun, setBegun] = useState<NewFactor | null>(null);
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const run = (work: () => Promise<void>): void => {
    setProblem(null);
    work()
      .catch((error: unknown) => setProblem(problemOf(error).message))
      .finally(() => setTyped(''));
  };
  return (
    <form
      className="form-inside"
      onSubmit={(event) => {
        event.preventDefault();
        run(async () => {
          if (begun) {
            const { data } = await confirm({ variables: { code: typed } });
            if (data) got(data.confirmSecondFactor.recoveryCodes);
          } else {
            const { data } = await begin({ variables: { password: typed } });
            if (data) setBegun(data.beginSecondFactor);
          }
        });
      }}
    >
      <p className="soft">
        {required
          ? t('Your role has to have one: at the next sign-in you set it up, or now.')
          : t('Whoever learns your password gets no further without the code that your telephone shows.')}
      </p>
      {begun && <FactorToScan factor={begun} />}
      <div className="fields">
        {begun ? (
          <TextInput
            key="code"
            label={t('Code')}
            inputMode="numeric"
            autoComplete="one-time-code"
            autoFocus
            required
            hint={t('The six digits that the application on your telephone shows.')}
            value={typed}
            onChange={setTyped}
          />
        ) : (
          <TextInput
            key="password"
            label={t('Your password')}
            type="password"
            autoComplete="current-password"
            required
            value={typed}
            onChange={setTyped}
          />
        )}
      </div>
      <ProblemLine problem={problem} />
      <p>
        <button type="submit" className="button primary" disabled={typed === '' || beginning || confirming}>
          {begun ? t('Confirm and switch on') : t('Set up a second factor')}
        </button>
      </p>
    </form>
  );
}

function WhileOn({ factor: { since, recoveryCodesLeft, required }, got, again }: PartProps & { again: () => void }) {
  const [turnOff] = useMutation(TurnOffSecondFactorDocument);
  const [renew] = useMutation(RenewRecoveryCodesDocument);
  const [wanted, setWanted] = useState<'off' | 'codes' | null>(null);
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const want = (next: typeof wanted): void => {
    setWanted(next);
    setCode('');
    setProblem(null);
  };
  const submit = async (): Promise<void> => {
    if (wanted === 'off') {
      await turnOff({ variables: { code } });
      return again();
    }
    const { data } = await renew({ variables: { code } });
    if (data) got(data.renewRecoveryCodes.recoveryCodes);
  };
  return (
    <>
      <p>
        {t('On since {{when}}.', { when: moment(since ?? '') })} {t('{{count}} recovery codes are left.', { count: recoveryCodesLeft })}
      </p>
      {required && <p className="soft">{t('Your role has to have it; it cannot be switched off.')}</p>}
      {wanted === null ? (
        <p className="row">
          <button type="button" className="button" onClick={() => want('codes')}>
            {t('Make new recovery codes')}
          </button>
          {!required && (
            <button type="button" className="button warns" onClick={() => want('off')}>
              {t('Switch off')}…
            </button>
          )}
        </p>
      ) : (
        <form
          className="form-inside"
          onSubmit={(event) => {
            event.preventDefault();
            setProblem(null);
            submit().catch((error: unknown) => setProblem(problemOf(error).message));
          }}
        >
          <div className="fields">
            <TextInput
              label={t('Code')}
              autoComplete="one-time-code"
              autoFocus
              required
              hint={
                wanted === 'off'
                  ? t('A code of the telephone or a recovery code. From then on the password alone signs you in.')
                  : t('A code of the telephone or a recovery code. The codes that you have are good no more then.')
              }
              value={code}
              onChange={setCode}
            />
          </div>
          <ProblemLine problem={problem} />
          <p className="row">
            <button type="submit" className={wanted === 'off' ? 'button grave' : 'button primary'} disabled={code === ''}>
              {wanted === 'off' ? t('Switch off') : t('Make new recovery codes')}
            </button>
            <button type="button" className="button quiet" onClick={() => want(null)}>
              {t('Cancel')}
            </button>
          </p>
        </form>
      )}
    </>
  );
}
