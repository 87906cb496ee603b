import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Session } from '../../src/storage/database.ts';
import { migrate } from '../../src/storage/migrate.ts';
import { openDatabase } from '../../src/storage/open-database.ts';

/** Runs `read` on an empty embedded database after all migrations. */
export async function readMigratedDatabase<T>(read: (session: Session) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'muniment-schema-'));
  const database = await openDatabase({ url: `sqlite:${join(folder, 'schema.sqlite')}`, readers: 1 });
  try {
    await migrate(database);
    return await read(database.keyed);
  } finally {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
