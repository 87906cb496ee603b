import type pg from 'pg';

/** With this many new rows, a scan for one row takes longer than 10 milliseconds. */
const manyRows = 50_000;

/**
 * Analyzes the tables that have grown by half, or by 2 MB, since they were last analyzed. PostgreSQL expects one row
 * for a source without statistics, and then uses an index on the source instead of a better one. Analyzing all tables
 * takes longer than importing a small file.
 */
export async function analyzeGrown(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT relname AS name FROM (
      SELECT relname, relpages, pg_relation_size(oid) / current_setting('block_size')::int AS pages FROM pg_class
        WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace
    ) AS known
    WHERE pages > relpages AND (pages >= 1.5 * relpages OR pages - relpages >= 256)`,
  );
  if (rows.length > 0) {
    await pool.query(`ANALYZE ${rows.map(({ name }) => name).join(', ')}`);
  }
}

interface Growth {
  /** The number of rows inserted since the table was last analyzed. */
  inserted: number;
  /** PostgreSQL's estimate of the number of rows; undefined until it is read. */
  estimated: number | undefined;
}

/**
 * Counts inserted rows during a task, in order to analyze tables that have become five times as large. Otherwise
 * connections keep cached plans for a small table.
 */
export class TableGrowth {
  readonly #tables = new Map<string, Growth>();

  /** Counts inserted rows. */
  add(table: string, rows: number): void {
    const growth = this.#tables.get(table) ?? { inserted: 0, estimated: undefined };
    growth.inserted += rows;
    this.#tables.set(table, growth);
  }

  /** Analyzes the tables that have grown that much. Called after a batch. */
  async analyze(pool: pg.Pool): Promise<void> {
    const grown = [...this.#tables].filter(([, { inserted }]) => inserted >= manyRows);
    if (grown.length === 0) {
      return;
    }
    await this.#readEstimates(pool, grown);
    const changed = grown.filter(([, { inserted, estimated = 0 }]) => inserted >= 4 * estimated);
    if (changed.length > 0) {
      await pool.query(`ANALYZE ${changed.map(([table]) => table).join(', ')}`);
      changed.forEach(([table]) => this.#tables.delete(table));
    }
  }

  /** Reads the missing row estimates of tables. */
  async #readEstimates(pool: pg.Pool, tables: readonly (readonly [string, Growth])[]): Promise<void> {
    const unknown = tables.filter(([, { estimated }]) => estimated === undefined);
    if (unknown.length === 0) {
      return;
    }
    const { rows } = await pool.query<{ name: string; estimated: number }>(
      `SELECT relname AS name, reltuples AS estimated FROM pg_class WHERE oid = ANY ($1::regclass[])`,
      [unknown.map(([table]) => table)],
    );
    const estimates = new Map(rows.map((row) => [row.name, row.estimated]));
    for (const [table, growth] of unknown) {
      growth.estimated = Math.max(0, estimates.get(table) ?? 0);
    }
  }
}
