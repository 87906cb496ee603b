import type { TObject } from 'typebox';
import { queryParametersOf } from '../mount-operation.ts';
import type { Operation, OperationFacts, Security } from '../operation.ts';
import type { Components } from './components.ts';
import { statusText } from './responses.ts';

/** A parameter of an operation. */
interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly schema: object;
}

/** One operation in a document. */
export interface DescribedOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly deprecated?: boolean;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: {
    readonly required: boolean;
    readonly content: Readonly<Record<string, { readonly schema: object }>>;
  };
  readonly responses: Readonly<Record<string, object>>;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly 'x-sailpoint-userLevels': readonly string[];
}

/** Describes one operation in one family; adds its named schemas to `components`. */
export function describeOperation(
  operation: Operation,
  facts: OperationFacts,
  components: Components,
): DescribedOperation {
  const { body, success } = facts;
  const answer = {
    ...headersOf(facts),
    ...(success.schema === undefined
      ? {}
      : {
          content: { [success.mediaType ?? 'application/json']: { schema: components.schema(success.schema) } },
        }),
  };
  const statuses = [success.status, ...(success.otherStatus === undefined ? [] : [success.otherStatus])];
  return {
    operationId: facts.operationId,
    summary: operation.summary,
    tags: [operation.tag],
    ...(facts.deprecated === true ? { deprecated: true } : {}),
    security: securityRequirements(facts.security),
    'x-sailpoint-userLevels': facts.userLevels.length === 0 ? ['Any'] : facts.userLevels,
    parameters: [
      ...parameters('path', operation.pathParameters, components),
      ...parameters('query', queryParametersOf(facts), components),
    ],
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: body.optional !== true,
            content: { [body.mediaType]: { schema: components.schema(body.schema) } },
          },
        }),
    responses: {
      ...Object.fromEntries(statuses.map((status) => [status, { description: statusText(status), ...answer }])),
      ...Object.fromEntries(facts.errors.map((status) => [status, { $ref: `#/components/responses/${status}` }])),
    },
  };
}

function headersOf({ collection, deprecated }: OperationFacts): { headers?: Readonly<Record<string, object>> } {
  const headers = {
    ...(collection === undefined ? {} : { 'X-Total-Count': totalCount }),
    ...(deprecated === true ? { 'X-Deprecated': always } : {}),
  };
  return Object.keys(headers).length === 0 ? {} : { headers };
}

const always = { description: 'The operation is deprecated.', schema: { type: 'string', enum: ['true'] } };

const totalCount = {
  description: 'The total number of results, if the parameter count is true.',
  schema: { type: 'integer' },
};

function parameters(
  place: 'path' | 'query',
  schema: TObject,
  components: Components,
): DescribedOperation['parameters'] {
  const required: readonly string[] = schema.required ?? [];
  return Object.entries(schema.properties).map(([name, property]) => {
    const { description, ...own } = components.schema(property) as { description?: string };
    return {
      name,
      in: place,
      ...(description === undefined ? {} : { description }),
      required: place === 'path' || required.includes(name),
      schema: own,
    };
  });
}

function securityRequirements(security: Security): DescribedOperation['security'] {
  return (['userAuth', 'applicationAuth'] as const)
    .filter((scheme) => security[scheme] !== undefined)
    .map((scheme) => ({ [scheme]: security[scheme] ?? [] }));
}
