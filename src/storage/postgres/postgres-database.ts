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

/** PostgreSQL's type number of `int8`. */
const int8 = 20;
/** How often a write is repeated after a deadlock or a serialisation failure. */
const repetitions = 5;

/** Connections that writes and reads by key share. */
const keyedConnections = 6;
/** The longest a scan may take, in milliseconds. */
const longestScan = 120_000;

/**
 * Opens a PostgreSQL database.
 * @param readers connections for reads that may scan; they have a pool of their own, so that slow lists never keep
 *   writes, reads by key and heartbeats waiting; 0 shares the others'
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
    // The engine has processes of its own: what is left is little.
    readText: async (job, argument) => Buffer.from(await job.run({ dialect: postgresDialect, keyed, scan }, argument)),
    write: published((work) => write('BEGIN', work), changes),
    writeBatch: published(async (work) => {
      const result = await write('BEGIN; SET LOCAL synchronous_commit = off', work);
      // The batch is written: what fails now fails only to make what follows faster.
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

/** Makes the function that does work in a transaction, again where PostgreSQL wishes it. */
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
      // The pool drops it where it is lost.
      client.release();
    }
  };
  return async (begin, work) => {
    for (let attempts = 1; ; attempts += 1) {
      try {
        return await attempt(begin, work);
      } catch (error) {
        if (attempts >= repetitions || !isRepeatable(error)) {
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
    // Times and counters fit a double; the driver's default would hand them out as text.
    types: { getTypeParser: (type, format) => (type === int8 ? Number : pg.types.getTypeParser(type, format)) },
  });
  // Without a listener a connection that the server closes while idle would end the process.
  pool.on('error', (error) => process.emitWarning(`A PostgreSQL connection was lost: ${error.message}`));
  // So would one that is lost between two statements of a transaction: the next statement tells of it.
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
 * Deadlock (40P01) and serialisation failure (40001): the same work may succeed when done again. A unique violation
 * (23505) too: work that looked before it inserted finds the other's row the second time, and says so in its terms.
 */
function isRepeatable(error: unknown): boolean {
  return error instanceof pg.DatabaseError && ['40P01', '40001', '23505'].includes(error.code ?? '');
}
