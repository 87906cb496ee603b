import { families } from '../../../src/api/families.ts';
import { factsFor } from '../../../src/api/operation.ts';
import { operations } from '../../../src/api/operations.ts';

/** The success response of an operation in a family. */
export interface Success {
  readonly statuses: readonly number[];
  /** Undefined: no body. */
  readonly mediaType: string | undefined;
}

interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  /** If two routes match, the one with the smaller text wins: literal segments over parameters, then HEAD over GET. */
  readonly rank: string;
  readonly success: Success;
}

const routes: readonly Route[] = families.flatMap((family) =>
  operations
    .filter((operation) => operation.families.includes(family.name))
    .map((operation) => {
      const { success } = factsFor(operation, family.name);
      const parts = family.urlPath(operation.path).split('/');
      return {
        method: operation.method,
        pattern: new RegExp(
          `^${parts.map((part) => (part.startsWith('{') ? '[^/]*' : part.replaceAll('.', String.raw`\.`))).join('/')}/?$`,
        ),
        rank:
          parts.map((part) => (part.startsWith('{') ? '1' : '0')).join('') + (operation.method === 'HEAD' ? '0' : '1'),
        success: {
          statuses: [success.status, ...(success.otherStatus === undefined ? [] : [success.otherStatus])],
          mediaType: success.schema === undefined ? undefined : (success.mediaType ?? 'application/json'),
        },
      };
    }),
);

/**
 * Returns the success response of the operation that a request selects; undefined if there is none.
 * @param target the target of the request line
 */
export function successOf(method: string, target: string): Success | undefined {
  const path = target.replace(/[?#].*$/s, '');
  const asked = method === 'HEAD' ? ['HEAD', 'GET'] : [method];
  return routes
    .filter((route) => asked.includes(route.method) && route.pattern.test(path))
    .toSorted((a, b) => (a.rank < b.rank ? -1 : 1))[0]?.success;
}
