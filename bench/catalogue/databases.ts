import { createHash } from 'node:crypto';
import { constants, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
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
    },
    remove,
  };
}

function postgresDatabase(name: string): BenchDatabase {
  const server = process.env['MUNIMENT_TEST_POSTGRES_URL'];
  if (server === undefined) {
    throw new Error('--engine postgres needs MUNIMENT_TEST_POSTGRES_URL: a server whose user may create databases.');
  }
  const database = `muniment_bench_${name.replaceAll('-', '_')}`;
  const url = new URL(server);
  url.pathname = `/${database}`;
  const administer = async (statement: string): Promise<number> => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    try {
      return (await client.query(statement)).rowCount ?? 0;
    } finally {
      await client.end();
    }
  };
  const remove = async (): Promise<void> => {
    await administer(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
  };
  return {
    url: url.href,
    exists: async () => (await administer(`SELECT 1 FROM pg_database WHERE datname = '${database}'`)) > 0,
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
