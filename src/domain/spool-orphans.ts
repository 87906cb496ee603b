import type { Database } from '../storage/database.ts';
import { spoolFilesInUse } from '../storage/tasks.ts';
import type { Spool } from './spool.ts';

/** Removes files that no open task needs: uploads and scratch files of a process that was killed. Call at start. */
export async function removeOrphans(database: Database, spool: Spool): Promise<void> {
  const inUse = await spoolFilesInUse(database.keyed, spool.id);
  const files = await spool.list();
  await Promise.all(files.filter((file) => !inUse.has(file)).map((file) => spool.remove(file)));
}
