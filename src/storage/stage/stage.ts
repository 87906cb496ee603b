import SqliteConnection from 'better-sqlite3';
import { hash } from 'node:crypto';
import { rmSync } from 'node:fs';

/** One row of the input, with the key of its object. */
export interface StagedRow {
  readonly key: string;
  readonly line: number;
  readonly cells: readonly (string | readonly string[])[];
}

/** The rows of one object, in the order of the input. */
export interface StagedGroup {
  readonly key: string;
  readonly rows: readonly { readonly line: number; readonly cells: StagedRow['cells'] }[];
  /** Equal for equal rows with the same mapping hash. */
  readonly fingerprint: string;
  /** Whether the object is possibly inconsistent: its rows may have different values in a single-valued column. */
  readonly mayContradictItself: boolean;
}

/** A part of an object: consecutive rows of the input, stored under the key `place`. */
type Part = readonly [key: string, place: number, fingerprint: string];

/** The rows of a part as text (`contentOf`), with the line of the first row. */
type Content = readonly [line: number, content: string];

/** The number of parts per query. */
const pageSize = 1000;

/** The page cache, in kB. Sorting takes the same amount again; afterwards pages are read only once. */
const sortingCache = 32_768;
const readingCache = 4_096;

/** The number of parts per insert statement, which takes half as long as inserting one by one. */
const partsPerInsert = 25;

/**
 * The scratch file in which an aggregation stages and sorts its input: a SQLite database next to the spool, for both
 * engines. It is written without a journal, as an interrupted run creates a new one. Staging in the catalogue's
 * database would lock it unnecessarily.
 */
export class Stage {
  readonly #file: string;
  readonly #connection: SqliteConnection.Database;
  readonly #insert: SqliteConnection.Statement<unknown[], unknown>;
  readonly #insertMany: SqliteConnection.Statement<unknown[], unknown>;
  readonly #insertInconsistent: SqliteConnection.Statement<unknown[], unknown>;
  readonly #insertMissing: SqliteConnection.Statement<unknown[], unknown>;
  /** The number of staged parts. */
  #parts = 0;

