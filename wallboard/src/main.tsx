/** Starts the wall in the page. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { SafetyNet } from './safety-net';
import './theme.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root".');
createRoot(root).render(
  <StrictMode>
    <SafetyNet>
      <App />
    </SafetyNet>
  </StrictMode>,
);
