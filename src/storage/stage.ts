import SqliteConnection from 'better-sqlite3';
import { rmSync } from 'node:fs';

/** One row of the input, set aside under the key of its object. */
export interface StagedRow {
  readonly key: string;
  readonly line: number;
  readonly cells: readonly (string | readonly string[])[];
}

/** The rows of one object, in the order of the input. */
export interface StagedGroup {
  readonly key: string;
  readonly rows: readonly { readonly line: number; readonly cells: StagedRow['cells'] }[];
}

/**
 * Where an aggregation sets its input aside to sort it: a scratch file beside the spool, on both engines.
 * It holds nothing worth keeping, so it is written without a journal on disk; an interrupted run makes a new one.
 * Staging in the catalogue's database would lock it for everyone, for nothing.
 */
export class Stage {
  readonly #file: string;
  readonly #connection: SqliteConnection.Database;
  readonly #insert: SqliteConnection.Statement<unknown[], unknown>;
  /** A connection of its own: while groups are read the other one cannot write. */
  readonly #missing = new SqliteConnection('');
  readonly #insertMissing: SqliteConnection.Statement<unknown[], unknown>;

  /** @param file path of the scratch file; one that is there is replaced */
  constructor(file: string) {
    rmSync(file, { force: true });
    this.#file = file;
    this.#connection = new SqliteConnection(file);
    this.#connection.pragma('journal_mode = MEMORY');
    this.#connection.pragma('synchronous = OFF');
    this.#connection.pragma('locking_mode = EXCLUSIVE');
    this.#connection.pragma('cache_size = -65536');
    this.#connection.exec('CREATE TABLE staged (key TEXT NOT NULL, line INTEGER NOT NULL, cells TEXT NOT NULL)');
    this.#insert = this.#connection.prepare('INSERT INTO staged (key, line, cells) VALUES (?, ?, ?)');
    this.#missing.pragma('synchronous = OFF');
    this.#missing.exec('CREATE TABLE missing (id TEXT NOT NULL)');
    this.#insertMissing = this.#missing.prepare('INSERT INTO missing (id) VALUES (?)');
  }

  /** Sets rows aside. */
  add(rows: readonly StagedRow[]): void {
    this.#connection.exec('BEGIN');
    for (const row of rows) {
      this.#insert.run(row.key, row.line, JSON.stringify(row.cells));
    }
    this.#connection.exec('COMMIT');
  }

  /** Ends the adding: what follows reads in order of the keys. */
  sort(): void {
    this.#connection.exec('CREATE INDEX staged_key ON staged (key, line)');
  }

  /** The number of objects. */
  countKeys(): number {
    return Number(this.#connection.prepare('SELECT count(DISTINCT key) FROM staged').pluck().get());
  }

  /** Every object with its rows, by its key in the order of bytes; with `onlyRepeated`, those of several rows. */
  *groups(onlyRepeated = false): Generator<StagedGroup> {
    const restriction = onlyRepeated ? 'WHERE key IN (SELECT key FROM staged GROUP BY key HAVING count(*) > 1)' : '';
    const rows = this.#connection
      .prepare<unknown[], { key: string; line: number; cells: string }>(
        `SELECT key, line, cells FROM staged ${restriction} ORDER BY key, line`,
      )
      .iterate();
    let key: string | undefined;
    let group: { line: number; cells: StagedRow['cells'] }[] = [];
    for (const row of rows) {
      if (key !== undefined && key !== row.key) {
        yield { key, rows: group };
        group = [];
      }
      key = row.key;
      group.push({ line: row.line, cells: JSON.parse(row.cells) as StagedRow['cells'] });
    }
    if (key !== undefined) {
      yield { key, rows: group };
    }
  }

  /** Remembers entitlements that the input no longer has. */
  addMissing(ids: readonly string[]): void {
    this.#missing.exec('BEGIN');
    for (const id of ids) {
      this.#insertMissing.run(id);
    }
    this.#missing.exec('COMMIT');
  }

  /** The remembered ids, `size` at a time. */
  *missing(size: number): Generator<string[]> {
    const statement = this.#missing
      .prepare<unknown[], string>('SELECT id FROM missing WHERE rowid > ? ORDER BY rowid LIMIT ?')
      .pluck();
    for (let start = 0; ; start += size) {
      const ids = statement.all(start, size);
      if (ids.length === 0) {
        return;
      }
      yield ids;
    }
  }

  /** Closes and removes the scratch file. */
  close(): void {
    this.#missing.close();
    this.#connection.close();
    rmSync(this.#file, { force: true });
  }
}
