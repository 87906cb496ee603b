import type { Database, Session, SharedDatabase } from './database.ts';
import { openSqliteDatabase, openSqliteForReading } from './sqlite/sqlite-database.ts';

/** The options to open a database. */
export interface DatabaseOptions {
  /** `sqlite:/path/to/file` or `postgres://…`. */
  readonly url: string;
  /** The number of threads (SQLite) or connections (PostgreSQL) for reads that may scan. */
  readonly readers: number;
  /** `Database.shared` of the database in the first thread of this process; absent in the first thread. */
  readonly shared?: SharedDatabase | undefined;
}

/** Opens the database at the URL. The caller must close it. Throws if it is unavailable. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  if (options.url.startsWith('sqlite:')) {
    return openSqliteDatabase(options.url.slice('sqlite:'.length), options.readers, options.shared);
  }
  return openPostgres(options.url, options.readers, options.shared);
}

/** Loads the code for PostgreSQL on demand, so that threads start faster with SQLite. */
async function openPostgres(url: string, readers: number, shared?: SharedDatabase): Promise<Database> {
  const { openPostgresDatabase } = await import('./postgres/postgres-database.ts');
  return openPostgresDatabase(url, readers, shared);
}

/** A database that is open for reading only. */
export interface Inspection {
  readonly session: Session;
  close(): Promise<void>;
}

/** Opens a database for reading, without creating or migrating it. Throws if it is missing or unavailable. */
export async function openForReading(url: string): Promise<Inspection> {
  if (url.startsWith('sqlite:')) {
    return openSqliteForReading(url.slice('sqlite:'.length));
  }
  const database = await openPostgres(url, 0);
  return { session: database.keyed, close: () => database.close() };
}
