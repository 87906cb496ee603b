import { isDeepStrictEqual } from 'node:util';
import { illegalValue } from '../../errors.ts';
import type { SchemaReference } from '../../storage/sources/source-schemas.ts';
import type { Source } from '../../storage/sources/sources.ts';
import { shownValue } from '../shown-value.ts';

/** A source with references to its schemas, as clients see it. */
export interface SourceWithSchemas extends Source {
  readonly schemas: readonly SchemaReference[];
}

/** Fields of the contract that are stored as sent and have no effect. */
const detailFields = [
  'cluster',
  'accountCorrelationConfig',
  'accountCorrelationRule',
  'managerCorrelationMapping',
  'managerCorrelationRule',
  'beforeProvisioningRule',
  'passwordPolicies',
  'connectorClass',
  'connectorId',
  'connectorImplementationId',
  'credentialProviderEnabled',
] as const;

/** The immutable fields (contract B.1). */
export const immutableFields = [
  'id',
  'type',
  'authoritative',
  'created',
  'modified',
  'connector',
  'connectorClass',
  'passwordPolicies',
] as const;

/** Fields maintained by the server. A source that a client sends back may contain outdated values of them. */
export const fieldsOfServer = [
  'schemas',
  'status',
  'healthy',
  'since',
  'connectionType',
  'connectorName',
  'connectorId',
  'connectorImplementationId',
] as const;

/** A source in the contract's form with every field; missing values are null. */
export type SourceDocument = ReturnType<typeof documentOf>;

/** A source as clients send it, of which only the shape is checked. Null and absent mean the same. */
export interface SourceInput extends Readonly<Record<string, unknown>> {
  readonly name: string;
  readonly owner: { readonly id: string; readonly name?: string | null } | null;
  readonly description?: string | null;
  readonly type?: string | null;
  readonly connector?: string | null;
  readonly connectorAttributes?: Readonly<Record<string, unknown>> | null;
  readonly features?: readonly string[] | null;
  readonly category?: string | null;
  readonly authoritative?: boolean | null;
  readonly deleteThreshold?: number | null;
  readonly managementWorkgroup?: { readonly id: string; readonly name?: string | null } | null;
}

/** Returns a source in the contract's form (B.1, model). */
export function documentOf(source: SourceWithSchemas) {
  const detail = (name: (typeof detailFields)[number]): unknown => source.details[name] ?? null;
  return {
    id: source.id,
    name: source.name,
    description: source.description,
    owner:
      source.owner === null
        ? null
        : {
            type: 'IDENTITY',
            id: source.owner.id,
            ...(source.owner.name === null ? {} : { name: source.owner.name }),
          },
    cluster: detail('cluster'),
    accountCorrelationConfig: detail('accountCorrelationConfig'),
    accountCorrelationRule: detail('accountCorrelationRule'),
    managerCorrelationMapping: detail('managerCorrelationMapping'),
    managerCorrelationRule: detail('managerCorrelationRule'),
    beforeProvisioningRule: detail('beforeProvisioningRule'),
    schemas: source.schemas.map(({ id, name }) => ({ type: 'CONNECTOR_SCHEMA', id, name })),
    passwordPolicies: detail('passwordPolicies'),
    features: source.features,
    type: source.type,
    connector: source.connector,
    connectorClass: detail('connectorClass'),
    connectorAttributes: source.connectorAttributes,
    deleteThreshold: source.deleteThreshold,
    authoritative: source.authoritative,
    managementWorkgroup:
      source.managementWorkgroup === null ? null : { type: 'GOVERNANCE_GROUP', ...source.managementWorkgroup },
    healthy: source.healthy,
    status: source.status,
    since: new Date(source.since).toISOString(),
    connectorId: detail('connectorId'),
    connectorName: source.connectorName,
    connectionType: source.connectionType,
    connectorImplementationId: detail('connectorImplementationId'),
    created: new Date(source.created).toISOString(),
    modified: new Date(source.modified).toISOString(),
    credentialProviderEnabled: detail('credentialProviderEnabled') ?? false,
    category: source.category,
  };
}

/** The fields of `input` that are stored as sent, without nulls. */
export function detailsOf(input: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    detailFields.flatMap((name) => (input[name] === undefined || input[name] === null ? [] : [[name, input[name]]])),
  );
}

/** The details of a source after a change: immutable ones are kept. */
export function changedDetails(source: Source, input: SourceInput): Record<string, unknown> {
  const kept: readonly string[] = [...immutableFields, ...fieldsOfServer];
  const fixed = Object.fromEntries(kept.map((name) => [name, source.details[name]]));
  return detailsOf({ ...input, ...fixed });
}

/**
 * Rejects the replacement of a source if immutable fields differ; absent or null fields are ignored.
 * Throws a 400 that names the fields.
 */
export function refuseImmutable(before: SourceDocument, input: SourceInput): void {
  refuse(
    before,
    immutableFields.filter((name) => {
      const value = input[name];
      return value !== undefined && value !== null && !isSame(before[name], value);
    }),
  );
}

function refuse(before: SourceDocument, fields: readonly (keyof SourceDocument)[]): void {
  const [field] = fields;
  if (field === undefined) {
    return;
  }
  const names = fields.map((name) => `"${name}"`).join(', ');
  throw illegalValue(
    fields.length > 1
      ? `Fields ${names} of a source cannot be changed.`
      : `Field ${names} of a source cannot be changed. It is ${shownValue(before[field])}.`,
  );
}

/** Times are compared regardless of their format. */
function isSame(before: unknown, after: unknown): boolean {
  if (typeof before === 'string' && typeof after === 'string' && /^\d{4}-\d\d-\d\dT/.test(before)) {
    return before === after || Date.parse(before) === Date.parse(after);
  }
  return isDeepStrictEqual(before, JSON.parse(JSON.stringify(after)));
}
