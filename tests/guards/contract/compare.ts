import type { FamilyLayout } from '../../../src/api/families.ts';
import { queryParametersOf } from '../../../src/api/mount-operation.ts';
import { openApiDocument } from '../../../src/api/openapi/document.ts';
import { factsFor, type Operation } from '../../../src/api/operation.ts';
import { type Description, referenceOf } from './reference.ts';
import { compareShapes, shapeOf } from './shapes.ts';

/** How an operation differs from the contract in one family, one line each. */
export function findingsOf(operation: Operation, family: FamilyLayout): string[] {
  const { status } = factsFor(operation, family.name).success;
  const prefix = family.urlPath('');
  const path = family.urlPath(operation.path).slice(prefix.length);
  const contract = referenceOf(family.name, operation.method, path, status);
  return contract === undefined
    ? [`${operation.method} ${path}: not in the contract`]
    : compare(descriptionOf(operation, family, path), contract);
}

/** What this program does, in the terms of the documents. */
function descriptionOf(operation: Operation, family: FamilyLayout, path: string): Description {
  const facts = factsFor(operation, family.name);
  const { success } = facts;
  const document = openApiDocument(family, '', [operation]);
  const query = queryParametersOf(facts);
  const described = document.paths[path]?.[operation.method.toLowerCase()];
  const answer = described?.responses[success.status] as { content?: Record<string, { schema: object }> } | undefined;
  const json = answer?.content?.['application/json'];
  return {
    operationId: facts.operationId,
    deprecated: facts.deprecated === true,
    query: [...Object.keys(query.properties), ...Object.keys(facts.parametersNotServed?.properties ?? {})],
    requiredQuery: query.required ?? [],
    statuses: [success.status, ...facts.errors].map(String),
    scopes: Object.fromEntries(Object.entries(facts.security)),
    userLevels: facts.userLevels,
    requestMediaTypes: facts.body === undefined ? [] : [facts.body.mediaType],
    responseMediaTypes: Object.keys(answer?.content ?? {}),
    response: json === undefined ? new Map() : shapeOf(json.schema, document),
  };
}

function compare(own: Description, contract: Description): string[] {
  const sameText = (what: string, ownText: string, contractText: string): string[] =>
    ownText === contractText ? [] : [`${what}: ${ownText || 'none'}; the contract has ${contractText || 'none'}`];
  return [
    ...sameText('operationId', own.operationId, contract.operationId),
    ...sameText('deprecated', String(own.deprecated), String(contract.deprecated)),
    ...sameSet('query parameter', own.query, contract.query),
    ...sameSet('required query parameter', own.requiredQuery, contract.requiredQuery),
    ...sameSet('status', own.statuses, contract.statuses),
    ...(contract.scopes === undefined
      ? []
      : ['userAuth', 'applicationAuth'].flatMap((scheme) =>
          sameText(`scopes of ${scheme}`, listed(own.scopes?.[scheme]), listed(contract.scopes?.[scheme])),
        )),
    ...(contract.userLevels === undefined
      ? []
      : sameText('user levels', listed(own.userLevels), listed(contract.userLevels))),
    ...sameSet('request media type', own.requestMediaTypes, contract.requestMediaTypes),
    ...sameSet('response media type', own.responseMediaTypes, contract.responseMediaTypes),
    ...(own.response.size === 0 || contract.response.size === 0 ? [] : compareShapes(own.response, contract.response)),
  ];
}

function sameSet(what: string, own: readonly string[], contract: readonly string[]): string[] {
  return [
    ...contract.filter((one) => !own.includes(one)).map((one) => `${what} ${one}: missing`),
    ...own.filter((one) => !contract.includes(one)).map((one) => `${what} ${one}: not in the contract`),
  ];
}

function listed(values: readonly string[] | undefined): string {
  return values === undefined ? '' : values.length === 0 ? 'any' : values.toSorted().join(', ');
}
