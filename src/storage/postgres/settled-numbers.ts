import type { Session } from '../database.ts';

/**
 * A transaction gets the numbers of a sequence before it commits, so a smaller number may become visible after a larger
 * one. Each transaction therefore holds an advisory lock whose key announces the last number before its own. Numbers up
 * to the smallest announced one are settled.
 */

/** Returns the statements that create a trigger to announce the numbers of an identity column. */
export function announceNumbers(table: string, column: string): readonly string[] {
  return [
    `CREATE FUNCTION ${table}_${column}_announce() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      -- One lock per transaction: its first announcement is the smallest, and the lock table is limited.
      IF current_setting('muniment.${table}_announced', true) IS DISTINCT FROM 'yes' THEN
        PERFORM pg_advisory_xact_lock_shared(-1 - CASE WHEN is_called THEN last_value ELSE last_value - 1 END)
          FROM ${table}_${column}_seq;
        PERFORM set_config('muniment.${table}_announced', 'yes', true);
      END IF;
      RETURN NULL;
    END $$`,
    // Before the first row gets its number.
    `CREATE TRIGGER ${table}_${column}_announce BEFORE INSERT ON ${table}
      FOR EACH STATEMENT EXECUTE FUNCTION ${table}_${column}_announce()`,
  ];
}

/**
 * Returns the largest number up to which no open transaction can add rows. Read the rows after this call, in another
 * statement.
 */
export async function settledNumber(session: Session, table: string, column: string): Promise<number> {
  // Two statements: a number that is taken between them is above the result of the first.
  const [given] = await session.run<{ last: number }>(`SELECT last_value AS last FROM ${table}_${column}_seq`, []);
  const [open] = await session.run<{ least: number | null }>(
    // A 64-bit key is in two columns, the upper half first. Keys for other purposes are not negative.
    `SELECT min(-1 - ((classid::bigint << 32) | objid::bigint)) AS least FROM pg_locks
      WHERE locktype = 'advisory' AND objsubid = 1 AND granted AND classid::bigint >= 2147483648
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    [],
  );
  const last = given?.last ?? 0;
  return Math.min(last, open?.least ?? last);
}
