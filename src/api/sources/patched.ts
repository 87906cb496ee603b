import type { Static, TSchema } from 'typebox';
import { applyPatch } from '../../domain/json-patch.ts';
import { validateBody } from '../validation.ts';

/**
 * Applies a JSON Patch to a document and holds the result against what clients may send as a whole.
 * @param nullableArrays pointers to arrays that are null when there is nothing in them
 * @throws 400 when the patch cannot be applied or its result has another shape
 */
export function patched<S extends TSchema>(
  schema: S,
  document: object,
  operations: readonly unknown[],
  nullableArrays: readonly string[] = [],
): Static<S> {
  const result: unknown = applyPatch<unknown>(document, operations, nullableArrays);
  validateBody(schema, result);
  return result as Static<S>;
}
