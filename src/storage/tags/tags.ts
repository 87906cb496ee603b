import { sql } from 'kysely';
import type { ListQuery } from '../../list-query.ts';
import type { Database, Session, Transaction } from '../database.ts';
import type { Columns } from '../query/condition.ts';
import { matching, page } from '../query/page.ts';

/** A tag. Its name is unique and never changes. Times are UTC milliseconds. */
export interface Tag {
  readonly id: string;
  readonly name: string;
  readonly created: number;
  readonly modified: number;
  readonly version: number;
}

const columns: Columns = {
  id: { expression: sql.ref('tag.id'), type: 'id', nullable: false },
  name: { expression: sql.ref('tag.name'), type: 'code', nullable: false },
  created: { expression: sql.ref('tag.created'), type: 'time', nullable: false },
  modified: { expression: sql.ref('tag.modified'), type: 'time', nullable: false },
};

/** Returns the tag with this id, or undefined. */
export async function findTag({ query }: Session, id: string): Promise<Tag | undefined> {
  return query.selectFrom('tag').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Returns the tag with this id, or undefined, and locks it until the transaction ends. */
export async function lockTag({ query, dialect }: Transaction, id: string): Promise<Tag | undefined> {
  return query
    .selectFrom('tag')
    .selectAll()
    .where('id', '=', id)
    .$if(dialect.locksRows, (select) => select.forUpdate())
    .executeTakeFirst();
}

/** Returns which of these names are tags. They cannot be deleted until the transaction ends. */
export async function lockTagNames({ query, dialect }: Transaction, names: readonly string[]): Promise<Set<string>> {
  const rows = await query
    .selectFrom('tag')
    .select('name')
    .where('name', 'in', names)
    // The same order in every transaction prevents deadlocks.
    .orderBy('name')
    .$if(dialect.locksRows, (select) => select.forShare())
    .execute();
  return new Set(rows.map(({ name }) => name));
}

/** Returns one page of tags. */
export async function findTags({ scan }: Database, list: ListQuery): Promise<Tag[]> {
  return page(scan.query.selectFrom('tag').selectAll(), list, columns).execute();
}

/** Returns the number of tags that match the filter of a list. */
export async function countTags({ scan }: Database, list: ListQuery): Promise<number> {
  const counted = scan.query.selectFrom('tag').select(({ fn }) => fn.countAll<number>().as('count'));
  return Number((await matching(counted, list, columns).executeTakeFirstOrThrow()).count);
}

/** Inserts those of these tags whose names are new, and returns them. */
export async function insertNewTags({ query }: Transaction, tags: readonly Tag[]): Promise<Tag[]> {
  return query
    .insertInto('tag')
    .values(tags)
    .onConflict((conflict) => conflict.column('name').doNothing())
    .returningAll()
    .execute();
}

export async function deleteTagRow({ query }: Transaction, id: string): Promise<void> {
  await query.deleteFrom('tag').where('id', '=', id).execute();
}
