import type { Database } from './database.ts';
import { openPostgresDatabase } from './postgres/postgres-database.ts';
import { openSqliteDatabase } from './sqlite/sqlite-database.ts';

/** How a database is opened. */
export interface DatabaseOptions {
  /** `sqlite:/path/to/file` or `postgres://…`. */
  readonly url: string;
  /** Threads (SQLite) or connections (PostgreSQL) for reads that may scan. */
  readonly readers: number;
}

/** Opens the database that the URL names. The caller closes it. Throws when it cannot be reached. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  if (options.url.startsWith('sqlite:')) {
    return openSqliteDatabase(options.url.slice('sqlite:'.length), options.readers);
  }
  return openPostgresDatabase(options.url, options.readers);
}
