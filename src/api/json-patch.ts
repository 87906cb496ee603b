import { isDeepStrictEqual } from 'node:util';
import { type Static, type TObject, Type } from 'typebox';
import { applyPatch } from '../domain/json-patch.ts';
import { shortened } from '../error-text.ts';
import { illegalValue } from '../errors.ts';
import type { RequestBody } from './operation.ts';
import { oneOf } from './schemas.ts';
import { validateBody } from './validation.ts';

/** One operation of a JSON Patch. `from` belongs to move and copy; a missing `value` is null (contract C.2). */
const jsonPatchOperation = Type.Object(
  {
    op: oneOf(['add', 'remove', 'replace', 'move', 'copy', 'test']),
    path: Type.String(),
    from: Type.Optional(Type.String()),
    value: Type.Optional(Type.Unknown()),
  },
  { title: 'JsonPatchOperation' },
);

/** The body of every operation that takes a JSON Patch (RFC 6902). `applyPatch` of the domain applies it. */
export const jsonPatchBody = {
  mediaType: 'application/json-patch+json',
  schema: Type.Array(jsonPatchOperation),
} as const satisfies RequestBody;

/**
 * Applies a JSON Patch to a resource as its clients see it and returns the fields that may be changed, valid against
 * their schema. Other fields may be tested and copied, but must stay as they are.
 * @throws 400 naming the operation or the field
 */
export function patchFields<T extends TObject>(
  fields: T,
  document: Readonly<Record<string, unknown>>,
  operations: readonly unknown[],
  nullableArrays: readonly string[] = [],
): Static<T> {
  const patched: unknown = applyPatch<unknown>(document, operations, nullableArrays);
  if (typeof patched !== 'object' || patched === null || Array.isArray(patched)) {
    throw illegalValue('The patch replaces the whole resource by something that is no object.');
  }
  const names = Object.keys(fields.properties);
  const after = patched as Record<string, unknown>;
  for (const name of new Set([...Object.keys(document), ...Object.keys(after)])) {
    if (!names.includes(name) && !isDeepStrictEqual(document[name], after[name])) {
      throw illegalValue(`Field "${shortened(name)}" cannot be changed. Only ${names.join(', ')} can.`);
    }
  }
  const edited = Object.fromEntries(Object.entries(after).filter(([name]) => names.includes(name)));
  validateBody(fields, edited);
  return edited as Static<T>;
}