  /** @param file the path of the scratch file; an existing one is replaced */
  constructor(file: string) {
    rmSync(file, { force: true });
    this.#file = file;
    this.#connection = new SqliteConnection(file);
    this.#connection.pragma('journal_mode = OFF');
    this.#connection.pragma('synchronous = OFF');
    this.#connection.pragma('locking_mode = EXCLUSIVE');
    this.#connection.pragma(`cache_size = -${sortingCache}`);
    this.#connection.exec(`
      CREATE TABLE staged (
        place INTEGER PRIMARY KEY, key TEXT NOT NULL, fingerprint TEXT NOT NULL, line INTEGER NOT NULL,
        content TEXT NOT NULL
      );
      CREATE TABLE sorted (
        key TEXT NOT NULL, place INTEGER NOT NULL, fingerprint TEXT NOT NULL, PRIMARY KEY (key, place)
      ) WITHOUT ROWID;
      CREATE TABLE inconsistent (key TEXT NOT NULL PRIMARY KEY, parts INTEGER NOT NULL) WITHOUT ROWID;
      CREATE TABLE missing (id TEXT NOT NULL);
      BEGIN`);
    const insert = 'INSERT INTO staged (key, fingerprint, line, content) VALUES ';
    this.#insert = this.#connection.prepare(`${insert}(?, ?, ?, ?)`);
    this.#insertMany = this.#connection.prepare(insert + Array(partsPerInsert).fill('(?, ?, ?, ?)').join(', '));
    this.#insertInconsistent = this.#connection.prepare(
      'INSERT INTO inconsistent (key, parts) VALUES (?, 1) ON CONFLICT (key) DO NOTHING',
    );
    this.#insertMissing = this.#connection.prepare('INSERT INTO missing (id) VALUES (?)');
  }

  /**
   * Stages rows. Consecutive rows of one object become one part.
   * @param isSingle for each column whether it is single-valued
   * @param mappingHash the mapping hash, which becomes part of the fingerprints
   */
  add(rows: readonly StagedRow[], isSingle: readonly boolean[], mappingHash: string): void {
    const parts: (readonly [key: string, fingerprint: string, ...Content])[] = [];
    let start = 0;
    for (let end = 1; end <= rows.length; end += 1) {
      const first = rows[start];
      if (first !== undefined && rows[end]?.key !== first.key) {
        const { isMixed, content } = contentOf(first, rows.slice(start + 1, end), isSingle);
        parts.push([first.key, hashOf(mappingHash + content), first.line, content]);
        if (isMixed) {
          this.#insertInconsistent.run(first.key);
        }
        start = end;
      }
    }
    this.#parts += parts.length;
    let next = 0;
    for (; next + partsPerInsert <= parts.length; next += partsPerInsert) {
      this.#insertMany.run(parts.slice(next, next + partsPerInsert).flat());
    }
    for (const part of parts.slice(next)) {
      this.#insert.run(part);
    }
  }

  /**
   * Sorts the parts by key. Call it once, after all rows are added and before they are read. The contents of the rows
   * are not moved: for most objects only the fingerprint is needed.
   */
  sort(): void {
    this.#connection.exec(`
      INSERT INTO sorted (key, place, fingerprint) SELECT key, place, fingerprint FROM staged ORDER BY key, place;
      INSERT INTO inconsistent (key, parts) SELECT key, count(*) FROM sorted GROUP BY key HAVING count(*) > 1
        ON CONFLICT (key) DO UPDATE SET parts = excluded.parts;
      COMMIT`);
    // Leaves the memory to the page cache of the catalogue.
    this.#connection.pragma(`cache_size = -${readingCache}`);
    this.#connection.pragma('shrink_memory');
  }

  /** Returns the number of objects. */
  count(): number {
    const others = this.#connection.prepare<unknown[], number>('SELECT coalesce(sum(parts - 1), 0) FROM inconsistent');
    return this.#parts - (others.pluck().get() ?? 0);
  }

  /**
   * Returns the objects with their rows, sorted by the bytes of their keys.
   * @param which all objects, or only the possibly inconsistent ones
   */
  *groups(which: 'all' | 'inconsistent'): Generator<StagedGroup> {
    const content = this.#connection
      .prepare<unknown[], Content>('SELECT line, content FROM staged WHERE place = ?')
      .raw();
    const inconsistent = this.#connection.prepare('SELECT key FROM inconsistent WHERE key = ?').pluck();
    const lookup: Lookup = {
      rowsAt: (place) => {
        const [line = 0, text = '[]'] = content.get(place) ?? [];
        return rowsOf(line, text);
      },
      mayBeInconsistent: (key) => inconsistent.get(key) !== undefined,
    };
    let parts: Part[] = [];
    for (const part of this.#sortedParts(which)) {
      if (parts[0] !== undefined && parts[0][0] !== part[0]) {
        yield new Group(parts, lookup);
        parts = [];
      }
      parts.push(part);
    }
    if (parts.length > 0) {
      yield new Group(parts, lookup);
    }
  }

  *#sortedParts(which: 'all' | 'inconsistent'): Generator<Part> {
    const statement = this.#connection
      .prepare<unknown[], Part>(
        `SELECT key, place, fingerprint FROM sorted
        WHERE (key, place) > (?, ?) ${which === 'all' ? '' : 'AND +key IN (SELECT key FROM inconsistent)'}
        ORDER BY key, place LIMIT ?`,
      )
      .raw();
    let last: readonly [key: string, place: number] = ['', 0];
    for (;;) {
      const parts = statement.all(...last, pageSize);
      yield* parts;
      const end = parts.at(-1);
      if (end === undefined || parts.length < pageSize) {
        return;
      }
      last = [end[0], end[1]];
    }
  }

  /** Stores the ids of objects that are missing from the input. */
  addMissing(ids: readonly string[]): void {
    this.#connection.exec('BEGIN');
    for (const id of ids) {
      this.#insertMissing.run(id);
    }
    this.#connection.exec('COMMIT');
  }

  /** Returns the stored ids, `size` at a time. */
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

  /** Closes and deletes the scratch file. */
  close(): void {
    this.#connection.close();
    rmSync(this.#file, { force: true });
  }
}

/** The data of a stage that a group needs. */
interface Lookup {
  rowsAt(place: number): StagedGroup['rows'];
  mayBeInconsistent(key: string): boolean;
}

/** A staged object. Its rows are read on demand. */
class Group implements StagedGroup {
  readonly key: string;
  readonly #parts: readonly Part[];
  readonly #lookup: Lookup;

  constructor(parts: readonly Part[], lookup: Lookup) {
    this.key = parts[0]?.[0] ?? '';
    this.#parts = parts;
    this.#lookup = lookup;
  }

  get rows(): StagedGroup['rows'] {
    return this.#parts.flatMap(([, place]) => this.#lookup.rowsAt(place));
  }

  get fingerprint(): string {
    const fingerprints = this.#parts.map(([, , fingerprint]) => fingerprint);
    return fingerprints.length === 1 ? (fingerprints[0] ?? '') : hashOf(fingerprints.join(''));
  }

  get mayContradictItself(): boolean {
    return this.#lookup.mayBeInconsistent(this.key);
  }
}

function hashOf(text: string): string {
  return hash('sha1', text, 'base64url');
}

/**
 * Returns the rows of one object as text: the cells of the first row, then for each other row its distance in lines and
 * its cells. Cells equal to those of the first row are null: exports have one row per value and repeat all other cells.
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
