import type { Condition, ListQuery, Value } from '../../list-query.ts';
import type { Database } from '../../storage/database.ts';
import { compareBinary, fold } from '../../storage/query/fold.ts';
import type { AccessItem, AccessType } from './access-items.ts';
import { currentAccess } from './identity-snapshots.ts';

/** Which access items are listed. */
export interface AccessSelection {
  readonly type: AccessType;
  /** A part of the texts of an item, ignoring case. */
  readonly part: string | undefined;
  readonly list: ListQuery;
}

/**
 * Lists what an identity has access to; a deleted one, what it had when it was deleted. The items of an identity are few
 * enough to be filtered and sorted here. Throws 404.
 */
export async function listAccessItems(
  database: Database,
  id: string,
  { type, part, list }: AccessSelection,
): Promise<{ items: AccessItem[]; total: number | undefined }> {
  const found = (await currentAccess(database, id))
    .filter((item) => item.accessType === type && contains(item, part) && matches(item, list.condition))
    .toSorted((a, b) => compare(a, b, list));
  return {
    items: found.slice(list.offset, list.offset + list.limit),
    total: list.count ? found.length : undefined,
  };
}

function contains(item: AccessItem, part: string | undefined): boolean {
  const texts =
    item.accessType === 'account'
      ? [item.displayName, item.nativeIdentity]
      : [item.displayName, item.value, item.description ?? ''];
  return part === undefined || texts.some((text) => fold(text).includes(fold(part)));
}

function matches(item: AccessItem, condition: Condition | undefined): boolean {
  switch (condition?.kind) {
    case 'and':
      return condition.conditions.every((part) => matches(item, part));
    case 'or':
      return condition.conditions.some((part) => matches(item, part));
    case 'not':
      return !matches(item, condition.condition);
    case 'test': {
      const [value] = condition.values;
      // A source is named or given by its id.
      return (
        isSame(valueOf(item, condition.field), value) || (condition.field === 'source' && isSame(item.sourceId, value))
      );
    }
    default:
      return true;
  }
}

function isSame(own: Value | null, wanted: Value | undefined): boolean {
  return typeof own === 'string' && typeof wanted === 'string' ? fold(own) === fold(wanted) : own === wanted;
}

/** Compares by the sorters; nulls come first, and the id closes every order. */
function compare(a: AccessItem, b: AccessItem, { sorts }: ListQuery): number {
  for (const { field, descending } of sorts) {
    const order = compareValues(valueOf(a, field), valueOf(b, field));
    if (order !== 0) {
      return descending ? -order : order;
    }
  }
  return compareBinary(a.id ?? '', b.id ?? '');
}

function compareValues(a: Value | null, b: Value | null): number {
  if (a === null || b === null) {
    return Number(b === null) - Number(a === null) === 0 ? 0 : a === null ? -1 : 1;
  }
  return typeof a === 'string' && typeof b === 'string' ? compareBinary(fold(a), fold(b)) : Number(a) - Number(b);
}

/** Returns the value of a filter or sort field of the contract; null if the item has no such field. */
function valueOf(item: AccessItem, field: string): Value | null {
  const common: Readonly<Record<string, Value | null>> = { name: item.displayName, source: item.sourceName ?? null };
  const own: Readonly<Record<string, Value | null>> =
    item.accessType === 'account'
      ? { nativeIdentity: item.nativeIdentity, entitlementCount: item.entitlementCount }
      : {
          value: item.value,
          attribute: item.attribute,
          privileged: item.privileged,
          // Nothing here gives entitlements but accounts, and nothing governs them from outside.
          standalone: true,
          cloudGoverned: false,
        };
  return common[field] ?? own[field] ?? null;
}
