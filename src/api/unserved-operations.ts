import type { FastifyInstance } from 'fastify';
import { shortened } from '../error-text.ts';
import { methodNotAllowed, type MunimentError, notServedYet } from '../errors.ts';
import { type ContractOperation, contractOperations, withoutNames } from './contract/contract-operations.ts';
import { families } from './families.ts';
import { factsFor } from './operation.ts';
import { operations } from './operations.ts';
import { PathTree } from './path-tree.ts';

/** A method of a path that the contract has or a route serves. */
interface KnownOperation {
  readonly operationId: string;
  readonly family: string;
}

let known: PathTree<KnownOperation> | undefined;

/**
 * Rejects a request without a route that the contract or another method of the path has; returns if neither is the case.
 * Paths are matched as by the server's router: trailing slashes are ignored.
 * @param url the request's path with its query
 * @param identify authenticates the caller (401), before anything is revealed
 * @throws 501 naming the operation if the contract has it, 405 naming the methods if the path has others
 */
export async function refuseUnserved(method: string, url: string, identify: () => Promise<void>): Promise<void> {
  known ??= knownPaths();
  const path = url.split(/[?#]/)[0] ?? url;
  const decoded = decodedPath(path);
  if (decoded === undefined) {
    return;
  }
  const operation = known.find(method, decoded) ?? (method === 'HEAD' ? known.find('GET', decoded) : undefined);
  if (operation !== undefined) {
    await identify();
    throw notServed(operation, method, path);
  }
  const allowed = known.methodsOf(decoded);
  if (allowed.length > 0) {
    await identify();
    throw methodNotAllowed(method, path, allowed);
  }
}

/** The path decoded as by the server's router; undefined if it cannot be decoded. */
function decodedPath(path: string): string | undefined {
  try {
    return decodeURI(path);
  } catch (error) {
    if (error instanceof URIError) {
      return undefined;
    }
    throw error;
  }
}

/**
 * Mounts a 501 for each unserved operation that a served path with a parameter would match: if `/task-status/{id}` is
 * served and `/task-status/pending-tasks` is not, the latter must not be taken for a task. Other operations need no
 * route. The hooks of `server` authenticate the caller.
 */
export function mountSwallowedOperations(server: FastifyInstance): void {
  // HEAD first: the server adds one to every GET that has none.
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
  const served = new PathTree<string>();
  for (const family of families) {
    for (const { method, path } of operations.filter((operation) => operation.families.includes(family.name))) {
      const url = withoutNames(family.urlPath(path));
      served.add(method, url, url);
      if (method === 'GET') {
        served.add('HEAD', url, url);
      }
    }
  }
  return contractOperations().filter(({ method, url }) => {
    const answering = served.find(method, url);
    return answering !== undefined && answering !== withoutNames(url);
  });
}

/** Why operations are not served that would do something that this program does not do, and what to do instead. */
const reasons: ReadonlyMap<string, string> = new Map([
  [
    'startIdentitiesInvite',
    'No e-mail is sent from here. Give the person a personal access token or an OAuth client instead.',
  ],
  [
    'sendIdentityVerificationAccountToken',
    'No e-mail is sent from here, and there are no passwords of identities. Reset the password where it is kept.',
  ],
  [
    'synchronizeAttributesForIdentity',
    'Sources are only read, never written: attributes of identities cannot be copied to accounts. To read an identity again from its accounts, use POST /identities/process.',
  ],
]);

function notServed({ operationId, family }: KnownOperation, method: string, path: string): MunimentError {
  const reason = reasons.get(operationId.replace(/V1$/, ''));
  return notServedYet(
    `Operation ${operationId} (${method} ${shortened(path, 200)}) is in the contract of ${family} but not served by this version.${reason === undefined ? '' : ` ${reason}`}`,
  );
}

/** About 2,400 paths, created on the first request without a route, because many processes never need them. */
function knownPaths(): PathTree<KnownOperation> {
  const paths = new PathTree<KnownOperation>();
  for (const { family, operationId, method, url } of contractOperations()) {
    paths.add(method, url, { operationId, family });
  }
  for (const family of families) {
    for (const operation of operations.filter((served) => served.families.includes(family.name))) {
      const { operationId } = factsFor(operation, family.name);
      paths.add(operation.method, family.urlPath(operation.path), { operationId, family: family.name });
    }
  }
  return paths;
}
