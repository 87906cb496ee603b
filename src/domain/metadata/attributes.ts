import { alreadyExists, notFound } from '../../errors.ts';
import type { Condition, ListQuery } from '../../list-query.ts';
import { difference, recordChanges } from '../../storage/changes/changes.ts';
import type { Database, Transaction } from '../../storage/database.ts';
import * as storage from '../../storage/metadata/attributes.ts';
import type { MetadataAttribute } from '../../storage/metadata/attributes.ts';
import type { ChangeContext, ChangeOptions } from '../changes/change-context.ts';
import { checkVersion } from '../version.ts';
import { type AttributeInput, changedFields, type ChangeableInput, newAttribute } from './attribute-fields.ts';

export type { MetadataAttribute } from '../../storage/metadata/attributes.ts';

/** Returns the attribute with this key. Throws 404. */
export async function getMetadataAttribute(database: Database, key: string): Promise<MetadataAttribute> {
  return foundAttribute(await storage.findMetadataAttribute(database.keyed, key), key);
}

/** Returns one page of attributes, sorted by key by default. */
export async function listMetadataAttributes(
  database: Database,
  list: ListQuery,
): Promise<{ attributes: MetadataAttribute[]; total: number | undefined }> {
  const condition = list.condition === undefined ? undefined : withMembers(list.condition);
  return storage.listMetadataAttributes(database, { ...list, condition });
}

/** Object types are a set: a test for a type is one for a member. */
function withMembers(condition: Condition): Condition {
  switch (condition.kind) {
    case 'test':
      return condition.field === 'objectTypes' ? { ...condition, operator: 'ca' } : condition;
    case 'not':
      return { kind: 'not', condition: withMembers(condition.condition) };
    default:
      return { kind: condition.kind, conditions: condition.conditions.map(withMembers) };
  }
}

/**
 * Creates a custom attribute.
 * @throws 400 for a violated rule, and if an attribute has the same key or name, ignoring case
 */
export async function createMetadataAttribute(
  database: Database,
  input: AttributeInput,
  context: ChangeContext,
): Promise<MetadataAttribute> {
  const fields = newAttribute(input);
  return database.write(async (transaction) => {
    await storage.lockMetadataNames(transaction);
    await refuseTaken(transaction, 'key', fields.key);
    await refuseTaken(transaction, 'name', fields.name);
    return storeNewAttribute(transaction, fields, context);
  });
}

/** Inserts and records an attribute whose key and name are free. */
export async function storeNewAttribute(
  transaction: Transaction,
  fields: Omit<MetadataAttribute, 'created' | 'modified' | 'version'>,
  context: ChangeContext,
): Promise<MetadataAttribute> {
  const now = Date.now();
  const attribute = { ...fields, created: now, modified: now, version: 1 };
  await storage.insertMetadataAttribute(transaction, attribute);
  await recordChanges(transaction, context, now, [
    {
      objectType: 'METADATA_ATTRIBUTE',
      objectId: storage.metadataAttributeId(attribute.key),
      kind: 'created',
      before: null,
      after: storage.metadataAttributeState(attribute),
    },
  ]);
  return attribute;
}

/**
 * Changes an attribute. Writes nothing if nothing has changed.
 * @param edit returns the changeable fields for the current attribute; may run more than once
 * @throws 404, 412, what `edit` throws, and 400 for a violated rule or the name of another attribute
 */
export async function changeMetadataAttribute(
  database: Database,
  key: string,
  edit: (attribute: MetadataAttribute) => ChangeableInput,
  { ifMatch, context }: ChangeOptions,
): Promise<MetadataAttribute> {
  return database.write(async (transaction) => {
    const before = foundAttribute(await storage.lockMetadataAttribute(transaction, key), key);
    checkVersion(ifMatch, before.version);
    const fields = changedFields(edit(before), before.values);
    const changed = difference<Partial<MetadataAttribute>>(before, fields);
    if (changed === undefined) {
      return before;
    }
    if (changed.after.name !== undefined) {
      await storage.lockMetadataNames(transaction);
      await refuseTaken(transaction, 'name', fields.name, key);
    }
    const now = Date.now();
    const after = { ...before, ...fields, modified: now, version: before.version + 1 };
    await storage.updateMetadataAttribute(transaction, after);
    await recordChanges(transaction, context, now, [
      {
        objectType: 'METADATA_ATTRIBUTE',
        objectId: storage.metadataAttributeId(key),
        kind: 'updated',
        ...changed,
      },
    ]);
    return after;
  });
}

async function refuseTaken(
  transaction: Transaction,
  field: 'key' | 'name',
  text: string,
  except?: string,
): Promise<void> {
  const taken = await storage.findMetadataConflict(transaction, field, text);
  if (taken !== undefined && taken !== except) {
    throw alreadyExists('A metadata attribute', field, text);
  }
}

/** Returns the attribute, or throws a 404. */
export function foundAttribute(attribute: MetadataAttribute | undefined, key: string): MetadataAttribute {
  if (attribute === undefined) {
    throw notFound('metadata attribute', key);
  }
  return attribute;
}
