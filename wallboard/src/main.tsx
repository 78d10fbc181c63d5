/** Starts the wall in the page. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { sayStopped } from '@patchbay/pages/stopped';
import { App } from './app';
import './theme.css';

/** Nobody stands in front of a wall to reload it. */
const RELOAD_AFTER_MS = 10_000;

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root".');
createRoot(root, { onUncaughtError: sayStopped({ reloadAfterMs: RELOAD_AFTER_MS }) }).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
