import { Type } from 'typebox';
import { fieldsOfServer, immutableFields } from '../../domain/sources/source-document.ts';
import { comesBack, dateTime, identityInput, nullable, oneOf, reference, referenceInput } from '../schemas.ts';

const features = oneOf([
  'AUTHENTICATE',
  'COMPOSITE',
  'DIRECT_PERMISSIONS',
  'DISCOVER_SCHEMA',
  'ENABLE',
  'MANAGER_LOOKUP',
  'NO_RANDOM_ACCESS',
  'PROXY',
  'SEARCH',
  'TEMPLATE',
  'UNLOCK',
  'UNSTRUCTURED_TARGETS',
  'SHAREPOINT_TARGET',
  'PROVISIONING',
  'GROUP_PROVISIONING',
  'SYNC_PROVISIONING',
  'PASSWORD',
  'CURRENT_PASSWORD',
  'ACCOUNT_ONLY_REQUEST',
  'ADDITIONAL_ACCOUNT_REQUEST',
  'NO_AGGREGATION',
  'GROUPS_HAVE_MEMBERS',
  'NO_PERMISSIONS_PROVISIONING',
  'NO_GROUP_PERMISSIONS_PROVISIONING',
  'NO_UNSTRUCTURED_TARGETS_PROVISIONING',
  'NO_DIRECT_PERMISSIONS_PROVISIONING',
  'PREFER_UUID',
  'ARM_SECURITY_EXTRACT',
  'ARM_UTILIZATION_EXTRACT',
  'ARM_CHANGELOG_EXTRACT',
  'USES_UUID',
  'APPLICATION_DISCOVERY',
  'DELETE',
]);

/** The states of a source (contract B.1, `status`). */
export const sourceStatus = oneOf([
  'SOURCE_STATE_ERROR_ACCOUNT_FILE_IMPORT',
  'SOURCE_STATE_ERROR_CLUSTER',
  'SOURCE_STATE_ERROR_SOURCE',
  'SOURCE_STATE_ERROR_VA',
  'SOURCE_STATE_FAILURE_CLUSTER',
  'SOURCE_STATE_FAILURE_SOURCE',
  'SOURCE_STATE_HEALTHY',
  'SOURCE_STATE_UNCHECKED_CLUSTER',
  'SOURCE_STATE_UNCHECKED_CLUSTER_NO_SOURCES',
  'SOURCE_STATE_UNCHECKED_SOURCE',
  'SOURCE_STATE_UNCHECKED_SOURCE_NO_ACCOUNTS',
]);

const freeMap = Type.Record(Type.String(), Type.Unknown());

/** A reference that is stored as sent. */
function kept(type: string) {
  return Type.Object(
    {
      type: Type.Optional(oneOf([type])),
      id: Type.Optional(Type.String()),
      name: Type.Optional(nullable(Type.String())),
    },
    { additionalProperties: false },
  );
}

const cluster = kept('CLUSTER');
const correlationConfig = kept('ACCOUNT_CORRELATION_CONFIG');
const rule = kept('RULE');
const passwordPolicies = Type.Array(kept('PASSWORD_POLICY'));
const correlationMapping = Type.Object(
  {
    accountAttributeName: Type.Optional(Type.String()),
    identityAttributeName: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
);

/** A source (contract B.1, model). */
export const source = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    description: Type.Optional(Type.String()),
    owner: nullable(reference('IDENTITY')),
    cluster: nullable(cluster),
    accountCorrelationConfig: nullable(correlationConfig),
    accountCorrelationRule: nullable(rule),
    managerCorrelationMapping: nullable(correlationMapping),
    managerCorrelationRule: nullable(rule),
    beforeProvisioningRule: nullable(rule),
    schemas: Type.Array(reference('CONNECTOR_SCHEMA')),
    passwordPolicies: nullable(passwordPolicies),
    features: Type.Array(features),
    type: Type.String(),
    connector: Type.String(),
    connectorClass: Type.Optional(Type.String()),
    connectorAttributes: freeMap,
    deleteThreshold: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
    authoritative: Type.Boolean(),
    managementWorkgroup: nullable(reference('GOVERNANCE_GROUP')),
    healthy: Type.Boolean(),
    status: sourceStatus,
    since: Type.String(),
    connectorId: Type.Optional(Type.String()),
    connectorName: Type.String(),
    connectionType: Type.String(),
    connectorImplementationId: Type.Optional(Type.String()),
    created: dateTime,
    modified: dateTime,
    credentialProviderEnabled: Type.Boolean(),
    category: nullable(Type.String()),
  },
  { additionalProperties: false, title: 'Source' },
);

