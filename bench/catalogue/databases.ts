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
  /** Whether it is there already. */
  exists(): Promise<boolean>;
  /** Makes it as a copy of another one that nobody uses. */
  copyFrom(original: BenchDatabase): Promise<void>;
  /** Makes it empty. */
  create(): Promise<void>;
  remove(): Promise<void>;
}

/** The tables: a catalogue made by another version of them is not used. */
const schema = new URL('../../src/storage/schema.sql', import.meta.url);

/** The name under which the catalogue of one size and seed is kept. */
export function catalogueName(engine: Engine, size: number, seed: number): string {
  const hash = createHash('sha1').update(readFileSync(schema)).digest('hex').slice(0, 8);
  return `${engine}-${filesKey(size, seed)}-${hash}`;
}

/** The database of one name. */
export function benchDatabase(engine: Engine, name: string): BenchDatabase {
  return engine === 'sqlite' ? sqliteDatabase(name) : postgresDatabase(name);
}

/** Removes what runs left that were killed: names that begin with `run-` and a process that is no more. */
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

/** Waits until a file is on the disk: what the system still has to write would be in the way of what is measured. */
function toDisk(file: string): void {
  const descriptor = openSync(file, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

/** What the names of our databases begin with. */
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
