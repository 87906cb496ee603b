import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { Session } from '../database.ts';
import { sqliteDialect } from '../dialect.ts';
import type { Tables } from '../tables.ts';
import type { StatementResult } from './connection.ts';

/** Runs one compiled statement, in this thread or in a reader thread. */
type RunStatement = (text: string, parameters: readonly unknown[]) => StatementResult | Promise<StatementResult>;

/** Returns a session that executes statements with `run`. */
export function sessionOver(run: RunStatement): Session {
  return {
    query: kyselyOver(run),
    dialect: sqliteDialect,
    run: async <R>(text: string, parameters: readonly unknown[]) => (await run(text, parameters)).rows as R[],
  };
}

/** Returns a Kysely instance that executes statements with `run`. Kysely's transactions are rejected: use the write queue. */
function kyselyOver(run: RunStatement): Kysely<Tables> {
  const connection: DatabaseConnection = {
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      const { rows, changes } = await run(query.sql, query.parameters);
      return { rows: rows as R[], numAffectedRows: BigInt(changes) };
    },
    // oxlint-disable-next-line require-yield -- the interface requires a generator; rows are never streamed here
    async *streamQuery(): AsyncIterableIterator<never> {
      throw new Error('Streaming is not supported: read pages.');
    },
  };
  const refuse = async (): Promise<void> => {
    throw new Error('Use Database.write() for transactions.');
  };
  const driver: Driver = {
    init: async () => undefined,
    acquireConnection: async () => connection,
    releaseConnection: async () => undefined,
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    destroy: async () => undefined,
  };
  const dialect: Dialect = {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => driver,
    createIntrospector: (database) => new SqliteIntrospector(database),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
  return new Kysely<Tables>({ dialect });
}
