/** Records changes of schemas. */
import { difference, recordChanges, type Change } from '../../storage/changes/changes.ts';
import type { Transaction } from '../../storage/database.ts';
import type { SourceSchema } from '../../storage/sources/source-schemas.ts';
import type { ChangeContext } from '../changes/change-context.ts';

function stateOf(
  schema: SourceSchema,
): Omit<SourceSchema, 'id' | 'accountAttribute' | 'created' | 'modified' | 'version'> {
  const {
    id: _id,
    accountAttribute: _derived,
    created: _created,
    modified: _modified,
    version: _version,
    ...state
  } = schema;
  return state;
}

/** Whether two states of a schema differ in a visible field. */
export function isChanged(before: SourceSchema, after: SourceSchema): boolean {
  return difference(stateOf(before), stateOf(after)) !== undefined;
}

/** Records new schemas. */
export async function recordSchemasCreated(
  transaction: Transaction,
  schemas: readonly SourceSchema[],
  context: ChangeContext,
  now: number,
): Promise<void> {
  await recordChanges(
    transaction,
    context,
    now,
    schemas.map((schema) => ({
      objectType: 'CONNECTOR_SCHEMA',
      objectId: schema.id,
      kind: 'created',
      before: null,
      after: stateOf(schema),
    })),
  );
}

/** Records a changed schema. */
export async function recordSchemaUpdated(
  transaction: Transaction,
  before: SourceSchema,
  after: SourceSchema,
  context: ChangeContext,
  now: number,
): Promise<void> {
  const differing = difference(stateOf(before), stateOf(after));
  if (differing !== undefined) {
    await recordChanges(transaction, context, now, [
      { objectType: 'CONNECTOR_SCHEMA', objectId: before.id, kind: 'updated', ...differing },
    ]);
  }
}

/** Records deleted schemas. */
export async function recordSchemasDeleted(
  transaction: Transaction,
  schemas: readonly SourceSchema[],
  context: ChangeContext,
  now: number,
): Promise<void> {
  await recordChanges(
    transaction,
    context,
    now,
    schemas.map((schema): Change => ({
      objectType: 'CONNECTOR_SCHEMA',
      objectId: schema.id,
      kind: 'deleted',
      before: stateOf(schema),
      after: null,
    })),
  );
}
