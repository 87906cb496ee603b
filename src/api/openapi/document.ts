import type { FamilyLayout } from '../families.ts';
import { factsFor, type Operation } from '../operation.ts';
import { operations } from '../operations.ts';
import { Components } from './components.ts';
import { type DescribedOperation, describeOperation } from './described-operation.ts';
import { errorSchema, statusText } from './responses.ts';

/** An OpenAPI 3.1 document, as far as this code uses it. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: object;
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string }[];
  /** By path, then by lower-case method. */
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, unknown>>;
    readonly responses: Readonly<Record<string, unknown>>;
    readonly securitySchemes: object;
  };
}

/**
 * Returns the OpenAPI 3.1 document of one family, generated from the served operations.
 * @param base the path prefix that a proxy adds, without a trailing slash: `/iga`
 * @param served the operations to describe; only tests pass other ones
 * @throws if operations contradict each other (two schemas with one title, two operations with one path)
 */
export function openApiDocument(
  family: FamilyLayout,
  base = '',
  served: readonly Operation[] = operations,
): OpenApiDocument {
  const prefix = family.urlPath('');
  const components = new Components();
  const errors = new Set<number>();
  const scopes = { userAuth: new Set<string>(), applicationAuth: new Set<string>() };
  const paths: Record<string, Record<string, DescribedOperation>> = {};
  const own = served.filter((operation) => operation.families.includes(family.name));

  for (const operation of own) {
    const facts = factsFor(operation, family.name);
    const path = family.urlPath(operation.path).slice(prefix.length);
    const methods = (paths[path] ??= {});
    const method = operation.method.toLowerCase();
    if (methods[method] !== undefined) {
      throw new Error(`Two operations have the path ${operation.method} ${operation.path} in ${family.name}.`);
    }
    methods[method] = describeOperation(operation, facts, components);
    for (const status of facts.errors) {
      errors.add(status);
    }
    for (const scheme of ['userAuth', 'applicationAuth'] as const) {
      for (const scope of facts.security[scheme] ?? []) {
        scopes[scheme].add(scope);
      }
    }
  }

  const responses = [...errors].toSorted((a, b) => a - b).map((status) => [status, errorResponse(status, components)]);
  return {
    openapi: '3.1.0',
    info: {
      title: `Muniment: ${family.title}`,
      version: family.name,
      description:
        'The operations that this version serves. An operation requires one of its scopes and, for the token of a person, one ' +
        'of the user levels in x-sailpoint-userLevels. Single resources are returned with an ETag for use in If-Match.',
    },
    servers: [{ url: `${base}${prefix}` || '/' }],
    tags: [...new Set(own.map((operation) => operation.tag))].toSorted().map((name) => ({ name })),
    paths,
    components: {
      schemas: components.all(),
      responses: Object.fromEntries(responses),
      securitySchemes: {
        userAuth: securityScheme('The token of a person: a personal access token.', base, scopes.userAuth),
        applicationAuth: securityScheme('The token of a client that acts for itself.', base, scopes.applicationAuth),
      },
    },
  };
}

function errorResponse(status: number, components: Components): object {
  const retryAfter = { description: 'Seconds to wait.', schema: { type: 'integer' } };
  return {
    description: statusText(status),
    ...(status === 429 ? { headers: { 'Retry-After': retryAfter } } : {}),
    content: { 'application/json': { schema: components.schema(errorSchema(status)) } },
  };
}

function securityScheme(description: string, base: string, scopes: ReadonlySet<string>): object {
  const known = Object.fromEntries([...scopes].toSorted().map((scope) => [scope, '']));
  return {
    type: 'oauth2',
    description,
    flows: { clientCredentials: { tokenUrl: `${base}/oauth/token`, scopes: known } },
  };
}

/** Returns the text of a document, as served and committed. */
export function openApiText(family: FamilyLayout, base = ''): string {
  return `${JSON.stringify(openApiDocument(family, base), undefined, 2)}\n`;
}
