import { sql } from 'kysely';
import type { Session } from '../database.ts';
import { valuesOf } from '../query/update-rows.ts';

/** Returns those of these folded names of attributes for which an identity has a value; each is one search in an index. */
export async function findUsedAttributes({ query }: Session, names: readonly string[]): Promise<Set<string>> {
  if (names.length === 0) {
    return new Set();
  }
  const { rows } = await sql<{ name: string }>`
    with wanted (name) as (${valuesOf(names.map((name) => [name]))})
    select name from wanted
    where exists (select 1 from identity_attribute where identity_attribute.name = wanted.name)`.execute(query);
  return new Set(rows.map(({ name }) => name));
}
