import type { FastifyInstance } from 'fastify';
import findMyWay, { type HTTPMethod, type HTTPVersion, type Instance } from 'find-my-way';
import { shortened } from '../error-text.ts';
import { methodNotAllowed, type MunimentError, notServedYet } from '../errors.ts';
import { type ContractOperation, contractOperations } from './contract/contract-operations.ts';
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
    throw notServed(operation, method, path);
  }
  const allowed = methods.filter((candidate) => find(candidate) !== undefined);
  if (allowed.length > 0) {
    await identify();
    throw methodNotAllowed(method, path, allowed);
  }
}

/**
 * Mounts a refusal for each operation of the contract that a served one would swallow: where `/task-status/{id}` is
 * served and `/task-status/pending-tasks` is not, the latter is no task. There are few; the others need no route.
 * The caller is authenticated by the hooks of `server`.
 */
export function mountSwallowedOperations(server: FastifyInstance): void {
  // HEAD first: the server adds one to every GET that has none yet.
  for (const operation of swallowedOperations().toSorted((a, b) => b.method.localeCompare(a.method))) {
    const { method, url, operationId, family } = operation;
    server.route({
      method,
      url: url.replaceAll(/\{[^}]+\}/g, ':parameter'),
      config: { operationId, family },
      handler: async (request) => {
        throw notServed(operation, request.method, request.url.split('?')[0] ?? url);
      },
    });
  }
}

function swallowedOperations(): ContractOperation[] {
  const served = families.flatMap((family) =>
    operations
      .filter((operation) => operation.families.includes(family.name))
      .map(({ method, path }) => ({ method, segments: segmentsOf(family.urlPath(path)) })),
  );
  return contractOperations().filter(({ method, url }) => {
    const segments = segmentsOf(url);
    const alike = served.filter(
      (other) =>
        (other.method === method || (other.method === 'GET' && method === 'HEAD')) &&
        other.segments.length === segments.length &&
        other.segments.every((segment, index) => segment === '{}' || segment === segments[index]),
    );
    return alike.length > 0 && !alike.some((other) => other.segments.join('/') === segments.join('/'));
  });
}

function segmentsOf(url: string): string[] {
  return url.replaceAll(/\{[^}]+\}/g, '{}').split('/');
}

function notServed({ operationId, family }: KnownOperation, method: string, path: string): MunimentError {
  return notServedYet(
    `Operation ${operationId} (${method} ${shortened(path, 200)}) is in the contract of ${family} but not served by this version.`,
  );
}

/** Some 1,300 paths: made when the first unanswered request comes, as most starts never need them. */
function knownPaths(): KnownPaths {
  const router = findMyWay({ ignoreTrailingSlash: true, maxParamLength: 500 });
  const methods = new Set<HTTPMethod>();
  const add = (method: string, url: string, operation: KnownOperation): void => {
    // Names do not matter here, and one of the contract's has a hyphen, which the router takes for the end of a name.
    const path = url.replaceAll(/\{[^}]+\}/g, ':parameter');
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
