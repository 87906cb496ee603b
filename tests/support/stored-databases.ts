import { readFileSync, writeFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import pg from 'pg';
import type { EmptyDatabase } from './engines.ts';

/** The administrator of every stored database. */
export const storedAdministrator = { clientId: 'c'.repeat(32), clientSecret: 'd'.repeat(64) };

/** Fills an empty database with a stored one, `tests/reliability/databases/NAME`, which `make.sh` there made. */
export async function fillWithStored({ url }: EmptyDatabase, name: string): Promise<void> {
  const stored = (ending: string): Buffer =>
    brotliDecompressSync(readFileSync(new URL(`../reliability/databases/${name}.${ending}.br`, import.meta.url)));
  if (url.startsWith('sqlite:')) {
    writeFileSync(url.slice('sqlite:'.length), stored('sqlite'));
    return;
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(stored('sql').toString());
  } finally {
    await client.end();
  }
}
