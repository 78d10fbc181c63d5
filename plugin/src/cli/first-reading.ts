/** Shows how the running engine reads, for the first time, what is in the CRM. */
import { setTimeout } from 'node:timers/promises';
import type { Reading } from '../crm/first-reading.js';
import { START } from '../platform/command.js';

const LOOK_MS = 300;
/** An engine that runs notices a new connection within a second. */
const ENGINE_MS = 4_000;
const BAR = 20;

export function bar({ read, total }: Reading): string {
  const count = (records: number): string => records.toLocaleString('en');
  if (total === null) return `${count(read)} records`;
  const filled = total === 0 ? BAR : Math.round((Math.min(read, total) / total) * BAR);
  return `${'█'.repeat(filled)}${'░'.repeat(BAR - filled)}  ${count(read)} of ${count(total)} records`;
}

/** Watches until all is read; without a running engine there is nothing to watch. Stopping to watch stops nothing else. */
export async function watchReading(look: () => Promise<Reading | null>, say: (words: string) => void): Promise<void> {
  const since = performance.now();
  for (;;) {
    const reading = await look();
    if (reading?.complete) return say(`${reading.read.toLocaleString('en')} records of the CRM`);
    if (!reading && performance.now() - since > ENGINE_MS) return say(`begins as soon as the engine runs: ${START}`);
    if (reading) say(bar(reading));
    await setTimeout(LOOK_MS);
  }
}
