import type { Session } from './database.ts';
import { announceNumbers, settledNumber } from './postgres/settled-numbers.ts';

/**
 * The differences between the two engines, named by purpose. Other code uses a capability or an SQL fragment from here;
 * it never asks which engine it runs on.
 */
export interface Dialect {
  readonly name: 'sqlite' | 'postgres';
  /** Column type of a text that is compared and sorted by its UTF-8 bytes, so that both engines agree. */
  readonly binaryText: string;
  /** Column type of UTC milliseconds and other integers beyond 32 bits. */
  readonly bigInteger: string;
  /** Column definition of a number that grows with every inserted row. */
  readonly sequence: string;
  /** Column type of bytes. */
  readonly bytes: string;
  /** The column with the fastest access to a row that an index has found; only valid within one statement. */
  readonly rowColumn: 'rowid' | 'id';
  /** True if several servers may use one database and take over each other's jobs. */
  readonly isShared: boolean;
  /** True if a row that is read inside a transaction must be locked explicitly before it is written. */
  readonly locksRows: boolean;
  /** True if a UNION in an order that its parts have is read by merging them, only as far as needed. */
  readonly mergesUnions: boolean;
  /** True if another process executes writes, so that this thread can prepare the next one meanwhile. */
  readonly writesElsewhere: boolean;
  /**
   * Returns the statements that create triggers to maintain the number of rows of a table in `counts (column, number)`,
   * grouped by a column that never changes.
   */
  keepCounts(table: string, column: string, counts: string): readonly string[];
  /** Returns the statements that make `settledNumber` possible for a table with a `sequence`. */
  announceNumbers(table: string, column: string): readonly string[];
  /**
   * Returns the largest number of a `sequence` up to which no row can be added any more, or undefined if rows always
   * become visible in the order of their numbers. Read the rows after this call, not in the same statement.
   */
  settledNumber(session: Session, table: string, column: string): Promise<number | undefined>;
  /**
   * Returns the statements that replace `table` by the table `replacement`, with the rows of `select` for `columns`.
   * Both tables have a column `number` that is a `sequence`, which continues where it was.
   */
  replaceTable(table: string, replacement: string, columns: string, select: string): readonly string[];
  /**
   * Returns the statements that store the rows of a table in the order of its primary key, if the engine can do that.
   * `definition` is the list of its columns and the key; `indexes` create its other indexes, which exist.
   */
  storeByKey(table: string, definition: string, indexes?: readonly string[]): readonly string[];
  /** Returns the expression for the digest of a JSON text (`digestOf`). */
  digest(expression: string): string;
  /** Returns the expression for the stored form of an id (`packId`). */
  packedId(expression: string): string;
  /**
   * Returns the expression for a text field of a JSON object, which must have no escapes: its value, or null. If several
   * levels have a field of this name, it must be the last one. The expression can be indexed.
   */
  jsonText(expression: string, field: string): string;
  /** Returns the condition that a text contains another, which is written as it is. It can be that of a partial index. */
  contains(expression: string, text: string): string;
  /** Returns the rows of a JSON array of strings, for FROM; their column is `value`. */
  textsOf(expression: string): string;
}

