import { existsSync, readFileSync } from 'node:fs';
import { resolve as resolvePath } from 'node:path';
import { withoutNames } from '../../../src/api/contract/contract-operations.ts';
import type { Family } from '../../../src/api/families.ts';
import { root } from '../repository.ts';
import { resolve, type Shape, shapeOf } from './shapes.ts';

/** The folder of the published OpenAPI documents; they are no part of the repository. */
const folder = resolvePath(process.env['MUNIMENT_REFERENCE_DIR'] ?? `${root}../shared/reference/openapi`);

/** Whether the documents are here. */
export const hasReference = existsSync(`${folder}/v2025.json`);

/** What a document says of one operation, or what this program does; the two are compared. Undefined: it does not say. */
export interface Description {
  readonly operationId: string;
  readonly deprecated: boolean;
  readonly query: readonly string[];
  readonly requiredQuery: readonly string[];
  readonly statuses: readonly string[];
  readonly scopes: Readonly<Record<string, readonly string[]>> | undefined;
  readonly userLevels: readonly string[] | undefined;
  readonly requestMediaTypes: readonly string[];
  readonly responseMediaTypes: readonly string[];
  readonly response: Shape;
}

type Json = Readonly<Record<string, unknown>>;

interface ReferenceOperation {
  readonly operationId: string;
  readonly deprecated?: boolean;
  readonly parameters?: readonly Json[];
  readonly responses: Readonly<Record<string, Json>>;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly requestBody?: Json;
  readonly 'x-sailpoint-userLevels'?: readonly string[];
  readonly 'x-sailpont-userLevels'?: readonly string[];
}

interface ReferenceDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, ReferenceOperation>>>>;
}

const documents = new Map<Family, ReferenceDocument>();

function documentOf(family: Family): ReferenceDocument {
  const known = documents.get(family);
  const document = known ?? (JSON.parse(readFileSync(`${folder}/${family}.json`, 'utf8')) as ReferenceDocument);
  documents.set(family, document);
  return document;
}

/** All operations of a family as `GET /entitlements/{id}`, with their operationIds. */
export function referenceOperations(family: Family): Map<string, string> {
  return new Map(
    Object.entries(documentOf(family).paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => [`${method.toUpperCase()} ${path}`, operationId]),
    ),
  );
}

/** What the document of a family says of an operation; undefined when it has none of that method and path. */
export function referenceOf(family: Family, method: string, path: string, status: number): Description | undefined {
  const document = documentOf(family);
  const found = Object.keys(document.paths).find((candidate) => withoutNames(candidate) === withoutNames(path));
  const operation = document.paths[found ?? path]?.[method.toLowerCase()];
  if (operation === undefined) {
    return undefined;
  }
  const follow = (node: Json): Json =>
    typeof node['$ref'] === 'string' ? follow(resolve(node['$ref'], document)) : node;
  const query = (operation.parameters ?? []).map(follow).filter((parameter) => parameter['in'] === 'query');
  const success = operation.responses[status];
  const content = success === undefined ? {} : ((follow(success)['content'] ?? {}) as Readonly<Record<string, Json>>);
  const json = content['application/json'];
  const levels = operation['x-sailpoint-userLevels'] ?? operation['x-sailpont-userLevels'];
  return {
    operationId: operation.operationId,
    deprecated: operation.deprecated === true,
    query: query.map((parameter) => String(parameter['name'])),
    requiredQuery: query.filter(({ required }) => required === true).map((parameter) => String(parameter['name'])),
    statuses: Object.keys(operation.responses),
    scopes: operation.security === undefined ? undefined : Object.assign({}, ...operation.security),
    userLevels: levels === undefined ? undefined : withoutAnybody(levels),
    requestMediaTypes: Object.keys((operation.requestBody?.['content'] as object | undefined) ?? {}),
    responseMediaTypes: Object.keys(content),
    response: json?.['schema'] === undefined ? new Map() : shapeOf(json['schema'], document),
  };
}

/** "Any" and "USER" mean whoever is a person: that is no level to ask for. */
function withoutAnybody(levels: readonly string[]): readonly string[] {
  return levels.includes('Any') || levels.includes('USER') ? [] : levels;
}
