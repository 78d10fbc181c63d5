/** Starts the wall in the page. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { keepFocus } from '@patchbay/pages/kept-focus';
import { reloadForMissingPart } from '@patchbay/pages/missing-part';
import { sayStopped } from '@patchbay/pages/stopped';
import { App } from './app';
import { speak } from './language';
import './theme.css';

/** Nobody stands in front of a wall to reload it. */
const RELOAD_AFTER_MS = 10_000;

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root".');
const page = createRoot(root, { onUncaughtError: sayStopped({ reloadAfterMs: RELOAD_AFTER_MS }) });
void speak().then(async (came) => {
  // Nothing is lost by a reload: nothing was drawn yet.
  if (!came) await reloadForMissingPart();
  page.render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
});
keepFocus();
