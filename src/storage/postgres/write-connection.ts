import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import type { EngineTransaction } from '../changes/published-writes.ts';
import { postgresDialect } from '../dialect.ts';
import type { Tables } from '../tables.ts';
import type { TableGrowth } from './table-growth.ts';
import { nameOf } from './listener.ts';
import { insertionOf, named } from './statements.ts';

/**
 * A connection for transactions, one at a time. Statements without a result are pipelined: BEGIN is sent together with
 * the first statement, and the last statements with COMMIT. PostgreSQL runs them in order. After a failed one it
 * rejects all others until the rollback, and treats COMMIT as a rollback.
 */
export class WriteConnection {
  readonly #client: pg.PoolClient;
  readonly #transaction: EngineTransaction;
  /** The error of the first failed statement that was not awaited. */
  #failure: unknown;

  /** @param growth counts the inserted rows */
  constructor(client: pg.PoolClient, growth: TableGrowth) {
    this.#client = client;
    this.#transaction = {
      query: kyselyOver(client),
      dialect: postgresDialect,
      isTransaction: true,
      run: async <R>(text: string, parameters: readonly unknown[]) =>
        (await client.query<R & pg.QueryResultRow>(named(text, parameters))).rows,
      send: async (text, parameters) => this.#send(named(text, parameters)),
      notify: async (channel) => this.#send(`NOTIFY ${nameOf(channel)}`),
      insertRows: async (table, rows) => {
        if (rows.length > 0) {
          growth.add(table, rows.length);
          this.#send(insertionOf(table, rows as readonly Record<string, unknown>[]));
        }
      },
    };
  }

  /** Runs `work` in one transaction. Rejects with the first error; then the connection may be lost. */
  async transact<T>(begin: string, work: (transaction: EngineTransaction) => Promise<T>): Promise<T> {
    this.#failure = undefined;
    this.#send(begin);
    try {
      const result = await work(this.#transaction);
      const { command } = await this.#client.query('COMMIT');
      if (this.#failure !== undefined || command !== 'COMMIT') {
        throw new Error('The transaction was rolled back.');
      }
      return result;
    } catch (error) {
      // If this fails, the connection is lost, and the transaction with it; `error` reports that already.
      await this.#client.query('ROLLBACK').catch(() => undefined);
      // Errors after the first one only report that the transaction is aborted.
      throw this.#failure ?? error;
    }
  }

  /** Sends a statement in one write with those that follow in this event-loop tick. */
  #send(statement: string | pg.QueryConfig): void {
    const { stream } = this.#client.connection;
    if (stream.writableCorked === 0) {
      stream.cork();
      process.nextTick(() => stream.uncork());
    }
    this.#client.query(statement).catch((error: unknown) => {
      this.#failure ??= error;
    });
  }
}

/** Returns a Kysely instance that runs all queries on one connection. */
function kyselyOver(client: pg.PoolClient): Kysely<Tables> {
  const connection = {
    query: client.query.bind(client),
    release: () => undefined,
  };
  const pool = { connect: async () => connection, end: async () => undefined };
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: pool as never }) });
}
