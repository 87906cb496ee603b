/**
 * Part of a release: adds the hashes of its new migrations to src/storage/migrations/hashes.json. From then on a guard test
 * fails if they change. Existing hashes are never modified.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { postgresDialect, sqliteDialect } from '../src/storage/dialect.ts';
import { migrationHash } from '../src/storage/migrations/migration.ts';
import { migrations } from '../src/storage/migrations/index.ts';

const file = new URL('../src/storage/migrations/hashes.json', import.meta.url);
const hashes = JSON.parse(readFileSync(file, 'utf8')) as Record<string, object>;
for (const migration of migrations) {
  hashes[migration.name] ??= {
    sqlite: migrationHash(migration, sqliteDialect),
    postgres: migrationHash(migration, postgresDialect),
  };
}
writeFileSync(file, `${JSON.stringify(hashes, undefined, 2)}\n`);
console.log(`${Object.keys(hashes).length} migrations are recorded.`);
