import type { PreparingConnection, StatementResult } from './connection.ts';

/**
 * Reads by key, which share a snapshot with the others of their turn of the event loop: to begin and end one takes
 * nearly as long as to read a row. What was committed before the turn began is seen, as no answer to a write and no
 * request after it can be in the same turn.
 */
export class TickReads {
  readonly #connection: PreparingConnection;
  #isOpen = false;

  constructor(connection: PreparingConnection) {
    this.#connection = connection;
  }

  /** Runs one reading statement. Throws the engine's own error. */
  run(text: string, parameters: readonly unknown[]): StatementResult {
    if (!this.#isOpen) {
      this.#connection.run('BEGIN', []);
      this.#isOpen = true;
      setImmediate(() => this.end());
    }
    return this.#connection.run(text, parameters);
  }

  /** Ends the snapshot before the turn does. Call after a write, so that whoever waited for it can read it at once. */
  end(): void {
    if (this.#isOpen) {
      this.#isOpen = false;
      // After some errors the engine has ended it already.
      if (this.#connection.raw.inTransaction) {
        this.#connection.run('COMMIT', []);
      }
    }
  }
}
