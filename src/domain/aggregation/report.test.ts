import { expect, test } from 'vitest';
import { AggregationReport } from './report.ts';

test('the list of problems is limited in number, lines and length; all are counted', () => {
  const report = new AggregationReport({}, { badRows: 'badRows' });
  const lines = Array.from({ length: 25 }, (_, index) => index + 1);
  report.addProblem({ lines, problem: 'contradicts itself' });
  report.addProblem({ lines: lines.slice(0, 21), problem: 'x'.repeat(400) });
  for (let line = 100; line < 100_100; line += 1) {
    report.addProblem({ lines: [line], problem: 'no key' });
  }
  expect(report.problems).toHaveLength(100_000);
  expect(report.problems.slice(0, 2)).toEqual([
    { lines: lines.slice(0, 20), problem: 'contradicts itself (and in 5 more lines)' },
    { lines: lines.slice(0, 20), problem: `${'x'.repeat(300)}… (and in 1 more line)` },
  ]);
  expect(report.attributesWith({})).toEqual({ badRows: 100_046 });
  const messages = report.messages();
  expect(messages).toHaveLength(101);
  expect(messages[0]?.text).toBe('Lines 1, 2, 3, 4, 5, …: contradicts itself (and in 5 more lines)');
  expect(messages.at(-1)).toMatchObject({
    key: 'more_problems',
    text: "There are 99902 more problems; the task's list of problems is limited to 100000 and omits the last 2.",
    parameters: ['99902'],
  });
});
