import { createHash } from 'node:crypto';
import type { Dialect } from '../dialect.ts';

/** One forward migration of the database. It is never edited after its release: databases store its hash. */
export interface Migration {
  /** `NNNN-title`, the file's name. */
  readonly name: string;
  /** Returns the statements of this migration in order, for one engine. */
  statements(dialect: Dialect): readonly string[];
}

/** Returns the SHA-256 of the statements of a migration, in hex, which a database stores and checks at every start. */
export function migrationHash(migration: Migration, dialect: Dialect): string {
  return createHash('sha256').update(migration.statements(dialect).join(';\n')).digest('hex');
}
