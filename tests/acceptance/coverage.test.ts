import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { operations } from '../../src/api/operations.ts';

const table = readFileSync(new URL('COVERAGE.md', import.meta.url), 'utf8');

/** The files in the table for each operation. */
const filesOf = new Map(
  table
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter(([, name = '']) => /^[a-z]+[A-Z]\w+$/.test(name))
    .map(([, name = '', ...cells]) => [
      name,
      [...cells.join(' ').matchAll(/\(([\w.-]+)\)/g)].map(([, file = '']) => file),
    ]),
);

describe('COVERAGE.md', () => {
  test('has exactly the served operations', () => {
    expect([...filesOf.keys()]).toEqual(operations.map(({ operationId }) => operationId));
  });

  test.each([...filesOf])('%s is tested in the files in the table', (operationId, files) => {
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const text = readFileSync(new URL(file, import.meta.url), 'utf8');
      expect(new RegExp(`\\b${operationId}\\b`).test(text), `${operationId} in ${file}`).toBe(true);
    }
  });
});
