/** The console's start: language, colours and session, then the page that the address names. */
import { createRoot } from 'react-dom/client';
import { isFramed } from '@patchbay/pages/frame';
import { reloadForMissingPart } from '@patchbay/pages/missing-part';
import { preferred } from '@patchbay/pages/speech';
import { sayStopped } from '@patchbay/pages/stopped';
import './catalogs';
import { App } from './App';
import { speak } from './language';
import { followFrame, frameLocale } from './frame';
import { scheme, show } from './scheme';
import { takeTokenFromAddress } from './session';
import '@patchbay/pages/styles/roles.css';
import '@patchbay/pages/styles/base.css';
import './styles/shell.css';
import './styles/parts.css';

const element = document.getElementById('console');
if (element === null) throw new Error('The page has no element with the id "console".');
const root = createRoot(element, { onUncaughtError: sayStopped({ reloadAfterMs: null }) });
if (isFramed()) followFrame();
else {
  show(scheme());
  takeTokenFromAddress();
}
// Nothing is lost by a reload: nothing was drawn yet.
if (!(await speak([frameLocale(), ...preferred()]))) await reloadForMissingPart();
root.render(<App />);
// Not needed before the first key.
void import('@patchbay/pages/kept-focus').then(
  ({ keepFocus }) => keepFocus(),
  () => undefined,
);
