/**
 * What differs between the two engines, named by purpose. Nouns ask for a capability or a fragment here;
 * they never ask which engine runs.
 */
export interface Dialect {
  readonly name: 'sqlite' | 'postgres';
  /** Column type of a text compared and ordered by its bytes (UTF-8), so that both engines agree. */
  readonly binaryText: string;
  /** Column type of UTC milliseconds and other integers beyond 32 bits. */
  readonly bigInteger: string;
  /** Column definition of a number that grows with every row inserted. */
  readonly sequence: string;
  /** Column type of bytes. */
  readonly bytes: string;
  /** True when several servers may work on one database and take over each other's tasks. */
  readonly isShared: boolean;
  /** True when a row read inside a transaction must be locked explicitly before it is written. */
  readonly locksRows: boolean;
}

export const sqliteDialect: Dialect = {
  name: 'sqlite',
  binaryText: 'TEXT',
  bigInteger: 'INTEGER',
  sequence: 'INTEGER PRIMARY KEY AUTOINCREMENT',
  bytes: 'BLOB',
  isShared: false,
  // BEGIN IMMEDIATE already keeps every other writer out.
  locksRows: false,
};

export const postgresDialect: Dialect = {
  name: 'postgres',
  binaryText: 'TEXT COLLATE "C"',
  bigInteger: 'BIGINT',
  sequence: 'BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY',
  bytes: 'BYTEA',
  isShared: true,
  locksRows: true,
};
