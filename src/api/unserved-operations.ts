import findMyWay, { type HTTPMethod, type HTTPVersion, type Instance } from 'find-my-way';
import { methodNotAllowed, notServedYet } from '../errors.ts';
import { contractOperations } from './contract/contract-operations.ts';
import { families } from './families.ts';
import { factsFor } from './operation.ts';
import { operations } from './operations.ts';

/** What is known of a method of a path: the router's store. */
interface KnownOperation {
  readonly operationId: string;
  readonly family: string;
}

/** Every path of the contract and of the served operations. */
interface KnownPaths {
  readonly router: Instance<HTTPVersion.V1>;
  readonly methods: readonly HTTPMethod[];
}

let known: KnownPaths | undefined;

/**
 * Refuses a request that no route answers but that the contract or another method knows; returns when nobody does.
 * Paths are matched as the server matches its routes: trailing slashes do not count.
 * @param url the request's path, with its query if it has one
 * @param identify authenticates the caller (401), before anything is told
 * @throws 501 naming the operation when the contract has it, 405 naming the methods when the path has others
 */
export async function refuseUnserved(method: string, url: string, identify: () => Promise<void>): Promise<void> {
  known ??= knownPaths();
  const { router, methods } = known;
  const path = url.split('?')[0] ?? url;
  const find = (candidate: string): KnownOperation | undefined =>
    router.find(candidate as HTTPMethod, path)?.store as KnownOperation | undefined;

  const operation = find(method) ?? (method === 'HEAD' ? find('GET') : undefined);
  if (operation !== undefined) {
    await identify();
    throw notServedYet(
      `Operation ${operation.operationId} (${method} ${path}) is in the contract of ${operation.family} but not served by this version.`,
    );
  }
  const allowed = methods.filter((candidate) => find(candidate) !== undefined);
  if (allowed.length > 0) {
    await identify();
    throw methodNotAllowed(method, path, allowed);
  }
}

/** Some 1,300 paths: made when the first unanswered request comes, as most starts never need them. */
function knownPaths(): KnownPaths {
  const router = findMyWay({ ignoreTrailingSlash: true, maxParamLength: 500 });
  const methods = new Set<HTTPMethod>();
  const add = (method: string, url: string, operation: KnownOperation): void => {
    const path = url.replaceAll(/\{([^}]+)\}/g, ':$1');
    methods.add(method as HTTPMethod);
    if (!router.hasRoute(method as HTTPMethod, path)) {
      router.on(method as HTTPMethod, path, () => undefined, operation);
    }
  };
  for (const { family, operationId, method, url } of contractOperations()) {
    add(method, url, { operationId, family });
  }
  for (const family of families) {
    for (const operation of operations.filter((served) => served.families.includes(family.name))) {
      const { operationId } = factsFor(operation, family.name);
      add(operation.method, family.urlPath(operation.path), { operationId, family: family.name });
    }
  }
  return { router, methods: [...methods].toSorted() };
}
