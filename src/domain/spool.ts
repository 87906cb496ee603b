import { randomUUID } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { newId } from './ids.ts';

/** The folder where uploaded files wait for the task that reads them. */
export interface Spool {
  /** Names this folder among those of other servers on the same database: only its owners can run its tasks. */
  readonly id: string;
  /** Writes a stream to a new file and returns the file's name. A failed write leaves nothing behind. */
  store(stream: Readable): Promise<string>;
  path(file: string): string;
  size(file: string): Promise<number>;
  remove(file: string): Promise<void>;
  /** The files that are there now. */
  list(): Promise<string[]>;
}

/** Opens the spool of a data directory, making it if it is not there. */
export function openSpool(dataDir: string): Spool {
  const folder = join(dataDir, 'spool');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const idFile = join(dataDir, 'spool-id');
  if (!existsSync(idFile)) {
    writeFileSync(idFile, `${randomUUID()}\n`, { mode: 0o600, flag: 'wx' });
  }
  const path = (file: string): string => join(folder, file);
  return {
    id: readFileSync(idFile, 'utf8').trim(),
    path,
    store: async (stream) => {
      const file = newId();
      try {
        await pipeline(stream, createWriteStream(path(file), { flags: 'wx', mode: 0o600, flush: true }));
      } catch (error) {
        await rm(path(file), { force: true });
        throw error;
      }
      return file;
    },
    size: async (file) => (await stat(path(file))).size,
    remove: (file) => rm(path(file), { force: true }),
    list: () => readdir(folder),
  };
}
