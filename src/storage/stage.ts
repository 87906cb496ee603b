import SqliteConnection from 'better-sqlite3';
import { hash } from 'node:crypto';
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
  /** Equal for equal rows that mean the same. */
  readonly fingerprint: string;
  /** Whether its rows may have different values in a column that has one value for each object. */
  readonly mayContradictItself: boolean;
}

/** A part of an object: rows that followed each other in the input. */
type Part = readonly [key: string, line: number, isMixed: number, content: string];

/** How many parts are read at a time. */
const pageSize = 1000;

/**
 * Where an aggregation sets its input aside to sort it: a scratch file beside the spool, on both engines.
 * It holds nothing worth keeping, so it is written without a journal; an interrupted run makes a new one.
 * Staging in the catalogue's database would lock it for everyone, for nothing.
 */
export class Stage {
  readonly #file: string;
  readonly #connection: SqliteConnection.Database;
  readonly #insert: SqliteConnection.Statement<unknown[], unknown>;
  readonly #insertMissing: SqliteConnection.Statement<unknown[], unknown>;

  /** @param file path of the scratch file; one that is there is replaced */
  constructor(file: string) {
    rmSync(file, { force: true });
    this.#file = file;
    this.#connection = new SqliteConnection(file);
    this.#connection.pragma('journal_mode = OFF');
    this.#connection.pragma('synchronous = OFF');
    this.#connection.pragma('locking_mode = EXCLUSIVE');
    this.#connection.pragma('cache_size = -32768');
    this.#connection.exec(`
      CREATE TABLE staged (key TEXT NOT NULL, line INTEGER NOT NULL, is_mixed INTEGER NOT NULL, content TEXT NOT NULL);
      CREATE TABLE missing (id TEXT NOT NULL)`);
    this.#insert = this.#connection.prepare('INSERT INTO staged (key, line, is_mixed, content) VALUES (?, ?, ?, ?)');
    this.#insertMissing = this.#connection.prepare('INSERT INTO missing (id) VALUES (?)');
  }

  /**
   * Sets rows aside. Those of one object that follow each other are set aside as one.
   * @param isSingle for each column whether an object has one value of it
   */
  add(rows: readonly StagedRow[], isSingle: readonly boolean[]): void {
    this.#connection.exec('BEGIN');
    let start = 0;
    for (let end = 1; end <= rows.length; end += 1) {
      const first = rows[start];
      if (first !== undefined && rows[end]?.key !== first.key) {
        const { isMixed, content } = contentOf(first, rows.slice(start + 1, end), isSingle);
        this.#insert.run(first.key, first.line, isMixed ? 1 : 0, content);
        start = end;
      }
    }
    this.#connection.exec('COMMIT');
  }

  /**
   * Ends the adding: what follows reads in the order of the keys. All is copied in that order, which is less work than
   * an index through which every row would be looked for.
   */
  sort(): void {
    this.#connection.exec(`
      CREATE TABLE sorted AS SELECT key, line, is_mixed, content FROM staged ORDER BY key, line;
      DROP TABLE staged`);
  }

  /**
   * Every object with its rows, by its key in the order of bytes.
   * @param meaning whatever else decides what the rows mean: part of the fingerprints
   */
  *groups(meaning: string): Generator<StagedGroup> {
    let parts: Part[] = [];
    for (const part of this.#parts()) {
      if (parts[0] !== undefined && parts[0][0] !== part[0]) {
        yield new Group(parts, meaning);
        parts = [];
      }
      parts.push(part);
    }
    if (parts.length > 0) {
      yield new Group(parts, meaning);
    }
  }

  *#parts(): Generator<Part> {
    const statement = this.#connection
      .prepare<unknown[], Part>(
        'SELECT key, line, is_mixed, content FROM sorted WHERE rowid > ? ORDER BY rowid LIMIT ?',
      )
      .raw();
    for (let start = 0; ; start += pageSize) {
      const parts = statement.all(start, pageSize);
      yield* parts;
      if (parts.length < pageSize) {
        return;
      }
    }
  }

  /** Remembers objects that the input no longer has. */
  addMissing(ids: readonly string[]): void {
    this.#connection.exec('BEGIN');
    for (const id of ids) {
      this.#insertMissing.run(id);
    }
    this.#connection.exec('COMMIT');
  }

  /** The remembered ids, `size` at a time. */
  *missing(size: number): Generator<string[]> {
    const statement = this.#connection
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
    this.#connection.close();
    rmSync(this.#file, { force: true });
  }
}

/** An object as it is staged: its rows stay text until somebody wants them. */
class Group implements StagedGroup {
  readonly key: string;
  readonly #parts: readonly Part[];
  readonly #meaning: string;

  constructor(parts: readonly Part[], meaning: string) {
    this.key = parts[0]?.[0] ?? '';
    this.#parts = parts;
    this.#meaning = meaning;
  }

  get rows(): StagedGroup['rows'] {
    return this.#parts.flatMap(([, line, , content]) => rowsOf(line, content));
  }

  get fingerprint(): string {
    const contents = this.#parts.map(([, , , content]) => content);
    return hash('sha1', `${this.#meaning}${contents.join('')}`, 'base64url');
  }

  get mayContradictItself(): boolean {
    return this.#parts.length > 1 || this.#parts[0]?.[2] === 1;
  }
}

/**
 * Rows of one object as text: the cells of the first, then for each other one its distance in lines and its cells.
 * What a row repeats of the first is null: exports write a row for every value and repeat all the rest.
 */
function contentOf(
  { line, cells }: StagedRow,
  others: readonly StagedRow[],
  isSingle: readonly boolean[],
): { isMixed: boolean; content: string } {
  let isMixed = false;
  const content: unknown[] = [cells];
  for (const other of others) {
    const own = other.cells.map((cell, index) => {
      if (cell === cells[index]) {
        return null;
      }
      isMixed ||= isSingle[index] === true;
      return cell;
    });
    content.push(other.line - line, own);
  }
  return { isMixed, content: JSON.stringify(content) };
}

function rowsOf(line: number, content: string): StagedGroup['rows'][number][] {
  const [cells, ...others] = JSON.parse(content) as [StagedRow['cells'], ...unknown[]];
  const rows = [{ line, cells }];
  for (let index = 0; index < others.length; index += 2) {
    const own = others[index + 1] as (StagedRow['cells'][number] | null)[];
    rows.push({ line: line + Number(others[index]), cells: own.map((cell, column) => cell ?? cells[column] ?? '') });
  }
  return rows;
}
