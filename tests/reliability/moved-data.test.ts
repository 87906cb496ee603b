import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Answer } from '../support/api-client.ts';
import type { Program } from '../support/program.ts';
import { addSourceBy, fileOf, serveProgram, uploadOf } from '../support/served-program.ts';

let folder: string;
let server: Program | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muniment-moved-'));
});
afterEach(async () => {
  server?.child.kill('SIGKILL');
  await server?.ended;
  rmSync(folder, { recursive: true, force: true });
});

test('a data directory that is moved away causes correct errors, and may be moved back', async () => {
  const dataDir = join(folder, 'data');
  const served = await serveProgram(['--data-dir', dataDir], (program) => {
    server = program;
  });
  const { api } = served;
  const source = await addSourceBy(served, 'Directory');
  const upload = (): Promise<Answer> =>
    api.send('POST', `/v2025/sources/${source}/load-entitlements`, uploadOf(fileOf(3)));
  const health = async (): Promise<number[]> => {
    const probes = await Promise.all([api.get('/health/live'), api.get('/health/ready')]);
    return probes.map(({ status }) => status);
  };

  renameSync(dataDir, `${dataDir}.gone`);
  // The reader threads have not opened the file yet.
  expect((await api.get('/v2025/entitlements')).status).toBe(503);
  expect((await upload()).status).toBe(503);
  expect(await health()).toEqual([200, 503]);

  renameSync(`${dataDir}.gone`, dataDir);
  expect((await api.get('/v2025/entitlements')).status).toBe(200);
  expect((await upload()).status).toBe(202);
  expect(await health()).toEqual([200, 200]);
});
