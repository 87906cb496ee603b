import type { Family } from '../families.ts';
import operations from './operations.json' with { type: 'json' };

/** One operation of the ISC contract in one family, served or not. */
export interface ContractOperation {
  readonly family: Family;
  readonly tag: string;
  readonly operationId: string;
  readonly method: string;
  /** The whole path of the URL with `{name}` for parameters, e.g. `/v2025/entitlements/{id}`. */
  readonly url: string;
}

/**
 * Every operation that the contract has in the services this program is about, from `operations.json`: by family and
 * tag, the operationId with its method and path. These are facts of the published API; a new one is added there.
 */
export function contractOperations(): ContractOperation[] {
  const byFamily: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>> = operations;
  return Object.entries(byFamily).flatMap(([family, byTag]) =>
    Object.entries(byTag).flatMap(([tag, byId]) =>
      Object.entries(byId).map(([operationId, methodAndUrl]) => {
        const [method = '', url = ''] = methodAndUrl.split(' ');
        return { family: family as Family, tag, operationId, method, url };
      }),
    ),
  );
}
