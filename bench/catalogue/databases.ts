import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { Engine } from '../options.ts';
import { cacheFolder, filesKey } from './files.ts';

/** A database by its URL. */
export interface BenchDatabase {
  readonly url: string;
  /** Whether it exists. */
  exists(): Promise<boolean>;
  /** Creates it as a copy of another one that is not in use. */
  copyFrom(original: BenchDatabase): Promise<void>;
  /** Creates it empty. */
  create(): Promise<void>;
  remove(): Promise<void>;
}

/** A hash of the schema: a catalogue with another schema is not used. */
const schema = new URL('../../src/storage/schema.sql', import.meta.url);

/** Returns the name of the cached catalogue for a size and seed. */
export function catalogueName(engine: Engine, size: number, seed: number): string {
  const hash = createHash('sha1').update(readFileSync(schema)).digest('hex').slice(0, 8);
  return `${engine}-${filesKey(size, seed)}-${hash}`;
}

/** Returns the database with a name. */
export function benchDatabase(engine: Engine, name: string): BenchDatabase {
  return engine === 'sqlite' ? sqliteDatabase(name) : postgresDatabase(name);
}

/** Removes databases of killed runs: names that begin with `run-` and the id of a process that no longer exists. */
export async function removeLeftOvers(engine: Engine): Promise<void> {
  mkdirSync(cacheFolder, { recursive: true });
  for (const name of readdirSync(cacheFolder).filter(isLeftOver)) {
    rmSync(join(cacheFolder, name), { recursive: true, force: true });
  }
  if (engine === 'postgres') {
    const names = await administer(`SELECT datname AS name FROM pg_database WHERE datname LIKE '${prefix}run\\_%'`);
    for (const { name } of names.filter((row) => isLeftOver(row.name.slice(prefix.length)))) {
      await administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    }
  }
}

function isLeftOver(name: string): boolean {
  const pid = /^run[-_](\d+)/.exec(name)?.[1];
  return pid !== undefined && !isRunning(Number(pid));
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function sqliteDatabase(name: string): BenchDatabase {
  const folder = join(cacheFolder, name);
  const file = join(folder, 'muniment.sqlite');
  const remove = async (): Promise<void> => rmSync(folder, { recursive: true, force: true });
  const create = async (): Promise<void> => {
    await remove();
    mkdirSync(folder, { recursive: true });
  };
  return {
    url: `sqlite:${file}`,
    exists: async () => existsSync(file),
    create,
    copyFrom: async (original) => {
      await create();
      copyFileSync(original.url.slice('sqlite:'.length), file, constants.COPYFILE_FICLONE);
      toDisk(file);
    },
    remove,
  };
}

/** Flushes a file: pending writes of the operating system would distort the measurement. */
function toDisk(file: string): void {
  const descriptor = openSync(file, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

/** The prefix of our databases. */
const prefix = 'muniment_bench_';

function serverUrl(): string {
  const url = process.env['MUNIMENT_TEST_POSTGRES_URL'];
  if (url === undefined) {
    throw new Error('--engine postgres needs MUNIMENT_TEST_POSTGRES_URL: a server whose user may create databases.');
  }
  return url;
}

async function administer(statement: string): Promise<{ name: string }[]> {
  const client = new pg.Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    return (await client.query<{ name: string }>(statement)).rows;
  } finally {
    await client.end();
  }
}

function postgresDatabase(name: string): BenchDatabase {
  const database = `${prefix}${name.replaceAll('-', '_')}`;
  const url = new URL(serverUrl());
  url.pathname = `/${database}`;
  const remove = async (): Promise<void> => {
    await administer(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
  };
  return {
    url: url.href,
    exists: async () => {
      const found = await administer(`SELECT datname AS name FROM pg_database WHERE datname = '${database}'`);
      return found.length > 0;
    },
    create: async () => {
      await remove();
      await administer(`CREATE DATABASE ${database}`);
    },
    copyFrom: async (original) => {
      await remove();
      await administer(`CREATE DATABASE ${database} TEMPLATE ${new URL(original.url).pathname.slice(1)}`);
    },
    remove,
  };
}
