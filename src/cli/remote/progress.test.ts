import { expect, test } from 'vitest';
import { barLine, bytesText, Progress } from './progress.ts';

function shown(
  isTerminal: boolean,
  act: (progress: Progress, pass: (milliseconds: number) => void) => void,
  columns = 60,
): string {
  let text = '';
  let now = 0;
  const stream = { columns, write: (part: string) => (text += part) };
  act(new Progress(stream, isTerminal, () => now), (milliseconds) => {
    now += milliseconds;
  });
  return text;
}

test('on a terminal one line is redrawn, at most ten times a second', () => {
  const text = shown(true, (progress, pass) => {
    progress.show('Sending', 0, '0 B');
    progress.show('Sending', 0.1, 'too early');
    pass(100);
    progress.show('Sending', 0.5, '1 B');
    progress.clear();
    progress.clear();
  });
  expect(text).toBe(
    '\r\u001B[KSending [------------------------] 0 % 0 B\r\u001B[KSending [############------------] 50 % 1 B\r\u001B[K',
  );
});

test('a terminal of unknown width is treated as 80 columns wide', () => {
  const text = shown(true, (progress) => progress.show('Sending', undefined, 'x'.repeat(100)), 0);
  expect(text).toBe(`\r\u001B[KSending ${'x'.repeat(70)}…`);
});

test('otherwise there is a line for each step, and one every ten seconds', () => {
  const text = shown(false, (progress, pass) => {
    progress.show('Sending', 0, '0 B');
    pass(9000);
    progress.show('Sending', 0.5, 'too early');
    pass(1000);
    progress.show('Sending', 0.99, '1 B');
    progress.show('Running', undefined, 'waits');
    progress.clear();
  });
  expect(text).toBe('Sending: 0 % 0 B\nSending: 99 % 1 B\nRunning: waits\n');
});

test('a bar is never wider than the terminal, nor filled beyond its ends', () => {
  expect(barLine('Running', 1.5, 'x'.repeat(100), 60)).toHaveLength(59);
  expect(barLine('Running', 7, '', 60)).toContain(`[${'#'.repeat(24)}]`);
  expect(barLine('Running', undefined, 'a\u001B[2Jb', 60)).toBe('Running a\uFFFD[2Jb');
});

test('bytes are formatted with units', () => {
  expect([0, 1023, 1536, 3 * 2 ** 30].map(bytesText)).toEqual(['0 B', '1023 B', '1.5 KiB', '3.0 GiB']);
});
