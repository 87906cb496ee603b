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

/** Runs one compiled statement somewhere: in this thread or in a reader thread. */
type RunStatement = (text: string, parameters: readonly unknown[]) => StatementResult | Promise<StatementResult>;

/** A session whose statements `run` executes. */
export function sessionOver(run: RunStatement): Session {
  return {
    query: kyselyOver(run),
    dialect: sqliteDialect,
    run: async <R>(text: string, parameters: readonly unknown[]) => (await run(text, parameters)).rows as R[],
  };
}

/** A Kysely whose statements `run` executes. Transactions are the write queue's: Kysely's own are refused. */
function kyselyOver(run: RunStatement): Kysely<Tables> {
  const connection: DatabaseConnection = {
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      const { rows, changes } = await run(query.sql, query.parameters);
      return { rows: rows as R[], numAffectedRows: BigInt(changes) };
    },
    // oxlint-disable-next-line require-yield -- the interface asks for a generator; rows are never streamed here
    async *streamQuery(): AsyncIterableIterator<never> {
      throw new Error('Streaming is not offered: read pages.');
    },
  };
  const refuse = async (): Promise<void> => {
    throw new Error('Write through Database.write().');
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
