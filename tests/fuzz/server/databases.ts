import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';

export type Engine = 'sqlite' | 'postgres';

/** Creates an empty database, with a function to remove it; an SQLite file is removed with its folder. */
export async function emptyDatabase(
  engine: Engine,
  folder: string,
): Promise<{ url: string; remove: () => Promise<void> }> {
  if (engine === 'sqlite') {
    return { url: `sqlite:${join(folder, 'muniment.sqlite')}`, remove: async () => undefined };
  }
  const name = `muniment_fuzz_${randomUUID().replaceAll('-', '')}`;
  await administer(`CREATE DATABASE ${name}`);
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  return { url: url.href, remove: () => administer(`DROP DATABASE ${name} WITH (FORCE)`) };
}

function serverUrl(): string {
  const url = process.env['MUNIMENT_TEST_POSTGRES_URL'];
  if (url === undefined) {
    throw new Error('--engine postgres needs MUNIMENT_TEST_POSTGRES_URL, a server whose user may create databases.');
  }
  return url;
}

async function administer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
