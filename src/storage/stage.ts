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
    this.#connection.exec(
      'CREATE TABLE staged (key TEXT NOT NULL, line INTEGER NOT NULL, rows INTEGER NOT NULL, content TEXT NOT NULL)',
    );
    this.#insert = this.#connection.prepare('INSERT INTO staged (key, line, rows, content) VALUES (?, ?, ?, ?)');
    this.#missing.pragma('synchronous = OFF');
    this.#missing.exec('CREATE TABLE missing (id TEXT NOT NULL)');
    this.#insertMissing = this.#missing.prepare('INSERT INTO missing (id) VALUES (?)');
  }

  /** Sets rows aside. Those of one object that follow each other are set aside as one. */
  add(rows: readonly StagedRow[]): void {
    this.#connection.exec('BEGIN');
    let start = 0;
    for (let end = 1; end <= rows.length; end += 1) {
      const first = rows[start];
      if (first !== undefined && rows[end]?.key !== first.key) {
        this.#insert.run(first.key, first.line, end - start, contentOf(rows.slice(start, end)));
        start = end;
      }
    }
    this.#connection.exec('COMMIT');
  }

  /** Ends the adding: what follows reads in order of the keys. */
  sort(): void {
    this.#connection.exec('CREATE INDEX staged_key ON staged (key, line, rows)');
  }

  /** The number of objects. */
  countKeys(): number {
    return Number(this.#connection.prepare('SELECT count(DISTINCT key) FROM staged').pluck().get());
  }

  /** Every object with its rows, by its key in the order of bytes; with `onlyRepeated`, those of several rows. */
  *groups(onlyRepeated = false): Generator<StagedGroup> {
    const restriction = onlyRepeated ? 'WHERE key IN (SELECT key FROM staged GROUP BY key HAVING sum(rows) > 1)' : '';
    const found = this.#connection
      .prepare<unknown[], { key: string; line: number; content: string }>(
        `SELECT key, line, content FROM staged ${restriction} ORDER BY key, line`,
      )
      .iterate();
    let key: string | undefined;
    let rows: StagedGroup['rows'][number][] = [];
    for (const part of found) {
      if (key !== undefined && key !== part.key) {
        yield { key, rows };
        rows = [];
      }
      key = part.key;
      rows.push(...rowsOf(part.line, part.content));
    }
    if (key !== undefined) {
      yield { key, rows };
    }
  }

  /** Remembers objects that the input no longer has. */
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

/**
 * Rows of one object as text: the cells of the first, then line and cells of each other one. What a row repeats of
 * the first is null: exports write a row for every value and repeat all the rest.
 */
function contentOf(rows: readonly StagedRow[]): string {
  const [first, ...others] = rows;
  const cells = first?.cells ?? [];
  return JSON.stringify([
    cells,
    ...others.flatMap((row) => [row.line, row.cells.map((cell, index) => (cell === cells[index] ? null : cell))]),
  ]);
}

function rowsOf(line: number, content: string): StagedGroup['rows'][number][] {
  const [cells, ...others] = JSON.parse(content) as [StagedRow['cells'], ...unknown[]];
  const rows = [{ line, cells }];
  for (let index = 0; index < others.length; index += 2) {
    const own = others[index + 1] as (StagedRow['cells'][number] | null)[];
    rows.push({ line: Number(others[index]), cells: own.map((cell, column) => cell ?? cells[column] ?? '') });
  }
  return rows;
}
