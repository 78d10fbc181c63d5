/** A frame for one of the engine's pages, for whoever is signed in to Twenty. All front components are this one. */
import { useState } from 'react';
import { useColorScheme, useTranslate } from 'twenty-sdk/front-component';
import { frameAddress } from './engine';
import { engineAddress } from './host';
import { Notice } from './notice';
import { randomId } from './random-id';
import { useShown } from './use-shown';
import { useSignIn } from './use-sign-in';

/** Twenty takes away what would let the page act as Twenty itself; the rest is what the desk needs. */
const SANDBOX = 'allow-scripts allow-forms allow-popups allow-downloads allow-modals';

interface Props {
  /** The page under the engine's `/desk/`. */
  page: string;
  title: string;
  /** What the page must know beside who looks. */
  facts?: Record<string, string | undefined>;
}

export const Shell = ({ page, title, facts }: Props) => {
  const { t, locale } = useTranslate();
  const scheme = useColorScheme();
  const address = engineAddress();
  const [state, again] = useSignIn(address);
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
