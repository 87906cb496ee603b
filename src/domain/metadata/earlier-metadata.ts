/**
 * Entitlements of databases from before there were metadata attributes can have any keys and values. The start that
 * creates the standard attributes also creates attributes and values for all of these, so that none is lost.
 */
import { createHash } from 'node:crypto';
import { type ChangeOrigin, difference, recordChanges } from '../../storage/changes/changes.ts';
import type { Session, Transaction } from '../../storage/database.ts';
import { governanceState } from '../../storage/entitlements/entitlement-record.ts';
import { lockGoverned, updateGovernanceOfMany } from '../../storage/entitlements/governance-updates.ts';
import { type MetadataAttribute, metadataAttributeId } from '../../storage/metadata/attributes.ts';
import {
  entitlementsWithMetadata,
  setMetadataOfTombstone,
  tombstonesWithMetadata,
} from '../../storage/metadata/stored-metadata.ts';
import { fold } from '../../storage/query/fold.ts';
import { isTooLong, longestLongText } from '../text-limit.ts';
import { assignmentsIn, storedAssignments } from './assignments.ts';
import { isKey } from './attribute-key.ts';

type AttributeFields = Omit<MetadataAttribute, 'created' | 'modified' | 'version'>;

/** What entitlements say about an attribute and its values. */
interface UsedAttribute {
  readonly name: string;
  readonly description: string | null;
  /** Whether an entitlement has several of the values. */
  readonly isMultiple: boolean;
  /** The names of the values. */
  readonly values: ReadonlyMap<string, string>;
}

/** The stored form of earlier versions. */
interface EarlierMetadata {
  readonly attributes?: readonly {
    readonly key: string;
    readonly name?: string;
    readonly description?: string;
    readonly values?: readonly { readonly value: string; readonly name?: string }[];
  }[];
}

/** Attributes by their keys, as entitlements and tombstones have them. */
export type UsedMetadata = ReadonlyMap<string, UsedAttribute>;

/** Returns all attributes and values of entitlements, also of deleted ones, which can return. */
export async function usedMetadata(session: Session): Promise<UsedMetadata> {
  const used = new Map<string, UsedAttribute & { readonly values: Map<string, string> }>();
  const add = (metadata: string): void => {
    for (const { key, name = key, description = null, values = [] } of (JSON.parse(metadata) as EarlierMetadata)
      .attributes ?? []) {
      const before = used.get(key) ?? { name, description, isMultiple: false, values: new Map<string, string>() };
      for (const { value, name: shown = value } of values) {
        if (!before.values.has(value)) {
          before.values.set(value, shown);
        }
      }
      used.set(key, { ...before, isMultiple: before.isMultiple || values.length > 1 });
    }
  };
  for await (const page of entitlementsWithMetadata(session)) {
    page.forEach(({ metadata }) => add(metadata));
  }
  for await (const page of tombstonesWithMetadata(session)) {
    page.forEach(({ row }) => add(row.access_model_metadata ?? '{}'));
  }
  return used;
}

/** Returns attributes with the used values that they lack, and further custom attributes for the other used keys. */
export function withUsed(attributes: readonly AttributeFields[], used: UsedMetadata): readonly AttributeFields[] {
  const all = new Map(attributes.map((attribute) => [metadataAttributeId(attribute.key), attribute]));
  const names = new Set(attributes.map(({ name }) => fold(name)));
  for (const [given, { name, description, isMultiple, values }] of used) {
    const key = keyFor(given);
    const id = metadataAttributeId(key);
    const before = all.get(id) ?? {
      key,
      name: freeName(name, key, names),
      description: description === null || description.length > longestLongText ? null : description,
      multiselect: false,
      status: 'active' as const,
      type: 'custom' as const,
      objectTypes: ['general'],
      values: [],
    };
    names.add(fold(before.name));
    const known = new Set(before.values.map(({ value }) => value));
    const added = [...values].filter(([value]) => !known.has(value));
    all.set(id, {
      ...before,
      multiselect: before.multiselect || (before.type === 'custom' && isMultiple),
      values: [...before.values, ...added.map(([value, shown]) => ({ value, name: shown, status: 'active' as const }))],
    });
  }
  return [...all.values()];
}

/**
 * Gives entitlements and tombstones the keys of these attributes where theirs differ: keys that differ only in case are
 * one attribute, and some keys are none that an attribute can have. The changes are recorded.
 */
export async function renameKeys(
  transaction: Transaction,
  attributes: readonly AttributeFields[],
  used: UsedMetadata,
  origin: ChangeOrigin,
): Promise<void> {
  const keys = new Map(attributes.map(({ key }) => [metadataAttributeId(key), key]));
  const current = (key: string): string => keys.get(metadataAttributeId(keyFor(key))) ?? key;
  const differing = new Set([...used.keys()].filter((key) => current(key) !== key));
  if (differing.size === 0) {
    return;
  }
  const isAffected = (metadata: string | null): boolean =>
    ((JSON.parse(metadata ?? '{}') as EarlierMetadata).attributes ?? []).some(({ key }) => differing.has(key));
  const renamed = (metadata: string | null): string | null => {
    const values = Map.groupBy(assignmentsIn(metadata), ({ key }) => current(key));
    return storedAssignments(
      [...values].map(([key, parts]) => ({ key, values: [...new Set(parts.flatMap((part) => part.values))] })),
    );
  };
  const now = Date.now();
  for await (const page of entitlementsWithMetadata(transaction)) {
    const ids = page.filter(({ metadata }) => isAffected(metadata)).map(({ id }) => id);
    const changes = (await lockGoverned(transaction, ids)).map((before) => ({
      before,
      after: { ...before, accessModelMetadata: renamed(before.accessModelMetadata) },
    }));
    await updateGovernanceOfMany(transaction, changes, now);
    await recordChanges(
      transaction,
      origin,
      now,
      changes.flatMap(({ before, after }) => {
        const field = ['accessModelMetadata'] as const;
        const changed = difference(governanceState(before, field), governanceState(after, field));
        return changed === undefined
          ? []
          : [{ objectType: 'ENTITLEMENT' as const, objectId: before.id, kind: 'updated' as const, ...changed }];
      }),
    );
  }
  for await (const page of tombstonesWithMetadata(transaction)) {
    for (const tombstone of page.filter(({ row }) => isAffected(row.access_model_metadata))) {
      await setMetadataOfTombstone(transaction, tombstone, renamed(tombstone.row.access_model_metadata));
    }
  }
}

/** Returns the key itself, or one like it that an attribute can have. */
function keyFor(given: string): string {
  if (isKey(given)) {
    return given;
  }
  const digest = createHash('sha256').update(given).digest('hex').slice(0, 12);
  const readable = given.slice(0, 64).replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '-');
  return `${readable.replaceAll(/^[-\p{M}]+|-$/gu, '') || 'key'}-${digest}`;
}

/** Returns the name if no other attribute has it, or else the key or a number after it. */
function freeName(name: string, key: string, taken: ReadonlySet<string>): string {
  const isFree = (text: string): boolean => text.trim() !== '' && !isTooLong(text) && !taken.has(fold(text));
  if (isFree(name)) {
    return name;
  }
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? key : `${key} (${number})`;
    if (isFree(candidate)) {
      return candidate;
    }
  }
}
