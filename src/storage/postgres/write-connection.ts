import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import type { EngineTransaction } from '../changes/published-writes.ts';
import { postgresDialect } from '../dialect.ts';
import type { Tables } from '../tables.ts';
import type { TableGrowth } from './table-growth.ts';
import { nameOf } from './listener.ts';
import { insertionOf, named } from './statements.ts';

/**
 * A connection for transactions, one at a time. Statements follow each other without waiting where nobody reads what
 * they give: the beginning goes with the first statement, and the last ones with the commit. PostgreSQL runs them in
 * their order, and after one that failed none but the rollback, which a commit then is.
 */
export class WriteConnection {
  readonly #client: pg.PoolClient;
  readonly #transaction: EngineTransaction;
  /** What the first statement said that failed and that nobody waited for. */
  #failure: unknown;

  /** @param growth where it is noted which tables grow */
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

  /** Does `work` in one transaction. Rejects with what failed first; then the connection may be broken. */
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
      // Where it fails the connection is lost, and with it the transaction; `error` says so already.
      await this.#client.query('ROLLBACK').catch(() => undefined);
      // What came after the first failure only says that the transaction is aborted.
      throw this.#failure ?? error;
    }
  }

  /** Sends a statement in one piece with those that follow in this turn of the event loop. */
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

/** A Kysely that runs everything on one connection. */
function kyselyOver(client: pg.PoolClient): Kysely<Tables> {
  const connection = {
    query: client.query.bind(client),
    release: () => undefined,
  };
  const pool = { connect: async () => connection, end: async () => undefined };
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: pool as never }) });
}
