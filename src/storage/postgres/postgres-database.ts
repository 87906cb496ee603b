import { setTimeout as sleep } from 'node:timers/promises';
import { CompiledQuery, Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Database, Session, Transaction } from '../database.ts';
import { postgresDialect } from '../dialect.ts';
import type { Tables } from '../tables.ts';

/** PostgreSQL's type number of `int8`. */
const int8 = 20;
/** The most parameters that one statement may have. */
const parameterLimit = 65_535;
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
 */
export async function openPostgresDatabase(url: string, readers: number): Promise<Database> {
  const pool = openPool({ connectionString: url, max: keyedConnections });
  const query = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  await pool.query('SELECT 1').catch(async (error: unknown) => {
    await pool.end();
    throw error;
  });
  const scanning =
    readers === 0
      ? query
      : new Kysely<Tables>({
          dialect: new PostgresDialect({
            pool: openPool({ connectionString: url, max: readers, statement_timeout: longestScan }),
          }),
        });
  const keyed = sessionOver(query);
  const scan = sessionOver(scanning);
  return {
    dialect: postgresDialect,
    keyed,
    scan,
    // The engine has processes of its own: what is left is little.
    readText: async (job, argument) => Buffer.from(await job.run({ dialect: postgresDialect, keyed, scan }, argument)),
    write: async (work) => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await query.transaction().execute((transaction) => work(transactionOver(transaction)));
        } catch (error) {
          if (attempt >= repetitions || !isRepeatable(error)) {
            throw error;
          }
          await sleep(attempt * 10 * Math.random());
        }
      }
    },
    refreshStatistics: async () => {
      await pool.query('ANALYZE');
    },
    close: async () => {
      await query.destroy();
      if (scanning !== query) {
        await scanning.destroy();
      }
    },
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
  return pool;
}

function sessionOver(query: Kysely<Tables>): Session {
  return {
    query,
    dialect: postgresDialect,
    run: async <R>(text: string, parameters: readonly unknown[]) =>
      (await query.executeQuery<R>(CompiledQuery.raw(text, [...parameters]))).rows,
  };
}

function transactionOver(query: Kysely<Tables>): Transaction {
  return {
    ...sessionOver(query),
    isTransaction: true,
    insertRows: async (table, rows) => {
      const perStatement = Math.max(1, Math.floor(parameterLimit / Object.keys(rows[0] ?? {}).length));
      for (let start = 0; start < rows.length; start += perStatement) {
        await query
          .insertInto(table)
          .values(rows.slice(start, start + perStatement))
          .execute();
      }
    },
  };
}

/**
 * Deadlock (40P01) and serialisation failure (40001): the same work may succeed when done again. A unique violation
 * (23505) too: work that looked before it inserted finds the other's row the second time, and says so in its terms.
 */
function isRepeatable(error: unknown): boolean {
  return error instanceof pg.DatabaseError && ['40P01', '40001', '23505'].includes(error.code ?? '');
}
