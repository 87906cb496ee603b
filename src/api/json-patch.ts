import { type Static, type TObject, Type } from 'typebox';
import { patchedDocument } from '../domain/patchable.ts';
import type { RequestBody } from './operation.ts';
import { oneOf } from './schemas.ts';
import { validateBody } from './validation.ts';

/** One operation of a JSON Patch. `from` is for move and copy; a missing `value` is null (contract C.2). */
export const jsonPatchOperation = Type.Object(
  {
    op: oneOf(['add', 'remove', 'replace', 'move', 'copy', 'test']),
    path: Type.String(),
    from: Type.Optional(Type.String()),
    value: Type.Optional(Type.Unknown()),
  },
  { title: 'JsonPatchOperation' },
);

/** The body of every operation that takes a JSON Patch (RFC 6902). */
export const jsonPatchBody = {
  mediaType: 'application/json-patch+json',
  schema: Type.Array(jsonPatchOperation),
} as const satisfies RequestBody;

/** The patchable fields of a resource, as a schema for the result. */
export interface PatchableFields<T extends TObject = TObject> {
  readonly schema: T;
  /** Fields that are arrays or null, for which `add …/-` creates an array. */
  readonly nullableArrays?: readonly (keyof T['properties'] & string)[];
}

/**
 * Applies a JSON Patch to the wire format of a resource and returns the patchable fields, validated against their
 * schema.
 * @throws 400 naming the operation or the field
 */
export function patchedFields<T extends TObject>(
  { schema, nullableArrays = [] }: PatchableFields<T>,
  document: object,
  operations: readonly unknown[],
): Static<T> {
  const names = Object.keys(schema.properties);
  const patchable = { paths: names.map(pathOf), nullableArrays: nullableArrays.map(pathOf) };
  const patched = patchedDocument(patchable, document, operations);
  const fields = Object.fromEntries(
    names.flatMap((name) => (Object.hasOwn(patched, name) ? [[name, patched[name]]] : [])),
  );
  validateBody(schema, fields);
  return fields as Static<T>;
}

function pathOf(field: string): string {
  return `/${field}`;
}
