import { Type } from 'typebox';
import type { RequestBody } from './operation.ts';
import { oneOf } from './schemas.ts';

/** One operation of a JSON Patch. `from` belongs to move and copy; a missing `value` is null (contract C.2). */
export const jsonPatchOperation = Type.Object(
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
