import { setTimeout as sleep } from 'node:timers/promises';
import { CompiledQuery, Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import type { Database, Session, Transaction } from '../database.ts';
import { postgresDialect } from '../dialect.ts';
import type { Tables } from '../tables.ts';

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
  const write = async <T>(work: (transaction: Transaction) => Promise<T>): Promise<T> => {
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
  };
  const keyed = sessionOver(query);
  const scan = sessionOver(scanning);
  return {
    dialect: postgresDialect,
    shared: undefined,
    keyed,
    scan,
    // The engine has processes of its own: what is left is little.
    readText: async (job, argument) => Buffer.from(await job.run({ dialect: postgresDialect, keyed, scan }, argument)),
    write,
    writeBatch: (work) =>
      write(async (transaction) => {
        await sql`SET LOCAL synchronous_commit = off`.execute(transaction.query);
        return work(transaction);
      }),
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
  // So would one that is lost between two statements of a transaction: the next statement tells of it.
  pool.on('connect', (client) => client.on('error', () => undefined));
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
      const columns = columnsOf(rows as readonly Record<string, unknown>[]);
      if (columns.length > 0) {
        // A column is one parameter whatever the number of rows: the statement stays the same and short.
        const names = sql.join(columns.map(({ name }) => sql.ref(name)));
        const arrays = sql.join(columns.map(({ type, values }) => sql`${values}::${sql.raw(type)}[]`));
        await sql`insert into ${sql.table(table)} (${names}) select * from unnest(${arrays})`.execute(query);
      }
    },
  };
}

interface Column {
  readonly name: string;
  /** The type of its values. */
  readonly type: 'bigint' | 'text' | 'bytea';
  readonly values: readonly unknown[];
}

/** Rows as columns. Those without a value are left out, as nothing tells of their type: they become null anyway. */
function columnsOf(rows: readonly Readonly<Record<string, unknown>>[]): Column[] {
  return Object.keys(rows[0] ?? {}).flatMap((name) => {
    const values = rows.map((row) => row[name] ?? null);
    const example = values.find((value) => value !== null);
    if (example === undefined) {
      return [];
    }
    const type = typeof example === 'number' ? 'bigint' : Buffer.isBuffer(example) ? 'bytea' : 'text';
    return [{ name, type, values }];
  });
}

/**
 * Deadlock (40P01) and serialisation failure (40001): the same work may succeed when done again. A unique violation
 * (23505) too: work that looked before it inserted finds the other's row the second time, and says so in its terms.
 */
function isRepeatable(error: unknown): boolean {
  return error instanceof pg.DatabaseError && ['40P01', '40001', '23505'].includes(error.code ?? '');
}
