/**
 * Loaded before the engine (`--import`), by tests alone: a line for each HTTP request that the process makes goes to the
 * file that PATCHBAY_TEST_CALLS names, so that a test knows what the CRM was asked without standing in between.
 */
import diagnostics from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';

diagnostics.subscribe('undici:request:create', ({ request }) =>
  appendFileSync(process.env.PATCHBAY_TEST_CALLS, `${request.method} ${request.origin}${request.path}\n`),
);
