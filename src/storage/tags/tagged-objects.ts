import { type RawBuilder, sql, type SqlBool } from 'kysely';
import type { ListQuery } from '../../list-query.ts';
import type { Database, Session, Transaction } from '../database.ts';
import { anyOf, type Columns } from '../query/condition.ts';
import { matching } from '../query/page.ts';
import { type ObjectKey, taggable, type TaggableType, taggableTypes } from './taggable.ts';

/** Returns a condition on the source of an object; it is true for objects that belong to none. */
function inSource(test: RawBuilder<SqlBool>): RawBuilder<SqlBool> {
  const ofType = taggableTypes.map((type) => {
    const { table, source } = taggable[type];
    return source === null
      ? sql<SqlBool>`object_tag.object_type = ${sql.lit(type)}`
      : sql<SqlBool>`(object_tag.object_type = ${sql.lit(type)} and exists (
          select 1 from (select ${sql.ref(source)} as source_id from ${sql.table(table)} where id = object_tag.object_id)
            as tagged where ${test}))`;
  });
  return anyOf(ofType);
}

/** The columns of filters, by their names in the contract (B.9), and the source. */
const columns: Columns = {
  'objectRef.id': { expression: sql.ref('object_tag.object_id'), type: 'id', nullable: false },
  'objectRef.type': { expression: sql.ref('object_tag.object_type'), type: 'code', nullable: false },
  tagName: {
    expression: sql.ref('object_tag.tag'),
    type: 'code',
    nullable: false,
    // An object matches with all its tags if one of them does.
    lookup: {
      expression: sql.ref('tagging.tag'),
      among: (test) => sql`(object_tag.object_type, object_tag.object_id) in (
        select tagging.object_type, tagging.object_id from object_tag as tagging where ${test})`,
    },
  },
  sourceId: {
    expression: sql.ref('tagged.source_id'),
    type: 'id',
    nullable: false,
    lookup: { expression: sql.ref('tagged.source_id'), among: inSource },
  },
};

/** Returns one page of objects with tags, ordered by type and id. */
export async function findTaggedObjects(
  { scan }: Database,
  type: TaggableType | undefined,
  list: ListQuery,
): Promise<ObjectKey[]> {
  const rows = await taggedObjects(scan, type, list)
    .orderBy('object_type')
    .orderBy('object_id')
    .limit(list.limit)
    .offset(list.offset)
    .execute();
  return rows.map((row) => ({ type: row.object_type as TaggableType, id: row.object_id }));
}

/** Returns the number of objects with tags that match the filter of a list. */
export async function countTaggedObjects(
  { scan }: Database,
  type: TaggableType | undefined,
  list: ListQuery,
): Promise<number> {
  const { count } = await scan.query
    .selectFrom(taggedObjects(scan, type, list).as('tagged'))
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Returns the type of any object with this tag, or undefined if there is none. */
export async function findTypeWithTag({ query }: Transaction, tag: string): Promise<TaggableType | undefined> {
  const row = await query
    .selectFrom('object_tag')
    .select('object_type')
    .where('tag', '=', tag)
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : (row.object_type as TaggableType);
}

function taggedObjects({ query }: Session, type: TaggableType | undefined, list: ListQuery) {
  const all = query.selectFrom('object_tag').select(['object_type', 'object_id']).distinct();
  return matching(type === undefined ? all : all.where('object_type', '=', type), list, columns);
}
