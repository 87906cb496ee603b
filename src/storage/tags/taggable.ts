import { type RawBuilder, sql } from 'kysely';

/** The type of an object with tags, as in the contract (B.9) and in the change record. */
export type TaggableType = keyof typeof taggable;

/** An object that can have tags. */
export interface ObjectKey {
  readonly type: TaggableType;
  readonly id: string;
}

/**
 * The types of objects that can have tags: the table, with columns `id`, `modified` and `version`, the expression of the
 * name of an object, and the column with the id of its source, null if it belongs to none. Whoever deletes such an object also removes its tags (`removeAllTags`).
 */
export const taggable = {
  ENTITLEMENT: {
    table: 'entitlement',
    name: sql<string>`coalesce(case when is_name_manual = 1 then manual_name else source_display_name end, value)`,
    source: 'source_id',
  },
  IDENTITY: { table: 'identity', name: sql<string>`name`, source: null },
  SOURCE: { table: 'source', name: sql<string>`name`, source: 'id' },
} as const satisfies Record<
  string,
  { readonly table: string; readonly name: RawBuilder<string>; readonly source: string | null }
>;

export const taggableTypes = Object.keys(taggable) as TaggableType[];
