import { families } from '../../../src/api/families.ts';
import { factsFor } from '../../../src/api/operation.ts';
import { operations } from '../../../src/api/operations.ts';

/** How an operation in its family answers when it succeeds. */
export interface Success {
  readonly status: number;
  /** Undefined: without a body. */
  readonly mediaType: string | undefined;
}

interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  /** Of two routes that a path follows the one whose text is less wins: a word counts more than a parameter. */
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
        rank: parts.map((part) => (part.startsWith('{') ? '1' : '0')).join(''),
        success: {
          status: success.status,
          mediaType: success.schema === undefined ? undefined : (success.mediaType ?? 'application/json'),
        },
      };
    }),
);

/**
 * The success of the operation that a request names; undefined when it names none.
 * @param target of the request line
 */
export function successOf(method: string, target: string): Success | undefined {
  const path = target.replace(/[?#].*$/s, '');
  const asked = method === 'HEAD' ? 'GET' : method;
  return routes
    .filter((route) => route.method === asked && route.pattern.test(path))
    .toSorted((a, b) => (a.rank < b.rank ? -1 : 1))[0]?.success;
}
