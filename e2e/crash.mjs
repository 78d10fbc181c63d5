/** `npm run test:crash -- 50`: the crash tests with that many kills each, as they run every night. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const kills = process.argv[2] ?? '50';
if (!/^\d+$/.test(kills)) {
  process.stderr.write(`How many kills? A number, such as npm run test:crash -- 50, not "${kills}".\n`);
  process.exit(2);
}
const root = fileURLToPath(new URL('..', import.meta.url));
const jest = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
  '--runInBand',
  'e2e/test/crash.test.ts',
  'e2e/test/effects-crash.test.ts',
];
const run = spawn(process.execPath, jest, { cwd: root, stdio: 'inherit', env: { ...process.env, PATCHBAY_KILLS: kills } });
run.on('exit', (code) => process.exit(code ?? 1));
