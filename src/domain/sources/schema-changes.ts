/** Checks and writes changes of the schemas of a source. */
import { isDeepStrictEqual } from 'node:util';
import { badRequestContent } from '../../errors.ts';
import { countEntitlementsOf } from '../../storage/entitlements/entitlement-aggregation.ts';
import type { Transaction } from '../../storage/database.ts';
import * as stored from '../../storage/sources/source-schemas.ts';
import type { SourceSchema } from '../../storage/sources/source-schemas.ts';
import { touchSource } from '../../storage/sources/sources.ts';
import { findOpenTask } from '../../storage/tasks/tasks.ts';
import type { ChangeContext } from '../changes/change-context.ts';
import { isChanged, recordSchemasCreated, recordSchemasDeleted, recordSchemaUpdated } from './schema-record.ts';
import { checkSchema, withAccountAttributes } from './schema-rules.ts';
import { shownValue } from '../shown-value.ts';

/** Writes and records changed schemas. A change of only the account attribute does not change the version. */
export async function saveSchemas(
  transaction: Transaction,
  sourceId: string,
  before: readonly SourceSchema[],
  wanted: readonly SourceSchema[],
  context: ChangeContext,
  now: number,
): Promise<readonly SourceSchema[]> {
  const former = new Map(before.map((schema) => [schema.id, schema]));
  const created = wanted.filter(({ id }) => !former.has(id));
  for (const schema of wanted) {
    if (!isDeepStrictEqual(schema, former.get(schema.id))) {
      checkSchema(schema, wanted);
    }
  }
  for (const schema of wanted) {
    await refuseOtherKey(transaction, former.get(schema.id), schema);
  }
  const after = withAccountAttributes(wanted).map((schema) => {
    const old = former.get(schema.id);
    return old !== undefined && isChanged(old, schema)
      ? { ...schema, modified: now, version: old.version + 1 }
      : schema;
  });
  const ids = new Set(after.map(({ id }) => id));
  const deleted = before.filter(({ id }) => !ids.has(id));
  for (const { id } of deleted) {
    await stored.deleteSchema(transaction, id);
  }
  if (created.length > 0) {
    await stored.insertSchemas(
      transaction,
      after.filter(({ id }) => !former.has(id)),
    );
  }
  for (const schema of after) {
    const old = former.get(schema.id);
    if (old !== undefined && !isDeepStrictEqual(old, schema)) {
      await stored.updateSchema(transaction, schema);
      await recordSchemaUpdated(transaction, old, schema, context, now);
    }
  }
  await recordSchemasCreated(transaction, created, context, now);
  await recordSchemasDeleted(transaction, deleted, context, now);
  if (created.length > 0 || deleted.length > 0) {
    await touchSource(transaction, sourceId, now);
  }
  return after;
}

/** With a different key, the next file would create every entitlement a second time. Throws a 400. */
async function refuseOtherKey(
  transaction: Transaction,
  before: SourceSchema | undefined,
  { sourceId, name, identityAttribute }: SourceSchema,
): Promise<void> {
  const key = before?.identityAttribute ?? null;
  if (key === null || key === identityAttribute) {
    return;
  }
  await refuseDuringLoad(
    transaction,
    sourceId,
    `The identityAttribute of schema ${shownValue(name)} cannot be changed`,
  );
  const count = await countEntitlementsOf(transaction, { sourceId, type: name });
  if (count > 0) {
    const entitlements = count === 1 ? '1 entitlement' : `${count} entitlements`;
    throw badRequestContent(
      `Field "identityAttribute" of schema ${shownValue(name)} cannot become ${shownValue(identityAttribute)}: the source has ${entitlements} of this type, ` +
        `and the next file would create all of them a second time. Keep the key column ${shownValue(key)}, or create a new schema.`,
    );
  }
}

/** Throws a 400 while a task of the source runs, because it has started with the current schemas. */
export async function refuseDuringLoad(transaction: Transaction, sourceId: string, what: string): Promise<void> {
  const task = await findOpenTask(transaction, sourceId);
  if (task !== undefined) {
    throw badRequestContent(`${what} while task ${task} of the source is running. Wait until it has ended.`);
  }
}
