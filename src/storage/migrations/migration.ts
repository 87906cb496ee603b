import { createHash } from 'node:crypto';
import type { Dialect } from '../dialect.ts';

/** One forward step of the database. It is never edited once released: its hash is recorded where it ran. */
export interface Migration {
  /** `NNNN-title`, the file's name. */
  readonly name: string;
  /** The statements of this step in order, for one engine. */
  statements(dialect: Dialect): readonly string[];
}

/** SHA-256 over the statements of a migration, in hex: what a database records and checks at every start. */
export function migrationHash(migration: Migration, dialect: Dialect): string {
  return createHash('sha256').update(migration.statements(dialect).join(';\n')).digest('hex');
}
