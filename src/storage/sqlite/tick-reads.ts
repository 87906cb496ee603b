import type { PreparingConnection, StatementResult } from './connection.ts';

/**
 * Reads by key. All reads of one event-loop tick share a snapshot, because beginning and ending one takes nearly as long as
 * reading a row. They see everything committed before the tick: neither the response to a later write nor a request that
 * follows it can be in the same tick.
 */
export class TickReads {
  readonly #connection: PreparingConnection;
  #isOpen = false;

  constructor(connection: PreparingConnection) {
    this.#connection = connection;
  }

  /** Runs one read statement. Throws SQLite's error. */
  run(text: string, parameters: readonly unknown[]): StatementResult {
    if (!this.#isOpen) {
      this.#connection.run('BEGIN', []);
      this.#isOpen = true;
      setImmediate(() => this.end());
    }
    return this.#connection.run(text, parameters);
  }

  /** Ends the snapshot early. Called after a write, so that its caller can read it immediately. */
  end(): void {
    if (this.#isOpen) {
      this.#isOpen = false;
      // After some errors SQLite has already ended it.
      if (this.#connection.raw.inTransaction) {
        this.#connection.run('COMMIT', []);
      }
    }
  }
}
