import type { Database } from '../../storage/database.ts';
import {
  findAdditionallyOwnedEntitlements,
  findOwnedEntitlements,
  findOwnedSources,
  type OwnedObject,
  type OwnedObjects,
} from '../../storage/identities/owned-objects.ts';
import { identityFields, type RecordTable } from '../../storage/resources/record-table.ts';
import { recordTables } from '../../storage/resources/record-tables.ts';
import { countRecords, listRecords } from '../../storage/resources/records.ts';
import { getIdentity } from './identities.ts';

/** The maximum number of objects of one association that are returned. */
const mostObjects = 250;

/** The objects that an identity is associated with in one way, such as `SOURCE_OWNER`. */
export interface Association extends OwnedObjects {
  readonly associationType: string;
  /** The type of the objects. */
  readonly objectType: string;
}

/**
 * Returns what an identity owns: up to 250 objects for each kind of association, with their number. Kinds without an
 * object are omitted. Deleting the identity would leave these objects without the owner. Throws 404.
 */
export async function ownershipOf(database: Database, identityId: string): Promise<Association[]> {
  await getIdentity(database, identityId);
  const { scan } = database;
  const [sources, entitlements, additional] = await Promise.all([
    findOwnedSources(scan, identityId, mostObjects),
    findOwnedEntitlements(scan, identityId, mostObjects),
    findAdditionallyOwnedEntitlements(scan, identityId, mostObjects),
  ]);
  const records = await Promise.all(
    recordTables.flatMap((table) =>
      identityFields(table).map((field) => recordsOf(database, table, field, identityId)),
    ),
  );
  return [
    { associationType: 'SOURCE_OWNER', objectType: 'SOURCE', ...sources },
    { associationType: 'ENTITLEMENT_OWNER', objectType: 'ENTITLEMENT', ...entitlements },
    { associationType: 'ENTITLEMENT_ADDITIONAL_OWNER', objectType: 'ENTITLEMENT', ...additional },
    ...records,
  ].filter(({ total }) => total > 0);
}

/** Returns the governance objects of a table that refer to an identity in this field, usually `owner`. */
async function recordsOf(
  database: Database,
  table: RecordTable,
  field: string,
  identityId: string,
): Promise<Association> {
  const list = {
    condition: { kind: 'test', field: `${field}.id`, operator: 'eq', values: [identityId] },
    sorts: [],
    offset: 0,
    limit: mostObjects,
    after: undefined,
    count: true,
  } as const;
  const [found, total] = await Promise.all([listRecords(database, table, list), countRecords(database, table, list)]);
  const { objectType } = table;
  const name = field.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
  return { associationType: `${objectType}_${name}`, objectType, objects: found.map(asOwned), total };
}

function asOwned(record: { readonly id: string; readonly name?: unknown }): OwnedObject {
  return { id: record.id, name: typeof record.name === 'string' ? record.name : record.id };
}
