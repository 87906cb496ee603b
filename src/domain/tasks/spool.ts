import { createReadStream, createWriteStream, existsSync, mkdirSync } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Database } from '../../storage/database.ts';
import { deleteChunks, deleteForgottenChunks, findChunk, insertChunk } from '../../storage/tasks/spool-chunks.ts';
import type { Task } from '../../storage/tasks/tasks.ts';
import { badRequestContent } from '../../errors.ts';
import { newId } from '../ids.ts';

/** The folder of uploaded files whose task has not ended. It belongs to one server. */
export interface Spool {
  /** Writes a stream to a new spool file and returns its name. A failed write leaves no file. */
  store(stream: Readable): Promise<string>;
  path(file: string): string;
  /** Removes a file if it exists. */
  remove(file: string): Promise<void>;
  /** Returns the existing files. */
  list(): Promise<string[]>;
}

/** Returns the name of the scratch file in the spool in which the run of a task stages its input. */
export function scratchFileOf({ id, parameters }: Pick<Task, 'id' | 'parameters'>): string {
  return `${typeof parameters['file'] === 'string' ? parameters['file'] : id}.stage`;
}

/** Opens the spool of a data directory; creates it if necessary. */
export function openSpool(dataDir: string): Spool {
  const folder = join(dataDir, 'spool');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = (file: string): string => join(folder, file);
  return {
    path,
    store: async (stream) => {
      const file = newId();
      await write(path(file), stream);
      return file;
    },
    remove: (file) => rm(path(file), { force: true }),
    list: () => readdir(folder),
  };
}

/** The size of the pieces in which a file is stored in the database, in bytes. */
const chunkSize = 1024 * 1024;
/** The age at which a file without a task is orphaned, in milliseconds: no upload takes that long. */
const forgottenAfter = 24 * 60 * 60 * 1000;

/** Makes a spool file available to every server that may run its task. Does nothing if the database is not shared. */
export async function publishFile(database: Database, spool: Spool, file: string): Promise<void> {
  if (!database.dialect.isShared) {
    return;
  }
  let number = 0;
  for await (const bytes of createReadStream(spool.path(file), { highWaterMark: chunkSize })) {
    const chunk = { file, number, bytes: bytes as Buffer, created: Date.now() };
    await database.write((transaction) => insertChunk(transaction, chunk));
    number += 1;
  }
}

/** Copies a file that another server received to this spool. Throws a 400 if it does not exist. */
export async function fetchFile(database: Database, spool: Spool, file: string): Promise<void> {
  if (existsSync(spool.path(file))) {
    return;
  }
  if ((await findChunk(database.keyed, file, 0)) === undefined) {
    throw badRequestContent('The uploaded file no longer exists. Load it again.');
  }
  await write(spool.path(file), Readable.from(chunksOf(database, file)));
}

/** Removes a file here and for the other servers. */
export async function discardFile(database: Database, spool: Spool, file: string): Promise<void> {
  await spool.remove(file);
  if (database.dialect.isShared) {
    await database.write((transaction) => deleteChunks(transaction, file));
  }
}

/** Removes files without an open task that a killed process left behind. Called at the start. */
export async function removeOrphans(database: Database, spool: Spool, inUse: ReadonlySet<string>): Promise<void> {
  const orphans = (await spool.list()).filter((file) => !inUse.has(file));
  for (const file of orphans) {
    await discardFile(database, spool, file);
  }
  await database.write((transaction) => deleteForgottenChunks(transaction, Date.now() - forgottenAfter, inUse));
}

async function* chunksOf(database: Database, file: string): AsyncGenerator<Buffer> {
  for (let number = 0; ; number += 1) {
    const bytes = await findChunk(database.keyed, file, number);
    if (bytes === undefined) {
      return;
    }
    yield bytes;
  }
}

async function write(path: string, stream: Readable): Promise<void> {
  const part = `${path}.part`;
  try {
    await pipeline(stream, createWriteStream(part, { flags: 'w', mode: 0o600, flush: true }));
    // A file under its final name is always complete.
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
