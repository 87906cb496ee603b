import type { Database, Session, SharedDatabase } from './database.ts';
import { openSqliteDatabase, openSqliteForReading } from './sqlite/sqlite-database.ts';

/** How a database is opened. */
export interface DatabaseOptions {
  /** `sqlite:/path/to/file` or `postgres://…`. */
  readonly url: string;
  /** Threads (SQLite) or connections (PostgreSQL) for reads that may scan. */
  readonly readers: number;
  /** `Database.shared` of the database that another thread of this process has open; absent in the first thread. */
  readonly shared?: SharedDatabase | undefined;
}

/** Opens the database that the URL names. The caller closes it. Throws when it cannot be reached. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  if (options.url.startsWith('sqlite:')) {
    return openSqliteDatabase(options.url.slice('sqlite:'.length), options.readers, options.shared);
  }
  return openPostgres(options.url, options.readers, options.shared);
}

/** What only PostgreSQL needs is loaded for it alone: every thread of a server on SQLite starts sooner. */
async function openPostgres(url: string, readers: number, shared?: SharedDatabase): Promise<Database> {
  const { openPostgresDatabase } = await import('./postgres/postgres-database.ts');
  return openPostgresDatabase(url, readers, shared);
}

/** A database that is only looked at. */
export interface Inspection {
  readonly session: Session;
  close(): Promise<void>;
}

/** Opens a database without making, migrating or writing anything. Throws when it is not there or out of reach. */
export async function openForReading(url: string): Promise<Inspection> {
  if (url.startsWith('sqlite:')) {
    return openSqliteForReading(url.slice('sqlite:'.length));
  }
  const database = await openPostgres(url, 0);
  return { session: database.keyed, close: () => database.close() };
}
