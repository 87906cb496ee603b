import { notFound } from '../../errors.ts';
import type { Database, Transaction } from '../../storage/database.ts';
import { findMetadataAttribute } from '../../storage/metadata/attributes.ts';
import type { ChangeContext, ChangeOptions } from '../changes/change-context.ts';
import { type Assignment, assignmentsIn, storedAssignments } from '../metadata/assignments.ts';
import { foundAttribute } from '../metadata/attributes.ts';
import { changedAssignments } from '../metadata/metadata-change.ts';
import { valueOf } from '../metadata/values.ts';
import { type Entitlement, lockedEntitlement, storeGovernance } from './entitlements.ts';

/** The value of a metadata attribute of an entitlement. */
export interface EntitlementValue {
  /** The id of the entitlement. */
  readonly id: string;
  /** The key of the attribute. */
  readonly key: string;
  readonly value: string;
}

/**
 * Adds a value of a metadata attribute to an entitlement (contract A.1, 10). Changes nothing if it has the value.
 * @throws 404 for an unknown entitlement, attribute or value, 412, and 400 as `checkAssignments`
 */
export async function addMetadataValue(
  database: Database,
  value: EntitlementValue,
  options: ChangeOptions,
): Promise<Entitlement> {
  return changeValue(database, value, 'ADD', options);
}

/**
 * Removes a value of a metadata attribute from an entitlement (contract A.1, 11).
 * @throws 404 for an unknown entitlement, attribute or value, and for a value that the entitlement does not have; 412
 */
export async function removeMetadataValue(
  database: Database,
  value: EntitlementValue,
  options: ChangeOptions,
): Promise<Entitlement> {
  return changeValue(database, value, 'REMOVE', options);
}

async function changeValue(
  database: Database,
  { id, key, value }: EntitlementValue,
  operation: 'ADD' | 'REMOVE',
  { ifMatch, context }: ChangeOptions,
): Promise<Entitlement> {
  return database.write(async (transaction) => {
    const before = await lockedEntitlement(transaction, id, ifMatch);
    valueOf(foundAttribute(await findMetadataAttribute(transaction, key), key), value);
    const had = assignmentsIn(before.accessModelMetadata);
    const isSet = had.some((assignment) => assignment.key === key && assignment.values.includes(value));
    if (operation === 'REMOVE' && !isSet) {
      throw notFound(`value of metadata attribute "${key}" of entitlement ${id}`, value);
    }
    const assignments = [{ key, values: [value] }];
    const after = changedAssignments(had, { operation, replaceScope: 'ATTRIBUTE', assignments });
    return storeMetadata(transaction, before, after, context);
  });
}

/** Stores and records the metadata of a locked entitlement. Throws 400 as `checkAssignments`. */
async function storeMetadata(
  transaction: Transaction,
  before: Entitlement,
  assignments: readonly Assignment[],
  context: ChangeContext,
): Promise<Entitlement> {
  const after = storedAssignments(assignments);
  const isSame = after === storedAssignments(assignmentsIn(before.accessModelMetadata));
  return isSame ? before : storeGovernance(transaction, before, { ...before, accessModelMetadata: after }, context);
}
