import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Answer } from '../support/api-client.ts';
import { violationsIn } from '../support/invariants.ts';
import type { Program } from '../support/program.ts';
import { addSourceBy, fileOf, serveProgram, uploadOf } from '../support/served-program.ts';

/** A way to fill the disk of a server, and to free space again. */
interface Shortage {
  readonly name: string;
  begin(dataDir: string, pid: number): void;
  /** Called before the server starts. */
  prepare(dataDir: string): void;
  end(dataDir: string, pid: number): void;
  remove(dataDir: string): void;
}

const enough = 4 * 1024 * 1024;

/** Works everywhere: a limit of the process, similar to a quota. */
const limit: Shortage = {
  name: 'a limit on files',
  prepare: (dataDir) => mkdirSync(dataDir, { mode: 0o700 }),
  begin: (_dataDir, pid) => void execFileSync('prlimit', ['--pid', String(pid), `--fsize=${enough}:`]),
  end: (_dataDir, pid) => void execFileSync('prlimit', ['--pid', String(pid), '--fsize=unlimited:']),
  remove: () => undefined,
};

/** A small disk that is really full; needs the right to mount one. */
const smallDisk: Shortage = {
  name: 'a full disk',
  prepare: (dataDir) => {
    mkdirSync(dataDir, { mode: 0o700 });
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${2 * enough},mode=0700`, 'tmpfs', dataDir]);
  },
  begin: () => undefined,
  end: (dataDir) => void execFileSync('mount', ['-o', `remount,size=${100 * enough}`, dataDir]),
  remove: (dataDir) => void execFileSync('umount', [dataDir]),
};

function mayMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'muniment-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder]);
    return true;
  } catch {
    // Without that right, as in most containers, only the other way is tested.
    return false;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe.each(mayMount() ? [limit, smallDisk] : [limit])('$name', (shortage) => {
  let folder: string;
  let dataDir: string;
  const programs: Program[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'muniment-full-'));
    dataDir = join(folder, 'data');
    shortage.prepare(dataDir);
  });
  afterEach(async () => {
    for (const { child, ended } of programs.splice(0)) {
      child.kill('SIGKILL');
      await ended;
    }
    shortage.remove(dataDir);
    rmSync(folder, { recursive: true, force: true });
  });

  test('ends a load with a clear ERROR, rejects writes and uploads, allows reads, and recovers once there is space', async () => {
    const served = await serveProgram(['--data-dir', dataDir], (program) => programs.push(program));
    const { api, program } = served;
    const source = await addSourceBy(served, 'Directory');
    const load = `/v2025/sources/${source}/load-entitlements`;
    const pid = program.child.pid ?? 0;
    const small = await api.send('POST', load, uploadOf(fileOf(50)));
    expect(await api.waitForTask(small.body.id)).toMatchObject({ completionStatus: 'SUCCESS' });
    shortage.begin(dataDir, pid);

    const upload = await api.send('POST', load, uploadOf(fileOf(30_000, 600)));
    expectFull(upload);
    expect(readdirSync(join(dataDir, 'spool'))).toEqual([]);

    const accepted = await api.send('POST', load, uploadOf(fileOf(8000, 20)));
    expect(accepted.status).toBe(202);
    const failed = await api.waitForTask(accepted.body.id);
    expect(failed).toMatchObject({ completionStatus: 'ERROR', progress: 'Failed' });
    expect(failed.messages[0].localizedText.message).toMatch(/The disk is full.*Make room first.*is kept/);
    // The first 50 changed in a batch that was either written or not, like those after them.
    const list = await api.get('/v2025/entitlements?limit=250&count=true');
    const there = Number(list.headers.get('x-total-count'));
    expect(there).toBe(50 + failed.attributes.groupsCreated);
    expect(there).toBeLessThan(8000);

    const { id } = list.body[0];
    const patch = (description: string): Promise<Answer> =>
      api.send('PATCH', `/v2025/entitlements/${id}`, [{ op: 'replace', path: '/description', value: description }]);
    let refused: Answer | undefined;
    let acknowledged = '';
    for (let number = 0; refused === undefined && number < 5000; number += 1) {
      const description = `${number} ${'y'.repeat(20_000)}`;
      const answer = await patch(description);
      if (answer.status === 200) {
        acknowledged = description;
      } else {
        refused = answer;
      }
    }
    expectFull(refused);
    const read = await api.get(`/v2025/entitlements/${id}`);
    expect(read.status).toBe(200);
    if (acknowledged !== '') {
      expect(read.body.description).toBe(acknowledged);
    }

    shortage.end(dataDir, pid);
    expect((await patch('there is room')).status).toBe(200);
    const again = await api.send('POST', load, uploadOf(fileOf(8000, 20)));
    expect(await api.waitForTask(again.body.id)).toMatchObject({
      completionStatus: 'SUCCESS',
      attributes: { total: 8000, groupsCreated: 8000 - there },
    });
    await expect.poll(() => readdirSync(join(dataDir, 'spool'))).toEqual([]);
    program.child.kill('SIGTERM');
    expect(await program.ended).toBe(0);
    expect(await violationsIn(`sqlite:${join(dataDir, 'muniment.sqlite')}`)).toEqual([]);
  }, 180_000);
});

function expectFull(answer: Answer | undefined): void {
  expect(answer).toMatchObject({
    status: 503,
    body: {
      detailCode: '503 Service unavailable',
      messages: [{ text: expect.stringContaining('The disk is full, or a limit of space on it is reached.') }, {}],
    },
  });
}
