/** Says at the end of a run which files took longest: what makes the tests slow is to be seen when it comes, not a year later. */
const SHOWN = 10;

export default class SlowestFiles {
  onRunComplete(_contexts, { testResults, startTime }) {
    if (testResults.length <= SHOWN) return;
    const files = testResults.map(({ testFilePath, perfStats }) => ({ name: testFilePath, ms: perfStats.end - perfStats.start }));
    const slowest = files.sort((a, b) => b.ms - a.ms).slice(0, SHOWN);
    const seconds = (ms) => `${(ms / 1_000).toFixed(1).padStart(7)} s`;
    const from = process.cwd().length + 1;
    process.stderr.write(`\nThe ${SHOWN} slowest of ${files.length} files, of ${seconds(Date.now() - startTime).trim()} in all:\n`);
    for (const { name, ms } of slowest) process.stderr.write(`${seconds(ms)}  ${name.slice(from)}\n`);
  }
}
