import { type RawBuilder, sql } from 'kysely';
import type { Database, Session } from '../src/storage/database.ts';
import { type Migration, migrationHash } from '../src/storage/migrations/migration.ts';
import { migrations } from '../src/storage/migrations/index.ts';
import { openDatabase, openForReading } from '../src/storage/open-database.ts';
import { findChanges } from '../src/storage/changes/change-lists.ts';

/**
 * Creates a database with the schema before a migration, and copies the content of another database as far as that
 * schema allows. The other database must not be in use.
 * @param migration its name; default: the last one
 */
export async function copyToPreviousSchema(
  fromUrl: string,
  toUrl: string,
  migration = migrations.at(-1)?.name,
): Promise<void> {
  const known = migrations.findIndex(({ name }) => name === migration);
  const from = await openForReading(fromUrl);
  const to = await openDatabase({ url: toUrl, readers: 0 });
  try {
    await makePreviousSchema(to, migrations.slice(0, known));
    const columns = await columnsOf(from.session);
    for (const [table, names] of await columnsOf(to.keyed)) {
      const common = names.filter((name) => columns.get(table)?.includes(name));
      if (table === 'change' && names.includes('task_id')) {
        await copyWholeChanges(from.session, to);
      } else if (table !== 'migration' && common.length > 0) {
        await copyRows(from.session, to, table, common);
      }
    }
    await removeNewProperties(to, migrations.slice(known));
  } finally {
    await to.close();
    await from.close();
  }
}

async function makePreviousSchema(database: Database, known: readonly Migration[]): Promise<void> {
  const { dialect } = database;
  await database.write(async ({ query }) => {
    await sql`CREATE TABLE migration (
      name TEXT PRIMARY KEY, hash TEXT NOT NULL, applied ${sql.raw(dialect.bigInteger)} NOT NULL
    )`.execute(query);
    for (const migration of known) {
      for (const statement of migration.statements(dialect)) {
        await sql.raw(statement).execute(query);
      }
      await sql`INSERT INTO migration (name, hash, applied)
        VALUES (${migration.name}, ${migrationHash(migration, dialect)}, 0)`.execute(query);
    }
  });
}

/** Removes the properties that are created by a pending migration. */
async function removeNewProperties(database: Database, missing: readonly Migration[]): Promise<void> {
  const statements = missing.flatMap((migration) => migration.statements(database.dialect));
  await database.write(async ({ query }) => {
    const properties = await query.selectFrom('property').select('name').execute();
    const made = properties.filter(({ name }) =>
      statements.some((statement) => statement.startsWith('INSERT INTO property') && statement.includes(`'${name}'`)),
    );
    for (const { name } of made) {
      await query.deleteFrom('property').where('name', '=', name).execute();
    }
  });
}

/** Returns the columns by table, without generated numbers. */
async function columnsOf({ query }: Session): Promise<Map<string, string[]>> {
  const tables = await query.introspection.getTables();
  return new Map(
    tables.map(({ name, columns }) => [
      name,
      columns.filter((column) => !(name === 'change' && column.name === 'number')).map((column) => column.name),
    ]),
  );
}

async function copyRows(from: Session, to: Database, table: string, columns: readonly string[]): Promise<void> {
  const names = sql.join(columns.map((column) => sql.ref(column)));
  const order = table === 'change' ? sql`order by number` : sql``;
  const { rows } = await sql<Record<string, unknown>>`select ${names} from ${sql.table(table)} ${order}`.execute(
    from.query,
  );
  const piece = Math.floor(10_000 / columns.length);
  const isNumbered = table === 'change_origin' && to.dialect.name === 'postgres';
  const overriding = isNumbered ? sql`overriding system value` : sql``;
  await to.write(async ({ query }) => {
    // A migration may have inserted rows.
    await sql`delete from ${sql.table(table)}`.execute(query);
    for (let start = 0; start < rows.length; start += piece) {
      const values = rows.slice(start, start + piece).map((row): RawBuilder<unknown> => {
        return sql`(${sql.join(columns.map((column) => row[column]))})`;
      });
      await sql`insert into ${sql.table(table)} (${names}) ${overriding} values ${sql.join(values)}`.execute(query);
    }
    if (isNumbered) {
      await sql`select setval(pg_get_serial_sequence(${table}, 'number'), (select max(number) + 1 from ${sql.table(table)}))`.execute(
        query,
      );
    }
  });
}

/** Copies the changes to a schema in which each has its origin and its whole content. */
async function copyWholeChanges(from: Session, to: Database): Promise<void> {
  const size = 500;
  let last = 0;
  for (let found = size; found === size;) {
    const changes = await findChanges(from, {
      condition: { kind: 'test', field: 'number', operator: 'gt', values: [last] },
      sorts: [{ field: 'number', descending: false }],
      offset: 0,
      limit: size,
      after: undefined,
      count: false,
    });
    last = changes.at(-1)?.number ?? last;
    found = changes.length;
    const values = changes.map((change): RawBuilder<unknown> => {
      const { actorId, clientId, taskId, trackingId } = change;
      return sql`(${change.time}, ${change.objectType}, ${change.objectId}, ${change.kind}, ${actorId}, ${clientId},
        ${taskId}, ${trackingId}, ${change.before}, ${change.after})`;
    });
    if (values.length > 0) {
      await to.write(({ query }) =>
        sql`insert into change (time, object_type, object_id, kind, actor_id, client_id, task_id, tracking_id, before, after)
          values ${sql.join(values)}`.execute(query),
      );
    }
  }
}
