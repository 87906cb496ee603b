import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { Program } from './program.ts';
import { type ServedProgram, serveProgram } from './served-program.ts';

/** Server processes for the tests of one block, each with a data directory; all are removed after each test. */
export interface ServerProcesses {
  /** Returns the data directory with a name, which the server creates. */
  dataDir(name: string): string;
  serve(name: string, ...flags: readonly string[]): Promise<ServedProgram>;
}

export function serverProcesses(): ServerProcesses {
  let folder: string;
  const programs: Program[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'muniment-processes-'));
  });
  afterEach(async () => {
    for (const { child, ended } of programs.splice(0)) {
      child.kill('SIGKILL');
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  });
  const dataDir = (name: string): string => join(folder, name);
  return {
    dataDir,
    serve: (name, ...flags) =>
      serveProgram(['--data-dir', dataDir(name), ...flags], (program) => programs.push(program)),
  };
}
