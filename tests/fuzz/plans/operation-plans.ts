import fc from 'fast-check';
import { families, type FamilyLayout } from '../../../src/api/families.ts';
import { factsFor, type Operation } from '../../../src/api/operation.ts';
import { operations } from '../../../src/api/operations.ts';
import { badBody, goodBody } from './bodies.ts';
import { badCaller, badHeaders, goodCaller, goodHeaders } from './headers.ts';
import { badPath, goodPath } from './paths.ts';
import type { Framing, Plan } from './plan.ts';
import { badQuery, goodQuery } from './queries.ts';

/** The dimensions of a request, each valid or invalid. */
const dimensions = ['path', 'query', 'headers', 'caller', 'body', 'method'] as const;
type Dimension = (typeof dimensions)[number];

/** Operations that delete what others need, or start a task: they are sent less often, or they would dominate the run. */
const costly = [
  'deleteSource',
  'deleteAccountsAsync',
  'startIdentityProcessing',
  'resetSourceEntitlements',
  'deleteEntitlement',
  'deleteBulkEntitlements',
  'createAccount',
  'putAccount',
  'updateAccount',
  'deleteAccount',
  'deleteAccountAsync',
  'enableAccount',
  'disableAccount',
  'unlockAccount',
  'enableAccountForIdentity',
  'disableAccountForIdentity',
  'enableAccountsForIdentities',
  'disableAccountsForIdentities',
  'submitReloadAccount',
];

/** The requests of every operation in every family. */
export const operationPlans: fc.Arbitrary<Plan> = fc.oneof(
  ...families.flatMap((family) =>
    operations
      .filter((operation) => operation.families.includes(family.name))
      .map((operation) => ({
        weight: costly.includes(operation.operationId) ? 1 : 8,
        arbitrary: plansFor(operation, family),
      })),
  ),
);

/**
 * Requests for one operation: two in five are valid, as far as that can be known; two in five are invalid in one
 * dimension, so that the checks after the first one are reached; the others are invalid in all.
 */
function plansFor(operation: Operation, family: FamilyLayout): fc.Arbitrary<Plan> {
  const facts = factsFor(operation, family.name);
  const template = family.urlPath(operation.path);
  const right = {
    path: goodPath(operation, template),
    query: goodQuery(facts),
    headers: goodHeaders,
    caller: goodCaller,
    body: goodBody(operation, facts),
    method: fc.constant<string>(operation.method),
  };
  const wrong = {
    path: badPath(operation, template),
    query: badQuery(facts),
    headers: badHeaders,
    caller: badCaller,
    body: badBody(operation, facts),
    method: fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY'),
  };
  const framing = fc.constantFrom<Framing[]>('length', 'length', 'length', 'chunked');
  const fixed = {
    title: fc.constant(`${facts.operationId} in ${family.name}`),
    group: fc.constant(groupOf(operation)),
    isOfOperation: fc.constant(true as const),
    framing,
  };
  const wrongIn = (dimension: Dimension): fc.Arbitrary<Plan> =>
    fc.record({ ...fixed, ...right, [dimension]: wrong[dimension] }) as fc.Arbitrary<Plan>;
  return fc.oneof(
    { weight: 40, arbitrary: fc.record({ ...fixed, ...right }) },
    { weight: 8, arbitrary: wrongIn('path') },
    { weight: 10, arbitrary: wrongIn('query') },
    { weight: 5, arbitrary: wrongIn('headers') },
    { weight: 5, arbitrary: wrongIn('caller') },
    { weight: facts.body === undefined ? 3 : 14, arbitrary: wrongIn('body') },
    { weight: 2, arbitrary: wrongIn('method') },
    { weight: 18, arbitrary: fc.record({ ...fixed, ...wrong, method: right.method }) },
  );
}

function groupOf({ method, operationId, body }: Operation): string {
  if (body?.mediaType === 'multipart/form-data') {
    return 'uploads';
  }
  if (method === 'GET' || method === 'HEAD') {
    return /^(list|get.*s$)/i.test(operationId) ? 'lists' : 'reads';
  }
  return { POST: 'creations', PUT: 'replacements', PATCH: 'patches', DELETE: 'deletions' }[method];
}
