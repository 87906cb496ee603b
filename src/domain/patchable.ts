import { applyPatch } from './json-patch.ts';
import { illegalValue } from '../errors.ts';
import { parsePointer } from './json-pointer.ts';
import { shownValue } from './shown-value.ts';

/** What of an object can be patched. */
export interface Patchable {
  /** Pointers such as `/name`; everything below the first step of each can be patched too. */
  readonly paths: readonly string[];
  /** Pointers to arrays that may be null, for which `add …/-` begins a new array. */
  readonly nullableArrays?: readonly string[];
}

/**
 * Applies a JSON Patch to an object as its clients see it. Operations may read whatever the document has, and write
 * to what can be patched. The result has the shape that the patch gave it: validate it.
 * @param document its form on the wire, or the part of it that can be patched
 * @throws 400 for another path, naming the operation and the paths that can be patched, and as `applyPatch`
 */
export function patchedDocument(
  { paths, nullableArrays }: Patchable,
  document: object,
  operations: readonly unknown[],
): Record<string, unknown> {
  const fields = paths.map((path) => path.split('/')[1] ?? '');
  operations.forEach((operation, index) => {
    const { op, path, from } = Object(operation) as { op?: unknown; path?: unknown; from?: unknown };
    const pointers = op === 'move' || op === 'copy' ? [path, from] : [path];
    for (const [place, pointer] of pointers.entries()) {
      const isRead = op === 'test' || (op === 'copy' && place === 1);
      // What is no pointer at all is refused where it is applied.
      const tokens = typeof pointer === 'string' ? parsePointer(pointer) : undefined;
      const [field = ''] = tokens ?? fields;
      if (!fields.includes(field) && !(isRead && Object.hasOwn(document, field))) {
        throw illegalValue(
          `Patch operation [${index}] (op ${shownValue(op)}, path ${shownValue(path)}): ${shownValue(pointer)} cannot be patched here. What can be is ${paths.join(', ')}.`,
        );
      }
    }
  });
  return applyPatch(document as Record<string, unknown>, operations, nullableArrays);
}
