/** Ends the run with what did not run, test by test: nothing is skipped in silence. */
export default class NotRunReporter {
  onRunComplete(_contexts, { testResults }) {
    for (const { testFilePath, testResults: tests } of testResults) {
      for (const { status, fullName } of tests) {
        if (status === 'passed' || status === 'failed') continue;
        process.stderr.write(`NOT RUN: ${fullName} (${testFilePath.slice(process.cwd().length + 1)})\n`);
      }
    }
  }
}
