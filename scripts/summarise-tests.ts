import { readFileSync } from 'node:fs';

/** Prints the totals of a Vitest JSON report in one line. Fails if tests failed, were skipped or did not run. */
const file = process.argv[2] ?? '';
const report = JSON.parse(readFileSync(file, 'utf8')) as {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  success: boolean;
};
console.log(`${report.numPassedTests} passed, ${report.numFailedTests} failed, ${report.numPendingTests} skipped`);
process.exitCode = report.success && report.numPassedTests > 0 ? 0 : 1;
