/** Begins with what starts processes and browsers: a long file that begins last would leave the other cores without work. */
import { createRequire } from 'node:module';

const { default: Sequencer } = createRequire(import.meta.url)('@jest/test-sequencer');

export default class LongestFirst extends Sequencer {
  sort(tests) {
    // Those of earlier runs by their time, unknown ones by their size.
    const sorted = super.sort(tests);
    const isLong = ({ path }) => /[\\/](e2e|crm)[\\/](test[\\/])?[^\\/]+\.test\.ts$/.test(path);
    return [...sorted.filter(isLong), ...sorted.filter((test) => !isLong(test))];
  }
}