/** A source in requests. Null and absent mean the same. */
export const sourceInput = Type.Object(
  {
    id: comesBack,
    name: Type.String({ description: 'Unique among the sources, ignoring case.' }),
    description: Type.Optional(nullable(Type.String())),
    owner: nullable(identityInput),
    cluster: Type.Optional(nullable(cluster)),
    accountCorrelationConfig: Type.Optional(nullable(correlationConfig)),
    accountCorrelationRule: Type.Optional(nullable(rule)),
    managerCorrelationMapping: Type.Optional(nullable(correlationMapping)),
    managerCorrelationRule: Type.Optional(nullable(rule)),
    beforeProvisioningRule: Type.Optional(nullable(rule)),
    schemas: Type.Optional(nullable(Type.Array(kept('CONNECTOR_SCHEMA')))),
    passwordPolicies: Type.Optional(nullable(passwordPolicies)),
    features: Type.Optional(nullable(Type.Array(features))),
    type: Type.Optional(nullable(Type.String())),
    connector: Type.Optional(
      nullable(Type.String({ description: 'The script name of the connector; not needed with provisionAsCsv.' })),
    ),
    connectorClass: comesBack,
    connectorAttributes: Type.Optional(nullable(freeMap)),
    deleteThreshold: Type.Optional(
      nullable(
        Type.Integer({
          minimum: 0,
          maximum: 100,
          description: 'The percentage of the entitlements of a type that one aggregation may delete.',
        }),
      ),
    ),
    authoritative: Type.Optional(nullable(Type.Boolean())),
    managementWorkgroup: Type.Optional(nullable(referenceInput('GOVERNANCE_GROUP', 'group'))),
    healthy: Type.Optional(nullable(Type.Boolean())),
    status: comesBack,
    since: comesBack,
    connectorId: comesBack,
    connectorName: comesBack,
    connectionType: comesBack,
    connectorImplementationId: comesBack,
    created: comesBack,
    modified: comesBack,
    credentialProviderEnabled: Type.Optional(nullable(Type.Boolean())),
    category: Type.Optional(nullable(Type.String())),
  },
  { additionalProperties: false, title: 'SourceInput' },
);

/** The patchable fields of a source: all except immutable ones and those that the server maintains. */
export const patchableSource = { schema: Type.Omit(sourceInput, [...immutableFields, ...fieldsOfServer]) };

const attributeTypes = oneOf(['STRING', 'LONG', 'INT', 'BOOLEAN', 'DATE']);

/** A schema of a source (contract B.1). */
export const schema = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    nativeObjectType: Type.String(),
    identityAttribute: Type.Optional(Type.String()),
    displayAttribute: Type.Optional(Type.String()),
    hierarchyAttribute: nullable(Type.String()),
    includePermissions: Type.Boolean(),
    features: Type.Array(features),
    configuration: freeMap,
    attributes: Type.Array(
      Type.Object(
        {
          name: Type.String(),
          nativeName: nullable(Type.String()),
          type: attributeTypes,
          schema: nullable(reference('CONNECTOR_SCHEMA')),
          description: Type.String(),
          isMulti: Type.Boolean(),
          isEntitlement: Type.Boolean(),
          isGroup: Type.Boolean(),
        },
        { additionalProperties: false, title: 'AttributeDefinition' },
      ),
    ),
    created: dateTime,
    modified: dateTime,
  },
  { additionalProperties: false, title: 'Schema' },
);

const flag = Type.Optional(nullable(Type.Boolean()));

/** A schema in requests. Null and absent mean the same. */
export const schemaInput = Type.Object(
  {
    id: comesBack,
    name: Type.Optional(
      nullable(
        Type.String({
          description: 'Unique in the source. The name of a group schema is the type of its entitlements.',
        }),
      ),
    ),
    nativeObjectType: Type.Optional(nullable(Type.String())),
    identityAttribute: Type.Optional(nullable(Type.String())),
    displayAttribute: Type.Optional(nullable(Type.String())),
    hierarchyAttribute: Type.Optional(nullable(Type.String())),
    includePermissions: flag,
    features: Type.Optional(nullable(Type.Array(features))),
    configuration: Type.Optional(nullable(freeMap)),
    attributes: Type.Optional(
      nullable(
        Type.Array(
          Type.Object(
            {
              name: Type.String(),
              nativeName: Type.Optional(nullable(Type.String())),
              type: Type.Optional(nullable(attributeTypes)),
              schema: Type.Optional(
                nullable(
                  Type.Object(
                    {
                      type: Type.Optional(oneOf(['CONNECTOR_SCHEMA'])),
                      id: Type.Optional(nullable(Type.String())),
                      name: Type.Optional(nullable(Type.String())),
                    },
                    { additionalProperties: false },
                  ),
                ),
              ),
              description: Type.Optional(nullable(Type.String())),
              isMulti: flag,
              isEntitlement: flag,
              isGroup: flag,
            },
            { additionalProperties: false, title: 'AttributeDefinitionInput' },
          ),
        ),
      ),
    ),
    created: comesBack,
    modified: comesBack,
  },
  { additionalProperties: false, title: 'SchemaInput' },
);

/** The path of one schema. */
export const schemaPath = Type.Object({
  sourceId: Type.String({ minLength: 1 }),
  schemaId: Type.String({ minLength: 1 }),
});

/** The path of a source's schemas. */
export const schemasPath = Type.Object({ sourceId: Type.String({ minLength: 1 }) });

/** The path of a source's connector. */
export const connectorPath = Type.Object({ sourceId: Type.String({ minLength: 1 }) });

/** The upload of a template. */
export const templateBody = {
  mediaType: 'multipart/form-data',
  schema: Type.Object({
    file: Type.Optional(Type.String({ format: 'binary', description: 'A CSV file; its first line is read.' })),
  }),
} as const;

/** The patchable fields of a schema. */
export const patchableSchema = { schema: Type.Omit(schemaInput, ['id', 'name', 'created', 'modified']) };
