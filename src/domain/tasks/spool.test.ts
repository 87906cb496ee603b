import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, expect, test } from 'vitest';
import { describeStorage } from '../../../tests/support/engines.ts';
import { findChunk } from '../../storage/tasks/spool-chunks.ts';
import { discardFile, fetchFile, openSpool, publishFile, removeOrphans } from './spool.ts';

describeStorage('spool', (database) => {
  const folder = mkdtempSync(join(tmpdir(), 'muniment-spool-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const here = openSpool(join(folder, 'here'));
  const there = openSpool(join(folder, 'there'));

  test('a file is complete or missing', async () => {
    const broken = Readable.from(
      (async function* () {
        yield 'begin';
        throw new Error('the client is gone');
      })(),
    );
    await expect(here.store(broken)).rejects.toThrow('the client is gone');
    expect(await here.list()).toEqual([]);
  });

  test('another server on a shared database finds the file until it is discarded', async () => {
    const content = Buffer.alloc(2_500_000, 'ä😀x');
    const file = await here.store(Readable.from([content]));
    await publishFile(database(), here, file);
    if (database().dialect.isShared) {
      await fetchFile(database(), there, file);
      expect(readFileSync(there.path(file)).equals(content)).toBe(true);
    } else {
      await expect(fetchFile(database(), there, file)).rejects.toThrow('no longer exists');
    }
    await discardFile(database(), there, file);
    await discardFile(database(), here, file);
    await expect(fetchFile(database(), there, file)).rejects.toThrow('Load it again');
  });

  test('files without a task are removed at the start', async () => {
    const [kept, lost] = [await here.store(Readable.from(['a'])), await here.store(Readable.from(['b']))];
    await publishFile(database(), here, kept);
    await publishFile(database(), here, lost);
    await removeOrphans(database(), here, new Set([kept]));
    expect(readdirSync(join(folder, 'here', 'spool'))).toEqual([kept]);
    expect(await findChunk(database().keyed, lost, 0)).toBeUndefined();
    expect((await findChunk(database().keyed, kept, 0)) !== undefined).toBe(database().dialect.isShared);
    await here.remove(kept);
  });
});
