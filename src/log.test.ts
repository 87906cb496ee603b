import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { LogBlocks } from './log.ts';

const file = new URL('log.ts', import.meta.url).href;

/** Starts a process that runs `body`, which can log to standard error through `blocks`. */
function logging(body: string) {
  const program = `import { LogBlocks } from ${JSON.stringify(file)}; const blocks = new LogBlocks(2); ${body}`;
  return spawn(process.execPath, ['--input-type=module-typescript', '-e', program], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

const manyLines = `for (let n = 0; n < 4000; n += 1) { blocks.write('line ' + n + ' ' + 'x'.repeat(100) + '\\n'); }`;

test('lines are written in order, completely and once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'muniment-test-'));
  const descriptor = openSync(join(folder, 'log'), 'a');
  try {
    const blocks = new LogBlocks(descriptor);
    const lines = Array.from({ length: 5000 }, (_, number) => `line ${number} ü ${'x'.repeat(50)}\n`);
    for (const line of lines) {
      blocks.write(line);
    }
    blocks.writeBlocks();
    await expect.poll(() => readFileSync(join(folder, 'log'), 'utf8')).toBe(lines.join(''));
  } finally {
    closeSync(descriptor);
    rmSync(folder, { recursive: true });
  }
});

test('at the end of a process every line is written, even if the reader is slow', async () => {
  const child = logging(`${manyLines} blocks.flush(); process.exit(3);`);
  await sleep(300);
  let text = '';
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  expect(await once(child, 'close')).toEqual([3, null]);
  const numbers = new Set([...text.matchAll(/^line (\d+) x{100}$/gm)].map(([, number]) => number));
  expect(numbers.size).toBe(4000);
});

test('pending lines are written once at the end of a process', async () => {
  const child = logging(`blocks.write('first\\n'); blocks.write('last\\n'); blocks.flush();`);
  let text = '';
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  await once(child, 'close');
  expect(text).toBe('first\nlast\n');
});

test('a process ends although its log is closed', async () => {
  const child = logging(
    `await new Promise((resolve) => setTimeout(resolve, 300)); ${manyLines} blocks.flush(); process.exit(4);`,
  );
  child.stderr.destroy();
  expect(await once(child, 'exit')).toEqual([4, null]);
});