export const sqliteDialect: Dialect = {
  name: 'sqlite',
  binaryText: 'TEXT',
  bigInteger: 'INTEGER',
  sequence: 'INTEGER PRIMARY KEY AUTOINCREMENT',
  bytes: 'BLOB',
  rowColumn: 'rowid',
  isShared: false,
  // BEGIN IMMEDIATE already excludes other writers.
  locksRows: false,
  mergesUnions: true,
  writesElsewhere: false,
  keepCounts: (table, column, counts) => [
    `CREATE TRIGGER ${counts}_insert AFTER INSERT ON ${table} BEGIN
      INSERT INTO ${counts} (${column}, number) VALUES (new.${column}, 1)
        ON CONFLICT (${column}) DO UPDATE SET number = number + 1;
    END`,
    `CREATE TRIGGER ${counts}_delete AFTER DELETE ON ${table} BEGIN
      UPDATE ${counts} SET number = number - 1 WHERE ${column} = old.${column};
    END`,
  ],
  // There is only one writer at a time.
  announceNumbers: () => [],
  settledNumber: async () => undefined,
  replaceTable: (table, replacement, columns, select) => [
    `INSERT INTO ${replacement} (${columns}) ${select}`,
    `DELETE FROM sqlite_sequence WHERE name = '${replacement}'`,
    `INSERT INTO sqlite_sequence (name, seq) SELECT '${replacement}', seq FROM sqlite_sequence WHERE name = '${table}'`,
    `DROP TABLE ${table}`,
    `ALTER TABLE ${replacement} RENAME TO ${table}`,
  ],
  storeByKey: (table, definition, indexes = []) => [
    `CREATE TABLE ${table}_by_key (${definition}) WITHOUT ROWID`,
    `INSERT INTO ${table}_by_key SELECT * FROM ${table}`,
    `DROP TABLE ${table}`,
    `ALTER TABLE ${table}_by_key RENAME TO ${table}`,
    ...indexes,
  ],
  digest: (expression) => `content_digest(${expression})`,
  packedId: (expression) => `packed_id(${expression})`,
  jsonText: (expression, field) => `json_extract(${expression}, '$.${field}')`,
  contains: (expression, text) => `instr(${expression}, '${text}') > 0`,
  textsOf: (expression) => `json_each(${expression})`,
};

export const postgresDialect: Dialect = {
  name: 'postgres',
  binaryText: 'TEXT COLLATE "C"',
  bigInteger: 'BIGINT',
  sequence: 'BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY',
  bytes: 'BYTEA',
  rowColumn: 'id',
  isShared: true,
  locksRows: true,
  mergesUnions: false,
  writesElsewhere: true,
  // Statement triggers: a row trigger would leave one dead version of the counter for each row.
  keepCounts: (table, column, counts) => [
    `CREATE FUNCTION ${counts}_insert() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO ${counts} (${column}, number)
        SELECT ${column}, count(*) FROM changed GROUP BY ${column} ORDER BY ${column}
        ON CONFLICT (${column}) DO UPDATE SET number = ${counts}.number + excluded.number;
      RETURN NULL;
    END $$`,
    `CREATE TRIGGER ${counts}_insert AFTER INSERT ON ${table}
      REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION ${counts}_insert()`,
    `CREATE FUNCTION ${counts}_delete() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE ${counts} SET number = ${counts}.number - gone.number
        FROM (SELECT ${column}, count(*) AS number FROM changed GROUP BY ${column}) AS gone
        WHERE ${counts}.${column} = gone.${column};
      RETURN NULL;
    END $$`,
    `CREATE TRIGGER ${counts}_delete AFTER DELETE ON ${table}
      REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION ${counts}_delete()`,
  ],
  announceNumbers,
  settledNumber,
  replaceTable: (table, replacement, columns, select) => [
    `INSERT INTO ${replacement} (${columns}) OVERRIDING SYSTEM VALUE ${select}`,
    `SELECT setval(pg_get_serial_sequence('${replacement}', 'number'), nextval(pg_get_serial_sequence('${table}', 'number')))`,
    `DROP TABLE ${table}`,
    `ALTER TABLE ${replacement} RENAME TO ${table}`,
    `ALTER SEQUENCE ${replacement}_number_seq RENAME TO ${table}_number_seq`,
  ],
  // Its tables are heaps.
  storeByKey: () => [],
  digest: (expression) => `'#' || substr(encode(sha256(convert_to(${expression}, 'UTF8')), 'base64'), 1, 11)`,
  packedId: (expression) => `CASE
    WHEN ${expression} ~ '^[0-9a-f]{32}$' THEN decode(${expression}, 'hex')
    WHEN octet_length(${expression}) = 16 THEN convert_to(${expression}, 'UTF8') || '\\x00'::bytea
    ELSE convert_to(${expression}, 'UTF8') END`,
  // Not by the JSON functions, which reject escaped NUL characters.
  jsonText: (expression, field) => `substring(${expression} from '.*"${field}":"([^"]*)"')`,
  contains: (expression, text) => `strpos(${expression}, '${text}') > 0`,
  textsOf: (expression) => `jsonb_array_elements_text((${expression})::jsonb)`,
};
