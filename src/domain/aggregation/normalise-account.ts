import type { StagedGroup } from '../../storage/stage/stage.ts';
import { type BadObject, badObject } from './bad-object.ts';
import type { SourceObject } from './objects.ts';
import { attributeReader, type AttributesSchema, descriptionColumnOf, storedFingerprint } from './read-attributes.ts';
import { isTooLong, longestText } from '../text-limit.ts';

/** The part of an account schema that determines how rows become an account (contract B.1, Schema). */
export interface AccountSchema extends AttributesSchema {
  readonly name: string;
  readonly identityAttribute: string | null;
  readonly displayAttribute: string | null;
}

/** An attribute of the account schema whose values are entitlements of one type. */
export interface EntitlementLink {
  readonly attribute: string;
  /** The name of the group schema. */
  readonly type: string;
}

/** An entitlement by its key within the source. */
export interface EntitlementKey {
  readonly type: string;
  readonly value: string;
}

/** An account as read from a source. */
export interface SourceAccount extends SourceObject {
  readonly nativeIdentity: string;
  /** The value of the display attribute, or else the native identity. */
  readonly name: string;
  readonly uuid: string | null;
  readonly description: string | null;
  readonly disabled: boolean;
  readonly locked: boolean;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** The distinct entitlements that it holds. */
  readonly entitlements: readonly EntitlementKey[];
}

/**
 * Returns the function that turns the rows of one object into an account. Columns named
 * `uuid`, `description`, `disabled` (or `IIQDisabled`) and `locked` (or `IIQLocked`), in any case, set these fields.
 */
export function accountNormaliser(
  schema: AccountSchema,
  links: readonly EntitlementLink[],
  columns: readonly string[],
): (group: StagedGroup) => SourceAccount | BadObject {
  const read = attributeReader(schema, columns);
  const folded = columns.map((column) => column.toLowerCase());
  const display = columns.indexOf(schema.displayAttribute ?? '');
  const uuid = folded.indexOf('uuid');
  const description = columns.indexOf(descriptionColumnOf(columns) ?? '');
  const disabled = folded.findIndex((column) => column === 'disabled' || column === 'iiqdisabled');
  const locked = folded.findIndex((column) => column === 'locked' || column === 'iiqlocked');
  const linked = links
    .map(({ attribute, type }) => ({ index: columns.indexOf(attribute), type }))
    .filter(({ index }) => index >= 0);
  const types = new Set(linked.map(({ type }) => type));

  return (group) => {
    const found = read(group);
    if ('problem' in found) {
      return found;
    }
    const { values, texts, permissions } = found;
    const attributes =
      permissions === null ? found.attributes : { ...found.attributes, directPermissions: permissions };
    const held = linked.flatMap(({ index, type }) => (values[index] ?? []).map((value) => ({ type, value })));
    const entitlements = types.size === linked.length ? held : distinct(held);
    const name = texts[display] ?? group.key;
    const tooLong = [group.key, name, texts[uuid] ?? '', ...entitlements.map(({ value }) => value)].find(isTooLong);
    if (tooLong !== undefined) {
      return badObject(group, `"${tooLong.slice(0, 60)}…" is longer than ${longestText} bytes`);
    }
    return {
      nativeIdentity: group.key,
      name,
      uuid: texts[uuid] ?? null,
      description: texts[description] ?? null,
      disabled: isTrue(texts[disabled]),
      locked: isTrue(texts[locked]),
      attributes,
      entitlements,
      fingerprint: storedFingerprint(group, found.warnings),
      weight: 1 + entitlements.length,
      warnings: found.warnings,
    };
  };
}

function isTrue(text: string | undefined): boolean {
  return text?.toLowerCase() === 'true';
}

/** Two attributes may refer to entitlements of the same type; duplicates are removed. */
function distinct(keys: readonly EntitlementKey[]): EntitlementKey[] {
  return [...new Map(keys.map((key) => [`${key.type}\0${key.value}`, key])).values()];
}
