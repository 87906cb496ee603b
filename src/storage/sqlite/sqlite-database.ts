import { closeSync, constants, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { CommittedChanges } from '../changes/committed-changes.ts';
import { type EngineTransaction, published } from '../changes/published-writes.ts';
import type { Database, Session, SharedDatabase } from '../database.ts';
import { sqliteDialect } from '../dialect.ts';
import { cacheSizes, openReader, openWriter } from './connection.ts';
import { sessionOver } from './kysely-driver.ts';
import { type FlushFile, WalSync } from './wal-sync.ts';
import { WalCheckpointer } from './wal-checkpointer.ts';
import { WaitingWriters } from './waiting-writers.ts';
import { ReaderPool } from './reader-pool.ts';
import { TickReads } from './tick-reads.ts';
import { WriteQueue } from './write-queue.ts';

/** The page cache of a task's connection, in kB: large enough for the indexes that are written out of order. */
const taskCache = 196_608;

/**
 * Opens (and creates) an SQLite database file.
 * @param readers the number of threads for long reads; 0 runs them in the calling thread, for worker threads
 * @param shared `Database.shared` of another thread of this process
 * @param flushFile flushes the WAL; only tests replace the operating system's function
 */
export function openSqliteDatabase(
  file: string,
  readers: number,
  shared?: SharedDatabase,
  flushFile?: FlushFile,
): Database {
  mkdirSync(dirname(file), { recursive: true });
  const writer = openWriter(file);
  // Closing any descriptor of the file releases this process's locks on it: all threads share one until the end.
  const descriptor = shared?.file?.descriptor ?? openSync(file, constants.O_RDWR);
  const pool = readers > 0 ? new ReaderPool(file, descriptor, readers) : undefined;
  // Reads by key have a separate connection: on the writer's they would see uncommitted data.
  const reader = openReader(file, cacheSizes.keyed);
  if (pool === undefined) {
    writer.raw.pragma(`cache_size = -${taskCache}`);
    // An insert that fires a trigger first copies each page that it changes, to undo it alone: into a file, otherwise.
    writer.raw.pragma('temp_store = MEMORY');
  }
  // A task, which writes a lot, runs checkpoints itself; otherwise the reader threads do.
  const runsCheckpoints = pool === undefined;
  const walCheckpointer = new WalCheckpointer(file, descriptor);
  const waitingWriters = new WaitingWriters(shared?.file?.waitingWriters);
  const checkpointAll = (): void => {
    reads.end();
    walCheckpointer.checkpointAll();
  };
  const walSync = new WalSync(file, checkpointAll, flushFile);
  const queue = new WriteQueue(writer, waitingWriters, () => walSync.toDisk());
  const reads = new TickReads(reader);
  const keyed = sessionOver((text, parameters) => reads.run(text, parameters));
  const scan = pool === undefined ? keyed : sessionOver((text, parameters) => pool.run(text, parameters));
  const changes = new CommittedChanges(shared?.changes);
  const transaction: EngineTransaction = {
    ...sessionOver((text, parameters) => writer.run(text, parameters)),
    isTransaction: true,
    send: async (text, parameters) => {
      writer.run(text, parameters);
    },
    // One process has the file open: what its threads publish to each other is enough.
    notify: async () => {},
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
    shared: { changes: changes.channelName, file: { waitingWriters: waitingWriters.shared, descriptor } },
    keyed,
    scan,
    readText: async (job, argument) =>
      pool === undefined
        ? { bytes: Buffer.from(await job.run({ dialect: sqliteDialect, keyed, scan }, argument)), release: () => {} }
        : pool.readText(job, argument),
    write: published((work) => queue.run(() => work(transaction)).finally(() => reads.end()), changes),
    writeBatch: published(async (work) => {
      const result = await queue.run(() => work(transaction), true).finally(() => reads.end());
      // It writes the same index pages repeatedly: the later the checkpoint, the fewer pages are copied more than once.
      if (runsCheckpoints && walCheckpointer.isOutgrown) {
        walCheckpointer.checkpoint();
      }
      return result;
    }, changes),
    onCommit: (listener) => changes.onCommit(listener),
    refreshStatistics: async () => {
      const indexes = reader.run(`SELECT name FROM sqlite_schema WHERE type = 'index'`, []).rows as { name: string }[];
      // A sample is enough, and takes a tenth of a second where the whole would take many.
      await queue.run(async () => writer.raw.pragma('analysis_limit = 1000'), true);
      for (const { name } of indexes) {
        // One at a time, so that requests can write in between.
        await queue.run(async () => writer.raw.exec(`ANALYZE "${name}"`), true);
      }
      await queue.run(async () => {
        // Other connections only reload the statistics after a schema change, so make one.
        writer.run('CREATE TABLE statistics_changed (x)', []);
        writer.run('DROP TABLE statistics_changed', []);
      }, true);
    },
    listen: async (channel, listener) => changes.listen(channel, listener),
    close: async () => {
      await queue.idle();
      changes.close();
      await pool?.close();
      reads.end();
      reader.close();
      // Others may write when a task ends: only a passive checkpoint does not block them.
      writer.raw.pragma(`wal_checkpoint(${pool === undefined ? 'PASSIVE' : 'TRUNCATE'})`);
      walSync.close();
      walCheckpointer.close();
      writer.close();
      if (shared === undefined) {
        closeSync(descriptor);
      }
    },
  };
}

/** Opens an existing SQLite database file, read-only. */
export function openSqliteForReading(file: string): { session: Session; close(): Promise<void> } {
  const reader = openReader(file, cacheSizes.scanning);
  return {
    session: sessionOver((text, parameters) => reader.run(text, parameters)),
    close: async () => reader.close(),
  };
}
