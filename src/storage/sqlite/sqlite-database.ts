import { closeSync, constants, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Database, Session, SharedDatabase, Transaction } from '../database.ts';
import { sqliteDialect } from '../dialect.ts';
import { cacheSizes, openReader, openWriter } from './connection.ts';
import { sessionOver } from './kysely-driver.ts';
import { type FlushFile, WalSync } from './wal-sync.ts';
import { WalCheckpointer } from './wal-checkpointer.ts';
import { WaitingWriters } from './waiting-writers.ts';
import { ReaderPool } from './reader-pool.ts';
import { TickReads } from './tick-reads.ts';
import { WriteQueue } from './write-queue.ts';

/** The page cache of a task's connection, in kB: it holds the indexes whose order is not that of the writes. */
const taskCache = 196_608;

/**
 * Opens (and makes) an SQLite database file.
 * @param readers threads for reads that may scan; 0 runs them in the calling thread, for a thread of its own
 * @param shared `Database.shared` of another thread of this process
 * @param flushFile what brings the log to the disk, where it is not the operating system
 */
export function openSqliteDatabase(
  file: string,
  readers: number,
  shared?: SharedDatabase,
  flushFile?: FlushFile,
): Database {
  mkdirSync(dirname(file), { recursive: true });
  const writer = openWriter(file);
  // To close any descriptor of the file ends this process's locks on it: there is one for all threads, until the end.
  const descriptor = shared?.descriptor ?? openSync(file, constants.O_RDWR);
  const pool = readers > 0 ? new ReaderPool(file, descriptor, readers) : undefined;
  // Reads by key have a connection of their own: on the writer's they would see what is not committed.
  const reader = openReader(file, cacheSizes.keyed);
  if (pool === undefined) {
    writer.raw.pragma(`cache_size = -${taskCache}`);
    // An insert that fires a trigger first copies each page that it changes, to undo it alone: into a file, otherwise.
    writer.raw.pragma('temp_store = MEMORY');
  }
  // A task, which writes much, moves the log itself; else the reader threads do.
  const isMovingLog = pool === undefined;
  const walCheckpointer = new WalCheckpointer(file, descriptor);
  const waitingWriters = new WaitingWriters(shared?.waitingWriters);
  const moveAll = (): void => {
    reads.end();
    walCheckpointer.moveAll();
  };
  const log = new WalSync(file, moveAll, flushFile);
  const queue = new WriteQueue(writer, waitingWriters, () => log.toDisk());
  const reads = new TickReads(reader);
  const keyed = sessionOver((text, parameters) => reads.run(text, parameters));
  const scan = pool === undefined ? keyed : sessionOver((text, parameters) => pool.run(text, parameters));
  const transaction: Transaction = {
    ...sessionOver((text, parameters) => writer.run(text, parameters)),
    isTransaction: true,
    send: async (text, parameters) => {
      writer.run(text, parameters);
    },
    insertRows: async (table, rows) => {
      const [first] = rows;
      if (first === undefined) {
        return;
      }
      const columns = Object.keys(first);
      const text = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
      const statement = writer.prepare(text);
      for (const row of rows as readonly Record<string, unknown>[]) {
        statement.run(columns.map((column) => row[column]));
      }
    },
  };
  return {
    dialect: sqliteDialect,
    shared: { waitingWriters: waitingWriters.shared, descriptor },
    keyed,
    scan,
    readText: async (job, argument) =>
      pool === undefined
        ? Buffer.from(await job.run({ dialect: sqliteDialect, keyed, scan }, argument))
        : pool.readText(job, argument),
    write: (work) => queue.run(() => work(transaction)).finally(() => reads.end()),
    writeBatch: async (work) => {
      const result = await queue.run(() => work(transaction), true).finally(() => reads.end());
      // It writes the same pages of indexes again and again: the later they are moved, the fewer are moved often.
      if (isMovingLog && walCheckpointer.isOutgrown) {
        walCheckpointer.move();
      }
      return result;
    },
    refreshStatistics: async () => {
      await queue.idle();
      // A sample is enough, and takes a tenth of a second where the whole would take many.
      writer.raw.pragma('analysis_limit = 1000');
      const indexes = reader.run(`SELECT name FROM sqlite_schema WHERE type = 'index'`, []).rows as { name: string }[];
      for (const { name } of indexes) {
        // One by one, so that requests can write in between.
        await queue.run(async () => writer.raw.exec(`ANALYZE "${name}"`), true);
      }
      await queue.run(async () => {
        // Other connections read the figures again only when the schema changes: so it does, for a moment.
        writer.run('CREATE TABLE statistics_changed (x)', []);
        writer.run('DROP TABLE statistics_changed', []);
      }, true);
    },
    close: async () => {
      await queue.idle();
      await pool?.close();
      reads.end();
      reader.close();
      // A task ends while others write: only the passive one keeps nobody waiting.
      writer.raw.pragma(`wal_checkpoint(${pool === undefined ? 'PASSIVE' : 'TRUNCATE'})`);
      log.close();
      walCheckpointer.close();
      writer.close();
      if (shared === undefined) {
        closeSync(descriptor);
      }
    },
  };
}

/** Opens an SQLite database file that is there, to look at it. */
export function openSqliteForReading(file: string): { session: Session; close(): Promise<void> } {
  const reader = openReader(file, cacheSizes.scanning);
  return {
    session: sessionOver((text, parameters) => reader.run(text, parameters)),
    close: async () => reader.close(),
  };
}
