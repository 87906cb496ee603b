import type { Session } from '../database.ts';

/**
 * Numbers of a sequence are given out before the transaction that takes them commits, so a smaller one may become
 * visible after a larger one. Each transaction therefore announces, by an advisory lock that it holds until it ends,
 * the last number given out before its own: what is not above the smallest of these is settled.
 */

/** The statements that make a table announce the numbers of its identity column. */
export function announceNumbers(table: string, column: string): readonly string[] {
  return [
    `CREATE FUNCTION ${table}_${column}_announce() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_advisory_xact_lock_shared(-1 - CASE WHEN is_called THEN last_value ELSE last_value - 1 END)
        FROM ${table}_${column}_seq;
      RETURN NULL;
    END $$`,
    // Before any row has its number.
    `CREATE TRIGGER ${table}_${column}_announce BEFORE INSERT ON ${table}
      FOR EACH STATEMENT EXECUTE FUNCTION ${table}_${column}_announce()`,
  ];
}

/**
 * The largest number so that no transaction that is open now will add it or a smaller one. Rows must be read after
 * this, in another statement.
 */
export async function settledNumber(session: Session, table: string, column: string): Promise<number> {
  // Two statements: whoever takes a number between them takes one above the first answer.
  const [given] = await session.run<{ last: number }>(`SELECT last_value AS last FROM ${table}_${column}_seq`, []);
  const [open] = await session.run<{ least: number | null }>(
    // A key of 64 bits stands in two columns, its upper half first. Those of other purposes are not negative.
    `SELECT min(-1 - ((classid::bigint << 32) | objid::bigint)) AS least FROM pg_locks
      WHERE locktype = 'advisory' AND objsubid = 1 AND granted AND classid::bigint >= 2147483648
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    [],
  );
  const last = given?.last ?? 0;
  return Math.min(last, open?.least ?? last);
}
