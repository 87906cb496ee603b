import { applyPatch } from './json-patch.ts';
import { illegalValue } from '../errors.ts';
import { parsePointer } from './json-pointer.ts';
import { shownValue } from './shown-value.ts';

/** The patchable parts of an object. */
export interface Patchable {
  /** Pointers such as `/name`; everything below is patchable, too. */
  readonly paths: readonly string[];
  /** Pointers to arrays that may be null, for which `add …/-` creates an array. */
  readonly nullableArrays?: readonly string[];
}

/**
 * Applies a JSON Patch to the wire format of an object. Operations may read the whole document, but write only to the
 * patchable paths. The result is not validated.
 * @param document the wire format, or its patchable part
 * @throws 400 for any other path, naming the operation and the patchable paths, and as `applyPatch`
 */
export function patchedDocument(
  { paths, nullableArrays }: Patchable,
  document: object,
  operations: readonly unknown[],
): Record<string, unknown> {
  refuseOtherPaths({ paths }, document, operations);
  return applyPatch(document as Record<string, unknown>, operations, nullableArrays);
}

/** Throws a 400 for the first operation that writes to another path than the patchable ones, or reads an unknown one. */
export function refuseOtherPaths({ paths }: Patchable, document: object, operations: readonly unknown[]): void {
  const fields = paths.map((path) => path.split('/')[1] ?? '');
  operations.forEach((operation, index) => {
    const { op, path, from } = Object(operation) as { op?: unknown; path?: unknown; from?: unknown };
    const pointers = op === 'move' || op === 'copy' ? [path, from] : [path];
    for (const [place, pointer] of pointers.entries()) {
      const isRead = op === 'test' || (op === 'copy' && place === 1);
      // An invalid pointer is rejected when it is applied.
      const tokens = typeof pointer === 'string' ? parsePointer(pointer) : undefined;
      const [field = ''] = tokens ?? fields;
      if (!fields.includes(field) && !(isRead && Object.hasOwn(document, field))) {
        throw illegalValue(
          `Patch operation [${index}] (op ${shownValue(op)}, path ${shownValue(path)}): ${shownValue(pointer)} cannot be patched. Patchable are ${paths.join(', ')}.`,
        );
      }
    }
  });
}
