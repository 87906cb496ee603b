import type pg from 'pg';

/**
 * So many new rows make PostgreSQL look at a table however large it is: of a source that it does not know it expects one
 * row, and takes an index of the source where another one would find the row. With fewer that is quick, too.
 */
const manyRows = 5_000;
/** With so many, to read them all for one takes longer than 10 milliseconds. */
const veryManyRows = 50_000;

interface Growth {
  /** Rows inserted since PostgreSQL was last asked to look at the table. */
  inserted: number;
  /** How many rows PostgreSQL believes it has; undefined until somebody asks. */
  believed: number | undefined;
}

/**
 * How much tables have grown, so that PostgreSQL looks at those again which are no longer what it believes, and at no
 * others: to look at everything takes longer than to import a small file.
 */
export class TableGrowth {
  readonly #tables = new Map<string, Growth>();

  /** Notes that rows were inserted. */
  add(table: string, rows: number): void {
    const growth = this.#tables.get(table) ?? { inserted: 0, believed: undefined };
    growth.inserted += rows;
    this.#tables.set(table, growth);
  }

  /** Lets PostgreSQL look at the tables that have grown so much that its plans would be bad. For the end of a task. */
  afterTask(pool: pg.Pool): Promise<void> {
    return this.#analyze(pool, 1, (inserted, believed) => inserted >= manyRows || inserted >= believed / 2);
  }

  /**
   * The same amid a task, for tables that are five times as large: the plans that are kept for a small table, on
   * whatever connection, are made anew only then.
   */
  amidTask(pool: pg.Pool): Promise<void> {
    return this.#analyze(pool, veryManyRows, (inserted, believed) => inserted >= 4 * believed);
  }

  async #analyze(pool: pg.Pool, least: number, isDue: (inserted: number, believed: number) => boolean): Promise<void> {
    const grown = [...this.#tables].filter(([, { inserted }]) => inserted >= least);
    if (grown.length === 0) {
      return;
    }
    await this.#askFor(pool, grown);
    const changed = grown.filter(([, { inserted, believed = 0 }]) => isDue(inserted, believed));
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
