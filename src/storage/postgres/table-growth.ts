import type pg from 'pg';

/** With so many new rows, to read them all for one takes longer than 10 milliseconds. */
const manyRows = 50_000;

/**
 * Lets PostgreSQL look at the tables that have grown by half, or by 2 MB, since it last did: of a source that it does not
 * know it expects one row, and takes an index of the source where another one would find the row. To look at everything
 * takes longer than to import a small file.
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
  /** Rows inserted since PostgreSQL was last asked to look at the table. */
  inserted: number;
  /** How many rows PostgreSQL believes it has; undefined until somebody asks. */
  believed: number | undefined;
}

/**
 * How much tables have grown amid a task, so that PostgreSQL looks at those again that are five times as large: the
 * plans that are kept for a small table, on whatever connection, are made anew only then.
 */
export class TableGrowth {
  readonly #tables = new Map<string, Growth>();

  /** Notes that rows were inserted. */
  add(table: string, rows: number): void {
    const growth = this.#tables.get(table) ?? { inserted: 0, believed: undefined };
    growth.inserted += rows;
    this.#tables.set(table, growth);
  }

  /** Lets PostgreSQL look at the tables that have grown so much. For the end of a batch. */
  async analyze(pool: pg.Pool): Promise<void> {
    const grown = [...this.#tables].filter(([, { inserted }]) => inserted >= manyRows);
    if (grown.length === 0) {
      return;
    }
    await this.#askFor(pool, grown);
    const changed = grown.filter(([, { inserted, believed = 0 }]) => inserted >= 4 * believed);
    if (changed.length > 0) {
      await pool.query(`ANALYZE ${changed.map(([table]) => table).join(', ')}`);
      changed.forEach(([table]) => this.#tables.delete(table));
    }
  }

  /** Asks how many rows PostgreSQL believes that tables have, where that was not asked yet. */
  async #askFor(pool: pg.Pool, tables: readonly (readonly [string, Growth])[]): Promise<void> {
    const unknown = tables.filter(([, { believed }]) => believed === undefined);
    if (unknown.length === 0) {
      return;
    }
    const { rows } = await pool.query<{ name: string; believed: number }>(
      `SELECT relname AS name, reltuples AS believed FROM pg_class WHERE oid = ANY ($1::regclass[])`,
      [unknown.map(([table]) => table)],
    );
    const believed = new Map(rows.map((row) => [row.name, row.believed]));
    for (const [table, growth] of unknown) {
      growth.believed = Math.max(0, believed.get(table) ?? 0);
    }
  }
}
