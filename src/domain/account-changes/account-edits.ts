import { illegalValue } from '../../errors.ts';
import type { AccountTable, Flag } from '../../storage/tables.ts';
import type { SourceAccount } from '../aggregation/normalise-account.ts';
import { patchedDocument } from '../patchable.ts';
import { shownValue } from '../shown-value.ts';
import { accountFrom, type AccountRules, type ReceivedAttributes } from './account-attributes.ts';
import { stateColumns } from './account-state.ts';

/** A change of the attributes or the identity of an existing account that a client requests. */
export type AccountEdit =
  /** Replaces all attributes. */
  | { readonly kind: 'replace'; readonly attributes: ReceivedAttributes }
  /** Replaces these attributes and keeps the others. */
  | { readonly kind: 'merge'; readonly attributes: ReceivedAttributes }
  /** The operations of a JSON Patch, unchecked. */
  | { readonly kind: 'patch'; readonly operations: readonly unknown[] };

/** The part of an account that can be changed, in stored form. */
export interface EditedAccount {
  readonly id: string;
  readonly nativeIdentity: string;
  /** A JSON object. */
  readonly attributes: string;
  readonly disabled: Flag;
  readonly locked: Flag;
  readonly identityId: string | null;
  readonly isManuallyCorrelated: Flag;
}

/** An account after a change. */
export interface AccountAfter {
  /** Undefined if its attributes are not changed. */
  readonly object: SourceAccount | undefined;
  readonly identityId: string | null;
  readonly isManuallyCorrelated: boolean;
}

/** Permissions that come from a file; they are not attributes of the schema. */
const permissions = 'directPermissions';

/** Returns the editable part of a stored account. */
export function editedAccount(row: AccountTable): EditedAccount {
  return {
    id: row.id,
    nativeIdentity: row.native_identity,
    attributes: row.attributes,
    disabled: row.disabled,
    locked: row.locked,
    identityId: row.identity_id,
    isManuallyCorrelated: row.is_manually_correlated,
  };
}

/**
 * Returns an account after a change, whose identity is not looked up.
 * @throws 400 as `accountFrom` and `patchedDocument`, for another key, and for a patched field of the wrong type
 */
export function accountAfter(account: EditedAccount, edit: AccountEdit, rules: AccountRules): AccountAfter {
  const same = { identityId: account.identityId, isManuallyCorrelated: account.isManuallyCorrelated === 1 };
  const { own, kept } = attributesOf(account, rules);
  switch (edit.kind) {
    case 'replace':
      return {
        ...same,
        object: withAttributes(account, { ...keyOf(account, rules), ...edit.attributes }, kept, rules),
      };
    case 'merge':
      return { ...same, object: withAttributes(account, { ...own, ...edit.attributes }, kept, rules) };
    case 'patch':
      return patched(account, own, kept, edit.operations, rules);
  }
}

/** Returns the attributes of the schema, and those that files add. */
function attributesOf(
  { attributes }: EditedAccount,
  { schema }: AccountRules,
): { own: Record<string, unknown>; kept: Record<string, unknown> } {
  const stored = Object.entries(JSON.parse(attributes) as Record<string, unknown>);
  const names = new Set(schema.attributes.map(({ name }) => name));
  return {
    own: Object.fromEntries(stored.filter(([name]) => names.has(name))),
    kept: Object.fromEntries(stored.filter(([name]) => !names.has(name) && name === permissions)),
  };
}

function keyOf({ nativeIdentity }: EditedAccount, { schema }: AccountRules): Record<string, unknown> {
  return schema.identityAttribute === null ? {} : { [schema.identityAttribute]: nativeIdentity };
}

function withAttributes(
  account: EditedAccount,
  attributes: ReceivedAttributes,
  kept: ReceivedAttributes,
  rules: AccountRules,
): SourceAccount {
  const object = accountFrom(attributes, rules);
  if (object.nativeIdentity !== account.nativeIdentity) {
    const { identityAttribute } = rules.schema;
    throw illegalValue(
      `Field ${shownValue(`attributes.${identityAttribute}`)} is ${shownValue(object.nativeIdentity)}. It is the key of the account, ${shownValue(account.nativeIdentity)}, and cannot be changed.`,
    );
  }
  const has = (columns: readonly string[]): boolean =>
    Object.keys(attributes).some((name) => columns.includes(name.toLowerCase()));
  return {
    ...object,
    attributes: { ...object.attributes, ...kept },
    disabled: has(stateColumns.disabled) ? object.disabled : account.disabled === 1,
    locked: has(stateColumns.locked) ? object.locked : account.locked === 1,
  };
}

/** The patchable fields (contract B.2). */
const patchable = { paths: ['/identityId', '/manuallyCorrelated', '/attributes'] };

function patched(
  account: EditedAccount,
  own: ReceivedAttributes,
  kept: ReceivedAttributes,
  operations: readonly unknown[],
  rules: AccountRules,
): AccountAfter {
  const before = {
    identityId: account.identityId,
    manuallyCorrelated: account.isManuallyCorrelated === 1,
    attributes: own,
  };
  const { identityId = null, manuallyCorrelated, attributes } = patchedDocument(patchable, before, operations);
  if (identityId !== null && typeof identityId !== 'string') {
    throw illegalValue(`Field "identityId" is ${shownValue(identityId)}. It must be the id of an identity, or null.`);
  }
  if (!isObject(attributes)) {
    throw illegalValue(`Field "attributes" is ${shownValue(attributes)}. It must be an object.`);
  }
  const writes = (field: string): boolean =>
    operations.some((operation) => {
      const { op, path, from } = operation as { op: string; path: string; from?: string };
      return op !== 'test' && [path, op === 'move' ? from : undefined].some((one) => isBelow(one, field));
    });
  return {
    object: writes('/attributes') ? withAttributes(account, attributes, kept, rules) : undefined,
    identityId,
    isManuallyCorrelated: manualAfter(before, identityId, writes('/manuallyCorrelated'), manuallyCorrelated),
  };
}

/** A new identity counts as set manually, unless the patch says otherwise. */
function manualAfter(
  before: { readonly identityId: string | null; readonly manuallyCorrelated: boolean },
  identityId: string | null,
  isSet: boolean,
  value: unknown,
): boolean {
  if (!isSet) {
    return before.manuallyCorrelated || identityId !== before.identityId;
  }
  if (typeof value !== 'boolean') {
    throw illegalValue(`Field "manuallyCorrelated" is ${shownValue(value)}. It must be true or false.`);
  }
  return value;
}

function isBelow(pointer: string | undefined, field: string): boolean {
  return pointer === field || pointer?.startsWith(`${field}/`) === true;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
