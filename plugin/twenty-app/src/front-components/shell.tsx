/** A frame for one of the engine's pages, for whoever is signed in to Twenty. All front components are this one. */
import { useState } from 'react';
import { useColorScheme, useTranslate } from 'twenty-sdk/front-component';
import { frameAddress, type Purpose } from './engine';
import { engineAddress } from './host';
import { Notice } from './notice';
import { randomId } from './random-id';
import { useShown } from './use-shown';
import { useSignIn } from './use-sign-in';

/** Twenty takes away what would let the page act as Twenty itself; the rest is what the desk needs. */
const SANDBOX = 'allow-scripts allow-forms allow-popups allow-downloads allow-modals';

interface Props {
  /** The page under the engine's address. */
  page: string;
  purpose?: Purpose;
  title: string;
  /** What the page must know beside who looks. */
  facts?: Record<string, string | undefined>;
}

export const Shell = ({ page, purpose = 'DESK', title, facts }: Props) => {
  const { t, locale } = useTranslate();
  const scheme = useColorScheme();
  const address = engineAddress();
  const [state, again] = useSignIn(address, purpose);
  const [frame] = useState(randomId);
  useShown(address, frame, facts?.host === 'crm' && state.kind === 'in' ? state.secret : null);
  const action = { label: t('Try again'), run: again };

  if (!address) {
    return (
      <Notice
        heading={t('Patchbay is not set up yet')}
        text={t(
          'An administrator must run "patchbay-center install twenty" with the address at which the engine is reached from a browser, such as https://patchbay.example.com.',
        )}
      />
    );
  }
  if (state.kind === 'waiting') return <Notice text={t('Connecting to the contact center…')} />;
  if (state.kind === 'unreachable') {
    return (
      <Notice
        heading={t('The contact center does not answer')}
        text={t('Nothing answered at {address}. It may be starting, or your network does not let you reach it.', { address })}
        action={action}
      />
    );
  }
  if (state.kind === 'refused' && state.code === 'FORBIDDEN' && purpose === 'CONSOLE') {
    return (
      <Notice
        heading={t('This page is not for your role')}
        text={t(
          'Administration is for those whose role in Twenty may change all settings. Ask one of them for such a role (Settings → Members → Roles), or have them do it. If you have a sign-in of your own for the contact center, use it at {address}.',
          { address: `${address}/console/` },
        )}
        action={action}
      />
    );
  }
  if (state.kind === 'refused') return <Notice heading={t('The contact center did not let you in')} text={state.message} action={action} />;

  return (
    <iframe
      title={title}
      src={frameAddress(address, page, { token: state.secret, ...facts, ...(facts?.host === 'crm' && { frame }), scheme, locale })}
      sandbox={SANDBOX}
      style={{ border: 0, display: 'block', height: '100%', minHeight: '480px', width: '100%' }}
    />
  );
};
