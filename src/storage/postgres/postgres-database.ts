import { setTimeout as sleep } from 'node:timers/promises';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { CommittedChanges } from '../changes/committed-changes.ts';
import { type EngineTransaction, published } from '../changes/published-writes.ts';
import type { Database, Session, SharedDatabase } from '../database.ts';
import { postgresDialect } from '../dialect.ts';
import type { Tables } from '../tables.ts';
import { Listener } from './listener.ts';
import { named } from './statements.ts';
import { analyzeGrown, TableGrowth } from './table-growth.ts';
import { WriteConnection } from './write-connection.ts';

/** The OID of PostgreSQL's type `int8`. */
const int8 = 20;
/** The maximum number of attempts for a write after a deadlock or a serialisation failure. */
const mostAttempts = 5;

/** The number of connections for writes and keyed reads. */
const keyedConnections = 6;
/** The maximum duration of a scan, in milliseconds. */
const longestScan = 120_000;

/**
 * Opens a PostgreSQL database.
 * @param readers the number of connections for reads that may scan; these have a separate pool, so that slow lists
 *   never delay writes, keyed reads and lease renewals; with 0 all share one pool
 * @param shared `Database.shared` of another thread of this process
 */
export async function openPostgresDatabase(url: string, readers: number, shared?: SharedDatabase): Promise<Database> {
  const pool = openPool({ connectionString: url, max: keyedConnections, pipeline: true });
  await pool.query('SELECT 1').catch(async (error: unknown) => {
    await pool.end();
    throw error;
  });
  const scanningPool =
    readers === 0 ? pool : openPool({ connectionString: url, max: readers, statement_timeout: longestScan });
  const growth = new TableGrowth();
  const listener = new Listener(url);
  const write = writer(pool, growth);
  const changes = new CommittedChanges(shared?.changes);
  const keyed = sessionOver(pool);
  const scan = scanningPool === pool ? keyed : sessionOver(scanningPool);
  return {
    dialect: postgresDialect,
    shared: { changes: changes.channelName },
    keyed,
    scan,
    // PostgreSQL reads in its own processes: little work is left for this thread.
    readText: async (job, argument) => ({
      bytes: Buffer.from(await job.run({ dialect: postgresDialect, keyed, scan }, argument)),
      release: () => {},
    }),
    write: published((work) => write('BEGIN', work), changes),
    writeBatch: published(async (work) => {
      const result = await write('BEGIN; SET LOCAL synchronous_commit = off', work);
      // The batch is committed: failing to refresh the statistics only makes later queries slower.
      await growth.analyze(pool).catch((error: Error) => {
        process.emitWarning(`The statistics of the database could not be refreshed: ${error.message}`);
      });
      return result;
    }, changes),
    onCommit: (call) => changes.onCommit(call),
    refreshStatistics: () => analyzeGrown(pool),
    listen: async (channel, call) => {
      changes.listen(channel, call);
      await listener.listen(channel, call);
    },
    close: async () => {
      changes.close();
      await listener.close();
      await pool.end();
      if (scanningPool !== pool) {
        await scanningPool.end();
      }
    },
  };
}

/** Returns the function that runs work in a transaction, and repeats it if `isRepeatable`. */
function writer(
  pool: pg.Pool,
  growth: TableGrowth,
): <T>(begin: string, work: (transaction: EngineTransaction) => Promise<T>) => Promise<T> {
  const connections = new WeakMap<pg.PoolClient, WriteConnection>();
  const attempt: ReturnType<typeof writer> = async (begin, work) => {
    const client = await pool.connect();
    try {
      const connection = connections.get(client) ?? new WriteConnection(client, growth);
      connections.set(client, connection);
      return await connection.transact(begin, work);
    } finally {
      // The pool discards a lost connection.
      client.release();
    }
  };
  return async (begin, work) => {
    for (let attempts = 1; ; attempts += 1) {
      try {
        return await attempt(begin, work);
      } catch (error) {
        if (attempts >= mostAttempts || !isRepeatable(error)) {
          throw error;
        }
      }
      await sleep(attempts * 10 * Math.random());
    }
  };
}

function openPool(options: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({
    ...options,
    connectionTimeoutMillis: 10_000,
    // Times and counters fit in a double; by default the driver returns them as text.
    types: { getTypeParser: (type, format) => (type === int8 ? Number : pg.types.getTypeParser(type, format)) },
  });
  // Without this listener the process would end when PostgreSQL closes an idle connection.
  pool.on('error', (error) => process.emitWarning(`A PostgreSQL connection was lost: ${error.message}`));
  // The same applies to a connection that is lost between two statements: the next statement reports that.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

function sessionOver(pool: pg.Pool): Session {
  return {
    query: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }),
    dialect: postgresDialect,
    run: async <R>(text: string, parameters: readonly unknown[]) =>
      (await pool.query<R & pg.QueryResultRow>(named(text, parameters))).rows,
  };
}

/**
 * Returns whether the same work may succeed when repeated: after a deadlock (40P01), a serialisation failure (40001),
 * or a unique violation (23505). Work that checks before it inserts finds the other row the second time, and then
 * throws its own error.
 */
function isRepeatable(error: unknown): boolean {
  return error instanceof pg.DatabaseError && ['40P01', '40001', '23505'].includes(error.code ?? '');
}
