import type { Session, Transaction } from '../database.ts';
import { fold } from '../query/fold.ts';
import type { SourceSchemaTable } from '../tables.ts';

export type AttributeType = 'STRING' | 'LONG' | 'INT' | 'BOOLEAN' | 'DATE';

/** One attribute of a source schema (contract B.1). */
export interface SchemaAttribute {
  readonly name: string;
  readonly nativeName: string | null;
  readonly type: AttributeType;
  /** The group schema of the same source whose objects the values refer to. The API looks up its name. */
  readonly schema: { readonly id: string } | null;
  readonly description: string;
  readonly isMulti: boolean;
  readonly isEntitlement: boolean;
  readonly isGroup: boolean;
}

/** A schema of a source: the attributes of one type of its objects. Times are UTC milliseconds. */
export interface SourceSchema {
  readonly id: string;
  readonly sourceId: string;
  /** The name; for a group schema the type of its entitlements (`sourceSchemaObjectType`). */
  readonly name: string;
  readonly nativeObjectType: string;
  readonly identityAttribute: string | null;
  readonly displayAttribute: string | null;
  readonly hierarchyAttribute: string | null;
  readonly includePermissions: boolean;
  readonly features: readonly string[];
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly attributes: readonly SchemaAttribute[];
  /** The attribute of the account schema that links to this group schema: the `attribute` of its entitlements. */
  readonly accountAttribute: string | null;
  readonly created: number;
  readonly modified: number;
  readonly version: number;
}

/** A reference from a source to its schema. */
export interface SchemaReference {
  readonly id: string;
  readonly name: string;
}

function selectSchemas(session: Session) {
  return session.query
    .selectFrom('source_schema')
    .select([
      'source_schema.id',
      'source_schema.source_id as sourceId',
      'source_schema.name',
      'source_schema.native_object_type as nativeObjectType',
      'source_schema.identity_attribute as identityAttribute',
      'source_schema.display_attribute as displayAttribute',
      'source_schema.hierarchy_attribute as hierarchyAttribute',
      'source_schema.include_permissions as includePermissions',
      'source_schema.features',
      'source_schema.configuration',
      'source_schema.attributes',
      'source_schema.account_attribute as accountAttribute',
      'source_schema.created',
      'source_schema.modified',
      'source_schema.version',
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectSchemas>['executeTakeFirstOrThrow']>>;

function fromRow(row: Row): SourceSchema {
  return {
    ...row,
    includePermissions: row.includePermissions === 1,
    features: JSON.parse(row.features) as string[],
    configuration: JSON.parse(row.configuration) as Record<string, unknown>,
    attributes: JSON.parse(row.attributes) as SchemaAttribute[],
  };
}

function toColumns(schema: SourceSchema): Omit<SourceSchemaTable, 'id' | 'source_id' | 'created'> {
  return {
    name: schema.name,
    native_object_type: schema.nativeObjectType,
    identity_attribute: schema.identityAttribute,
    display_attribute: schema.displayAttribute,
    hierarchy_attribute: schema.hierarchyAttribute,
    include_permissions: schema.includePermissions ? 1 : 0,
    features: JSON.stringify(schema.features),
    configuration: JSON.stringify(schema.configuration),
    attributes: JSON.stringify(schema.attributes),
    account_attribute: schema.accountAttribute,
    account_attribute_folded: schema.accountAttribute === null ? null : fold(schema.accountAttribute),
    modified: schema.modified,
    version: schema.version,
  };
}

/** Returns all schemas of a source, in the order of their creation. */
export async function findSchemas(session: Session, sourceId: string): Promise<SourceSchema[]> {
  const rows = await selectSchemas(session).where('source_id', '=', sourceId).orderBy('id').execute();
  return rows.map(fromRow);
}

/** Returns the schemas of several sources by source id, in the order of their creation. */
export async function findSchemaReferences(
  session: Session,
  sourceIds: readonly string[],
): Promise<Map<string, SchemaReference[]>> {
  const references = new Map(sourceIds.map((id): [string, SchemaReference[]] => [id, []]));
  if (sourceIds.length === 0) {
    return references;
  }
  const rows = await session.query
    .selectFrom('source_schema')
    .select(['id', 'source_id as sourceId', 'name'])
    .where('source_id', 'in', sourceIds)
    .orderBy('id')
    .execute();
  for (const { id, sourceId, name } of rows) {
    references.get(sourceId)?.push({ id, name });
  }
  return references;
}

/** Inserts schemas. */
export async function insertSchemas(transaction: Transaction, schemas: readonly SourceSchema[]): Promise<void> {
  await transaction.query
    .insertInto('source_schema')
    .values(
      schemas.map((schema) => ({
        id: schema.id,
        source_id: schema.sourceId,
        created: schema.created,
        ...toColumns(schema),
      })),
    )
    .execute();
}

/** Updates a schema of a locked source. */
export async function updateSchema(transaction: Transaction, schema: SourceSchema): Promise<void> {
  await transaction.query.updateTable('source_schema').set(toColumns(schema)).where('id', '=', schema.id).execute();
}

/** Deletes one schema. */
export async function deleteSchema(transaction: Transaction, id: string): Promise<void> {
  await transaction.query.deleteFrom('source_schema').where('id', '=', id).execute();
}

/** Deletes all schemas of a source. */
export async function deleteSchemasOfSource(transaction: Transaction, sourceId: string): Promise<void> {
  await transaction.query.deleteFrom('source_schema').where('source_id', '=', sourceId).execute();
}
