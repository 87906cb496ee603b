import { statSync } from 'node:fs';
import SqliteConnection from 'better-sqlite3';
import { keptLog } from './connection.ts';

/**
 * How long the log's move waits for a writer or for reads that began before it, in milliseconds. Writers wait meanwhile.
 */
const patience = 50;

/**
 * Moves the write-ahead log of a database into its file, on a connection of its own. The engine would do it with a
 * commit, in the thread that commits.
 */
export class LogMover {
  readonly #file: string;
  readonly #connection: SqliteConnection.Database;

  /** @param file the database's */
  constructor(file: string) {
    this.#file = file;
    this.#connection = new SqliteConnection(file, { timeout: patience });
  }

  /** How long the file of the log is, in bytes. It never becomes shorter than what is kept of it. */
  static sizeOf(file: string): number {
    return statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  }

  get isOutgrown(): boolean {
    return LogMover.sizeOf(this.#file) > keptLog;
  }

  /**
   * Moves what is there, and keeps nobody waiting. A log that has outgrown its file must begin anew as well, or it would
   * grow for ever: where writes follow each other it never happens that all of it is moved when the next one begins.
   * So what little was written meanwhile is moved while writers wait. Reads that last long put that off.
   */
  move(): void {
    this.#connection.pragma('wal_checkpoint(PASSIVE)');
    if (this.isOutgrown) {
      this.#connection.pragma('wal_checkpoint(RESTART)');
    }
  }

  close(): void {
    this.#connection.close();
  }
}
