import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openWriter } from './connection.ts';

test('a new database is private, including its WAL', () => {
  const folder = mkdtempSync(join(tmpdir(), 'muniment-test-'));
  const connection = openWriter(join(folder, 'muniment.sqlite'));
  try {
    connection.run('CREATE TABLE t (a)', []);
    const files = readdirSync(folder).toSorted();
    expect(files).toEqual(['muniment.sqlite', 'muniment.sqlite-shm', 'muniment.sqlite-wal']);
    for (const file of files) {
      expect([file, statSync(join(folder, file)).mode & 0o777]).toEqual([file, 0o600]);
    }
  } finally {
    connection.close();
    rmSync(folder, { recursive: true });
  }
});
