// Generated from the OpenAPI documents by "npm run generate". Do not edit.

/** The method, the path and the media type of the body of each operation. */
export const operations = {
  listEntitlements: { method: 'GET', path: '/v2026/entitlements' },
  getEntitlement: { method: 'GET', path: '/v2026/entitlements/{id}' },
  patchEntitlement: { method: 'PATCH', path: '/v2026/entitlements/{id}', mediaType: 'application/json-patch+json' },
  listEntitlementParents: { method: 'GET', path: '/v2026/entitlements/{id}/parents' },
  listEntitlementChildren: { method: 'GET', path: '/v2026/entitlements/{id}/children' },
  importEntitlementsBySource: { method: 'POST', path: '/v2026/entitlements/aggregate/sources/{id}', mediaType: 'multipart/form-data' },
  listEntitlementsByAccount: { method: 'GET', path: '/v2026/entitlements/account/{accountId}/entitlements' },
  createAccessModelMetadataForEntitlement: { method: 'POST', path: '/v2026/entitlements/{id}/access-model-metadata/{attributeKey}/values/{attributeValue}' },
  deleteAccessModelMetadataFromEntitlement: { method: 'DELETE', path: '/v2026/entitlements/{id}/access-model-metadata/{attributeKey}/values/{attributeValue}' },
  listAccessModelMetadataAttribute: { method: 'GET', path: '/v2026/access-model-metadata/attributes' },
  createAccessModelMetadataAttribute: { method: 'POST', path: '/v2026/access-model-metadata/attributes', mediaType: 'application/json' },
  getAccessModelMetadataAttribute: { method: 'GET', path: '/v2026/access-model-metadata/attributes/{key}' },
  updateAccessModelMetadataAttribute: { method: 'PATCH', path: '/v2026/access-model-metadata/attributes/{key}', mediaType: 'application/json-patch+json' },
  listAccessModelMetadataAttributeValue: { method: 'GET', path: '/v2026/access-model-metadata/attributes/{key}/values' },
  createAccessModelMetadataAttributeValue: { method: 'POST', path: '/v2026/access-model-metadata/attributes/{key}/values', mediaType: 'application/json' },
  getAccessModelMetadataAttributeValue: { method: 'GET', path: '/v2026/access-model-metadata/attributes/{key}/values/{value}' },
  updateAccessModelMetadataAttributeValue: { method: 'PATCH', path: '/v2026/access-model-metadata/attributes/{key}/values/{value}', mediaType: 'application/json-patch+json' },
  updateAccessModelMetadataByIds: { method: 'POST', path: '/v2026/access-model-metadata/bulk-update/ids', mediaType: 'application/json' },
  updateAccessModelMetadataByFilter: { method: 'POST', path: '/v2026/access-model-metadata/bulk-update/filter', mediaType: 'application/json' },
  updateAccessModelMetadataByQuery: { method: 'POST', path: '/v2026/access-model-metadata/bulk-update/query', mediaType: 'application/json' },
  listAccounts: { method: 'GET', path: '/v2026/accounts' },
  getAccount: { method: 'GET', path: '/v2026/accounts/{id}' },
  getAccountEntitlements: { method: 'GET', path: '/v2026/accounts/{id}/entitlements' },
  listEntitlementConnections: { method: 'GET', path: '/v2026/entitlement-connections' },
  patchEntitlementConnectionByQuery: { method: 'PATCH', path: '/v2026/entitlement-connections', mediaType: 'application/json-patch+json' },
  updateEntitlementConnectionsBulk: { method: 'POST', path: '/v2026/entitlement-connections', mediaType: 'application/json' },
  listEntitlementConnectionsForCurrentIdentity: { method: 'GET', path: '/v2026/entitlement-connections/current-identity' },
  patchEntitlementConnectionById: { method: 'PATCH', path: '/v2026/entitlement-connections/{connectionId}', mediaType: 'application/json-patch+json' },
  listIdentities: { method: 'GET', path: '/v2026/identities' },
  getIdentity: { method: 'GET', path: '/v2026/identities/{id}' },
  deleteIdentity: { method: 'DELETE', path: '/v2026/identities/{id}' },
  getPublicIdentities: { method: 'GET', path: '/v2026/public-identities' },
  listSources: { method: 'GET', path: '/v2026/sources' },
  createSource: { method: 'POST', path: '/v2026/sources', mediaType: 'application/json' },
  getSource: { method: 'GET', path: '/v2026/sources/{id}' },
  putSource: { method: 'PUT', path: '/v2026/sources/{id}', mediaType: 'application/json' },
  updateSource: { method: 'PATCH', path: '/v2026/sources/{id}', mediaType: 'application/json-patch+json' },
  deleteSource: { method: 'DELETE', path: '/v2026/sources/{id}' },
  getSourceSchemas: { method: 'GET', path: '/v2026/sources/{sourceId}/schemas' },
  createSourceSchema: { method: 'POST', path: '/v2026/sources/{sourceId}/schemas', mediaType: 'application/json' },
  getSourceSchema: { method: 'GET', path: '/v2026/sources/{sourceId}/schemas/{schemaId}' },
  putSourceSchema: { method: 'PUT', path: '/v2026/sources/{sourceId}/schemas/{schemaId}', mediaType: 'application/json' },
  updateSourceSchema: { method: 'PATCH', path: '/v2026/sources/{sourceId}/schemas/{schemaId}', mediaType: 'application/json-patch+json' },
  deleteSourceSchema: { method: 'DELETE', path: '/v2026/sources/{sourceId}/schemas/{schemaId}' },
  getAccountsSchema: { method: 'GET', path: '/v2026/sources/{id}/schemas/accounts' },
  importAccountsSchema: { method: 'POST', path: '/v2026/sources/{id}/schemas/accounts', mediaType: 'multipart/form-data' },
  getEntitlementsSchema: { method: 'GET', path: '/v2026/sources/{id}/schemas/entitlements' },
  importEntitlementsSchema: { method: 'POST', path: '/v2026/sources/{id}/schemas/entitlements', mediaType: 'multipart/form-data' },
  importEntitlements: { method: 'POST', path: '/v2026/sources/{sourceId}/load-entitlements', mediaType: 'multipart/form-data' },
  importAccounts: { method: 'POST', path: '/v2026/sources/{id}/load-accounts', mediaType: 'multipart/form-data' },
  deleteAccountsAsync: { method: 'POST', path: '/v2026/sources/{id}/remove-accounts' },
  testSourceConnection: { method: 'POST', path: '/v2026/sources/{sourceId}/connector/check-connection' },
  searchResourceObjects: { method: 'POST', path: '/v2026/sources/{sourceId}/connector/peek-resource-objects', mediaType: 'application/json' },
  getCorrelationConfig: { method: 'GET', path: '/v2026/sources/{id}/correlation-config' },
  putCorrelationConfig: { method: 'PUT', path: '/v2026/sources/{id}/correlation-config', mediaType: 'application/json' },
  listSegments: { method: 'GET', path: '/v2026/segments' },
  createSegment: { method: 'POST', path: '/v2026/segments', mediaType: 'application/json' },
  getSegment: { method: 'GET', path: '/v2026/segments/{id}' },
  patchSegment: { method: 'PATCH', path: '/v2026/segments/{id}', mediaType: 'application/json-patch+json' },
  deleteSegment: { method: 'DELETE', path: '/v2026/segments/{id}' },
  getTaskStatusList: { method: 'GET', path: '/v2026/task-status' },
  getTaskStatus: { method: 'GET', path: '/v2026/task-status/{id}' },
  listPersonalAccessTokens: { method: 'GET', path: '/v2026/personal-access-tokens' },
  createPersonalAccessToken: { method: 'POST', path: '/v2026/personal-access-tokens', mediaType: 'application/json' },
  patchPersonalAccessToken: { method: 'PATCH', path: '/v2026/personal-access-tokens/{id}', mediaType: 'application/json-patch+json' },
  deletePersonalAccessToken: { method: 'DELETE', path: '/v2026/personal-access-tokens/{id}' },
  listOauthClients: { method: 'GET', path: '/v2026/oauth-clients' },
  createOauthClient: { method: 'POST', path: '/v2026/oauth-clients', mediaType: 'application/json' },
  getOauthClient: { method: 'GET', path: '/v2026/oauth-clients/{id}' },
  patchOauthClient: { method: 'PATCH', path: '/v2026/oauth-clients/{id}', mediaType: 'application/json-patch+json' },
  deleteOauthClient: { method: 'DELETE', path: '/v2026/oauth-clients/{id}' },
  getAuthUser: { method: 'GET', path: '/v2026/auth-users/{id}' },
  patchAuthUser: { method: 'PATCH', path: '/v2026/auth-users/{id}', mediaType: 'application/json-patch+json' },
  getEntitlementState: { method: 'GET', path: '/muniment/v1/entitlements/{id}' },
  listEntitlementHistory: { method: 'GET', path: '/muniment/v1/entitlements/{id}/history' },
  listChanges: { method: 'GET', path: '/muniment/v1/changes' },
  getIdentityMapping: { method: 'GET', path: '/muniment/v1/sources/{id}/identity-mapping' },
  putIdentityMapping: { method: 'PUT', path: '/muniment/v1/sources/{id}/identity-mapping', mediaType: 'application/json' },
  listTaskProblems: { method: 'GET', path: '/muniment/v1/tasks/{id}/problems' },
} as const;

/** The scopes that some operation asks for. */
export const scopes: readonly string[] = [
  'idn:access-model-metadata:create',
  'idn:access-model-metadata:manage',
  'idn:access-model-metadata:read',
  'idn:access-model-metadata:update',
  'idn:accounts:manage',
  'idn:accounts:read',
  'idn:entitlement-connections:list',
  'idn:entitlement-connections:manage',
  'idn:entitlement-connections:read',
  'idn:entitlement:manage',
  'idn:entitlement:read',
  'idn:entitlement:update',
  'idn:identity:manage',
  'idn:identity:read',
  'idn:segment:manage',
  'idn:segment:read',
  'idn:source-connector:manage',
  'idn:source-schema:manage',
  'idn:source-schema:read',
  'idn:sources:manage',
  'idn:sources:read',
  'idn:task-management:read',
  'idn:task-management:write',
  'sp:all-personal-access-tokens:manage',
  'sp:all-personal-access-tokens:read',
  'sp:auth-user:manage',
  'sp:auth-user:read',
  'sp:my-personal-access-tokens:manage',
  'sp:my-personal-access-tokens:read',
  'sp:oauth-client:manage',
  'sp:oauth-client:read',
  'sp:scopes:default',
];

/** The input and the result of each operation. */
export interface Operations {
  readonly listEntitlements: {
    readonly input: { readonly query?: { readonly offset?: number | undefined; readonly limit?: number | undefined; readonly count?: boolean | undefined; readonly filters?: string | undefined; readonly sorters?: string | undefined; readonly searchAfter?: string | undefined } };
    readonly result: readonly EntitlementV2[];
  };
  readonly getEntitlement: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: EntitlementV2;
  };
  readonly patchEntitlement: {
    readonly input: { readonly path: { readonly id: string }; readonly body: readonly JsonPatchOperation[] };
    readonly result: EntitlementV2;
  };
  readonly listEntitlementParents: {
    readonly input: { readonly path: { readonly id: string }; readonly query?: { readonly offset?: number | undefined; readonly limit?: number | undefined; readonly count?: boolean | undefined; readonly filters?: string | undefined; readonly sorters?: string | undefined; readonly searchAfter?: string | undefined } };
    readonly result: readonly EntitlementV2[];
  };
  readonly listEntitlementChildren: {
    readonly input: { readonly path: { readonly id: string }; readonly query?: { readonly offset?: number | undefined; readonly limit?: number | undefined; readonly count?: boolean | undefined; readonly filters?: string | undefined; readonly sorters?: string | undefined; readonly searchAfter?: string | undefined } };
    readonly result: readonly EntitlementV2[];
  };
  readonly importEntitlementsBySource: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: LoadEntitlementTask;
  };
  readonly listEntitlementsByAccount: {
    readonly input: { readonly path: { readonly accountId: string }; readonly query?: { readonly offset?: number | undefined; readonly limit?: number | undefined; readonly count?: boolean | undefined; readonly sorters?: string | undefined; readonly searchAfter?: string | undefined } };
    readonly result: readonly EntitlementV2[];
  };
  readonly createAccessModelMetadataForEntitlement: {
    readonly input: { readonly path: { readonly id: string; readonly attributeKey: string; readonly attributeValue: string } };
    readonly result: Entitlement;
  };
  readonly deleteAccessModelMetadataFromEntitlement: {
    readonly input: { readonly path: { readonly id: string; readonly attributeKey: string; readonly attributeValue: string } };
    readonly result: undefined;
  };
  readonly listAccessModelMetadataAttribute: {
    readonly input: { readonly query?: { readonly offset?: number | undefined; readonly limit?: number | undefined; readonly count?: boolean | undefined; readonly filters?: string | undefined; readonly sorters?: string | undefined } };
    readonly result: readonly AttributeDTO[];
  };
  readonly createAccessModelMetadataAttribute: {
    readonly input: { readonly body: AttributeInput };
    readonly result: AttributeDTO;
  };
  readonly getAccessModelMetadataAttribute: {
    readonly input: { readonly path: { readonly key: string } };
    readonly result: AttributeDTO;
  };
  readonly updateAccessModelMetadataAttribute: {
    readonly input: { readonly path: { readonly key: string }; readonly body: readonly JsonPatchOperation[] };
    readonly result: AttributeDTO;
  };
  readonly listAccessModelMetadataAttributeValue: {
    readonly input: { readonly path: { readonly key: string }; readonly query?: { readonly offset?: number | undefined; readonly limit?: number | undefined; readonly count?: boolean | undefined } };
    readonly result: readonly AttributeValueDTO[];
  };
  readonly createAccessModelMetadataAttributeValue: {
    readonly input: { readonly path: { readonly key: string }; readonly body: AttributeValueInput };
    readonly result: AttributeValueDTO;
  };
  readonly getAccessModelMetadataAttributeValue: {
    readonly input: { readonly path: { readonly key: string; readonly value: string } };
    readonly result: AttributeValueDTO;
  };
  readonly updateAccessModelMetadataAttributeValue: {
    readonly input: { readonly path: { readonly key: string; readonly value: string }; readonly body: readonly JsonPatchOperation[] };
    readonly result: AttributeValueDTO;
  };
  readonly updateAccessModelMetadataByIds: {
    readonly input: { readonly body: EntitlementAttributeBulkUpdateIdsRequest };
    readonly result: AccessModelMetadataBulkUpdateResponse;
  };
  readonly updateAccessModelMetadataByFilter: {
    readonly input: { readonly body: EntitlementAttributeBulkUpdateFilterRequest };
    readonly result: AccessModelMetadataBulkUpdateResponse;
  };
  readonly updateAccessModelMetadataByQuery: {
    readonly input: { readonly body: EntitlementAttributeBulkUpdateQueryRequest };
    readonly result: AccessModelMetadataBulkUpdateResponse;
  };
  readonly listAccounts: {
    readonly input: { readonly query?: { readonly detailLevel?: 'SLIM' | 'FULL' | undefined; readonly offset?: number | undefined; readonly limit?: number | undefined; readonly count?: boolean | undefined; readonly filters?: string | undefined; readonly sorters?: string | undefined } };
    readonly result: readonly Account[];
  };
  readonly getAccount: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: Account;
  };
  readonly getAccountEntitlements: {
    readonly input: { readonly path: { readonly id: string }; readonly query?: { readonly offset?: number | undefined; readonly limit?: number | undefined; readonly count?: boolean | undefined } };
    readonly result: readonly Entitlement[];
  };
  readonly listEntitlementConnections: {
    readonly input: { readonly query?: { readonly offset?: number | undefined; readonly limit?: number | undefined; readonly count?: boolean | undefined; readonly filters?: string | undefined; readonly sorters?: string | undefined; readonly searchAfter?: string | undefined } };
    readonly result: readonly EntitlementConnectionSearchHit[];
  };
  readonly patchEntitlementConnectionByQuery: {
    readonly input: { readonly query: { readonly entitlementId: string; readonly identityId: string; readonly accountId: string }; readonly body: readonly JsonPatchOperation[] };
    readonly result: EntitlementConnection;
  };
  readonly updateEntitlementConnectionsBulk: {
    readonly input: { readonly body: readonly EntitlementConnectionBulkUpdateItem[] };
    readonly result: readonly EntitlementConnectionBulkUpdateResultItem[];
  };
  readonly listEntitlementConnectionsForCurrentIdentity: {
    readonly input: { readonly query?: { readonly offset?: number | undefined; readonly limit?: number | undefined; readonly count?: boolean | undefined; readonly filters?: string | undefined; readonly sorters?: string | undefined; readonly searchAfter?: string | undefined } };
    readonly result: readonly EntitlementConnectionSearchHit[];
  };
  readonly patchEntitlementConnectionById: {
    readonly input: { readonly path: { readonly connectionId: string }; readonly body: readonly JsonPatchOperation[] };
    readonly result: EntitlementConnection;
  };
  readonly listIdentities: {
    readonly input: { readonly query?: { readonly defaultFilter?: 'CORRELATED_ONLY' | 'NONE' | undefined; readonly offset?: number | undefined; readonly limit?: number | undefined; readonly count?: boolean | undefined; readonly filters?: string | undefined; readonly sorters?: string | undefined } };
    readonly result: readonly Identity[];
  };
  readonly getIdentity: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: Identity;
  };
  readonly deleteIdentity: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: undefined;
  };
  readonly getPublicIdentities: {
    readonly input: { readonly query?: { readonly 'add-core-filters'?: boolean | undefined; readonly offset?: number | undefined; readonly limit?: number | undefined; readonly count?: boolean | undefined; readonly filters?: string | undefined; readonly sorters?: string | undefined } };
    readonly result: readonly PublicIdentity[];
  };
  readonly listSources: {
    readonly input: { readonly query?: { readonly includeIDNSource?: boolean | undefined; readonly offset?: number | undefined; readonly limit?: number | undefined; readonly count?: boolean | undefined; readonly filters?: string | undefined; readonly sorters?: string | undefined } };
    readonly result: readonly Source[];
  };
  readonly createSource: {
    readonly input: { readonly query?: { readonly provisionAsCsv?: boolean | undefined }; readonly body: SourceInput };
    readonly result: Source;
  };
  readonly getSource: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: Source;
  };
  readonly putSource: {
    readonly input: { readonly path: { readonly id: string }; readonly body: SourceInput };
    readonly result: Source;
  };
  readonly updateSource: {
    readonly input: { readonly path: { readonly id: string }; readonly body: readonly JsonPatchOperation[] };
    readonly result: Source;
  };
  readonly deleteSource: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: {
      readonly type: 'TASK_RESULT';
      readonly id: string;
      readonly name: string;
    };
  };
  readonly getSourceSchemas: {
    readonly input: { readonly path: { readonly sourceId: string }; readonly query?: { readonly 'include-types'?: 'group' | 'user' | undefined; readonly 'include-names'?: string | undefined } };
    readonly result: readonly Schema[];
  };
  readonly createSourceSchema: {
    readonly input: { readonly path: { readonly sourceId: string }; readonly body: SchemaInput };
    readonly result: Schema;
  };
  readonly getSourceSchema: {
    readonly input: { readonly path: { readonly sourceId: string; readonly schemaId: string } };
    readonly result: Schema;
  };
  readonly putSourceSchema: {
    readonly input: { readonly path: { readonly sourceId: string; readonly schemaId: string }; readonly body: SchemaInput };
    readonly result: Schema;
  };
  readonly updateSourceSchema: {
    readonly input: { readonly path: { readonly sourceId: string; readonly schemaId: string }; readonly body: readonly JsonPatchOperation[] };
    readonly result: Schema;
  };
  readonly deleteSourceSchema: {
    readonly input: { readonly path: { readonly sourceId: string; readonly schemaId: string } };
    readonly result: undefined;
  };
  readonly getAccountsSchema: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: string;
  };
  readonly importAccountsSchema: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: Schema;
  };
  readonly getEntitlementsSchema: {
    readonly input: { readonly path: { readonly id: string }; readonly query?: { readonly schemaName?: string | undefined } };
    readonly result: string;
  };
  readonly importEntitlementsSchema: {
    readonly input: { readonly path: { readonly id: string }; readonly query?: { readonly schemaName?: string | undefined } };
    readonly result: Schema;
  };
  readonly importEntitlements: {
    readonly input: { readonly path: { readonly sourceId: string } };
    readonly result: LoadEntitlementTask;
  };
  readonly importAccounts: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: LoadAccountsTask;
  };
  readonly deleteAccountsAsync: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: TaskResultDto;
  };
  readonly testSourceConnection: {
    readonly input: { readonly path: { readonly sourceId: string } };
    readonly result: StatusResponse;
  };
  readonly searchResourceObjects: {
    readonly input: { readonly path: { readonly sourceId: string }; readonly body: ResourceObjectsRequest };
    readonly result: ResourceObjectsResponse;
  };
  readonly getCorrelationConfig: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: CorrelationConfig;
  };
  readonly putCorrelationConfig: {
    readonly input: { readonly path: { readonly id: string }; readonly body: CorrelationConfigInput };
    readonly result: CorrelationConfig;
  };
  readonly listSegments: {
    readonly input: { readonly query?: { readonly offset?: number | undefined; readonly limit?: number | undefined; readonly count?: boolean | undefined } };
    readonly result: readonly Segment[];
  };
  readonly createSegment: {
    readonly input: { readonly body: SegmentInput };
    readonly result: Segment;
  };
  readonly getSegment: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: Segment;
  };
  readonly patchSegment: {
    readonly input: { readonly path: { readonly id: string }; readonly body: readonly JsonPatchOperation[] };
    readonly result: Segment;
  };
  readonly deleteSegment: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: undefined;
  };
  readonly getTaskStatusList: {
    readonly input: { readonly query?: { readonly offset?: number | undefined; readonly limit?: number | undefined; readonly count?: boolean | undefined; readonly filters?: string | undefined; readonly sorters?: string | undefined } };
    readonly result: readonly TaskStatus[];
  };
  readonly getTaskStatus: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: TaskStatus;
  };
  readonly listPersonalAccessTokens: {
    readonly input: { readonly query?: { readonly 'owner-id'?: string | undefined; readonly filters?: string | undefined } };
    readonly result: readonly GetPersonalAccessTokenResponse[];
  };
  readonly createPersonalAccessToken: {
    readonly input: { readonly body: CreatePersonalAccessTokenRequest };
    readonly result: CreatePersonalAccessTokenResponse;
  };
  readonly patchPersonalAccessToken: {
    readonly input: { readonly path: { readonly id: string }; readonly body: readonly JsonPatchOperation[] };
    readonly result: GetPersonalAccessTokenResponse;
  };
  readonly deletePersonalAccessToken: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: undefined;
  };
  readonly listOauthClients: {
    readonly input: { readonly query?: { readonly filters?: string | undefined } };
    readonly result: readonly GetOAuthClientResponse[];
  };
  readonly createOauthClient: {
    readonly input: { readonly body: CreateOAuthClientRequest };
    readonly result: CreateOAuthClientResponse;
  };
  readonly getOauthClient: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: GetOAuthClientResponse;
  };
  readonly patchOauthClient: {
    readonly input: { readonly path: { readonly id: string }; readonly body: readonly JsonPatchOperation[] };
    readonly result: GetOAuthClientResponse;
  };
  readonly deleteOauthClient: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: undefined;
  };
  readonly getAuthUser: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: AuthUser;
  };
  readonly patchAuthUser: {
    readonly input: { readonly path: { readonly id: string }; readonly body: readonly JsonPatchOperation[] };
    readonly result: AuthUser;
  };
  readonly getEntitlementState: {
    readonly input: { readonly path: { readonly id: string }; readonly query?: { readonly at?: string | undefined } };
    readonly result: EntitlementState;
  };
  readonly listEntitlementHistory: {
    readonly input: { readonly path: { readonly id: string }; readonly query?: { readonly offset?: number | undefined; readonly limit?: number | undefined; readonly count?: boolean | undefined } };
    readonly result: readonly HistoryEntry[];
  };
  readonly listChanges: {
    readonly input: { readonly query?: { readonly offset?: number | undefined; readonly limit?: number | undefined; readonly count?: boolean | undefined; readonly filters?: string | undefined; readonly sorters?: string | undefined; readonly searchAfter?: string | undefined } };
    readonly result: readonly Change[];
  };
  readonly getIdentityMapping: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: IdentityMapping;
  };
  readonly putIdentityMapping: {
    readonly input: { readonly path: { readonly id: string }; readonly body: IdentityMappingInput };
    readonly result: IdentityMapping;
  };
  readonly listTaskProblems: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: string;
  };
}

export type AccessModelMetadata = {
  readonly key: string;
  readonly name: string;
  readonly multiselect?: boolean;
  readonly status?: string;
  readonly type?: string;
  readonly objectTypes?: readonly string[];
  readonly description?: string;
  readonly values: readonly AttributeValueDTO[];
};

export type AccessModelMetadataBulkUpdateResponse = {
  readonly id: string;
  readonly type: string;
  readonly status: 'CREATED';
  readonly created: string;
};

export type AccessType = 'ONLINE' | 'OFFLINE';

export type Account = {
  readonly id: string;
  readonly name: string | null;
  readonly created: string;
  readonly modified: string;
  readonly sourceId: string;
  readonly sourceName: string;
  readonly identityId?: string;
  readonly cloudLifecycleState: string | null;
  readonly identityState: string | null;
  readonly connectionType: string | null;
  readonly isMachine: boolean;
  readonly recommendation: Recommendation | null;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly authoritative: boolean;
  readonly description: string | null;
  readonly disabled: boolean;
  readonly locked: boolean;
  readonly nativeIdentity: string;
  readonly systemAccount: boolean;
  readonly uncorrelated: boolean;
  readonly uuid: string | null;
  readonly manuallyCorrelated: boolean;
  readonly hasEntitlements: boolean;
  readonly identity?: {
    readonly type: 'IDENTITY';
    readonly id: string;
    readonly name?: string;
  };
  readonly sourceOwner?: {
    readonly type: 'IDENTITY';
    readonly id: string;
    readonly name?: string;
  };
  readonly features?: string | null;
  readonly origin?: 'AGGREGATED' | 'PROVISIONED' | null;
  readonly ownerIdentity?: {
    readonly type: 'IDENTITY';
    readonly id: string;
    readonly name?: string;
  };
};

export type AdditionalOwnerRef = {
  readonly type: 'IDENTITY' | 'GOVERNANCE_GROUP';
  readonly id: string;
  readonly name?: string;
};

export type AttributeDTO = {
  readonly key: string;
  readonly name: string;
  readonly multiselect: boolean;
  readonly status: string;
  readonly type: string;
  readonly objectTypes: readonly string[];
  readonly description?: string;
  readonly values: readonly AttributeValueDTO[];
};

export type AttributeDefinition = {
  readonly name: string;
  readonly nativeName: string | null;
  readonly type: 'STRING' | 'LONG' | 'INT' | 'BOOLEAN' | 'DATE';
  readonly schema: {
    readonly type: 'CONNECTOR_SCHEMA';
    readonly id: string;
    readonly name?: string;
  } | null;
  readonly description: string;
  readonly isMulti: boolean;
  readonly isEntitlement: boolean;
  readonly isGroup: boolean;
};

export type AttributeDefinitionInput = {
  readonly name: string;
  readonly nativeName?: string | null;
  readonly type?: 'STRING' | 'LONG' | 'INT' | 'BOOLEAN' | 'DATE' | null;
  readonly schema?: {
    readonly type?: 'CONNECTOR_SCHEMA';
    readonly id?: string | null;
    readonly name?: string | null;
  } | null;
  readonly description?: string | null;
  readonly isMulti?: boolean | null;
  readonly isEntitlement?: boolean | null;
  readonly isGroup?: boolean | null;
};

export type AttributeInput = {
  readonly key?: string | null;
  readonly name: string;
  readonly description?: string | null;
  readonly multiselect?: boolean | null;
  readonly values?: readonly AttributeValueInput[] | null;
  readonly isAdhoc?: false | null;
  readonly status?: 'active' | null;
  readonly type?: 'custom' | null;
  readonly objectTypes?: readonly string[] | null;
};

export type AttributeValueDTO = {
  readonly value: string;
  readonly name: string;
  readonly status?: string;
};

export type AttributeValueInput = {
  readonly value?: string | null;
  readonly name: string;
  readonly status?: 'active' | null;
  readonly type?: 'static' | null;
};

export type AuthUser = {
  readonly tenant: string;
  readonly id: string;
  readonly uid: string;
  readonly profile?: string;
  readonly identificationNumber: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly workPhone: string | null;
  readonly personalEmail: string | null;
  readonly firstname: string | null;
  readonly lastname: string | null;
  readonly displayName: string;
  readonly alias: string;
  readonly lastPasswordChangeDate: string | null;
  readonly lastLoginTimestamp?: number;
  readonly currentLoginTimestamp?: number;
  readonly lastUnlockTimestamp: string | null;
  readonly capabilities: readonly ('CERT_ADMIN' | 'CLOUD_GOV_ADMIN' | 'CLOUD_GOV_USER' | 'HELPDESK' | 'ORG_ADMIN' | 'REPORT_ADMIN' | 'ROLE_ADMIN' | 'ROLE_SUBADMIN' | 'SAAS_MANAGEMENT_ADMIN' | 'SAAS_MANAGEMENT_READER' | 'SOURCE_ADMIN' | 'SOURCE_SUBADMIN' | 'INTERNAL' | 'POLICY_ADMIN' | 'das:ui-administrator' | 'das:ui-compliance_manager' | 'das:ui-auditor' | 'das:ui-data-scope' | 'sp:aic-dashboard-read' | 'sp:aic-dashboard-write' | 'sp:ui-config-hub-admin' | 'sp:ui-config-hub-backup-admin' | 'sp:ui-config-hub-read')[] | null;
};

export type Change = {
  readonly number: number;
  readonly time: string;
  readonly kind: 'created' | 'updated' | 'deleted' | 'restored';
  readonly actor: {
    readonly id: string;
    readonly name?: string;
  } | null;
  readonly clientId: string | null;
  readonly taskId: string | null;
  readonly trackingId: string | null;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  readonly objectType: 'ENTITLEMENT' | 'ACCOUNT' | 'SOURCE' | 'CONNECTOR_SCHEMA' | 'IDENTITY' | 'CONNECTION' | 'CLIENT' | 'SIGNING_KEY' | 'METADATA_ATTRIBUTE' | 'SEGMENT';
  readonly objectId: string;
};

export type ClientType = 'CONFIDENTIAL' | 'PUBLIC';

export type CorrelationConfig = {
  readonly id?: string;
  readonly name?: string;
  readonly attributeAssignments: readonly {
    readonly property: string;
    readonly value: string;
    readonly operation?: 'EQ';
    readonly complex?: boolean;
    readonly ignoreCase?: boolean;
    readonly matchMode?: 'ANYWHERE' | 'START' | 'END';
    readonly filterString?: string;
  }[];
};

export type CorrelationConfigInput = {
  readonly id?: string | null;
  readonly name?: string | null;
  readonly attributeAssignments?: readonly {
    readonly property: string;
    readonly value: string;
    readonly operation?: 'EQ';
    readonly complex?: boolean;
    readonly ignoreCase?: boolean;
    readonly matchMode?: 'ANYWHERE' | 'START' | 'END';
    readonly filterString?: string;
    readonly sequence?: number;
  }[] | null;
};

export type CreateOAuthClientRequest = {
  readonly businessName?: string | null;
  readonly homepageUrl?: string | null;
  readonly name: string | null;
  readonly description: string | null;
  readonly accessTokenValiditySeconds: number;
  readonly refreshTokenValiditySeconds?: number;
  readonly redirectUris?: readonly string[] | null;
  readonly grantTypes: readonly GrantType[] | null;
  readonly accessType: AccessType;
  readonly type?: ClientType;
  readonly internal?: boolean;
  readonly enabled: boolean;
  readonly strongAuthSupported?: boolean;
  readonly claimsSupported?: boolean;
  readonly scope?: readonly string[] | null;
};

export type CreateOAuthClientResponse = {
  readonly id: string;
  readonly name: string;
  readonly accessTokenValiditySeconds: number;
  readonly refreshTokenValiditySeconds: number;
  readonly grantTypes: readonly GrantType[];
  readonly accessType: AccessType;
  readonly type: ClientType;
  readonly internal: boolean;
  readonly enabled: boolean;
  readonly strongAuthSupported: boolean;
  readonly claimsSupported: boolean;
  readonly created: string;
  readonly modified: string;
  readonly scope: readonly string[] | null;
  readonly secret: string;
  readonly businessName: string;
  readonly homepageUrl: string;
  readonly description: string;
  readonly redirectUris: readonly string[];
};

export type CreatePersonalAccessTokenRequest = {
  readonly name: string;
  readonly scope?: readonly string[] | null;
  readonly accessTokenValiditySeconds?: number | null;
  readonly expirationDate?: string | null;
  readonly userAwareTokenNeverExpires?: boolean | null;
};

export type CreatePersonalAccessTokenResponse = {
  readonly id: string;
  readonly secret: string;
  readonly scope: readonly string[] | null;
  readonly name: string;
  readonly owner: PatOwner;
  readonly created: string;
  readonly accessTokenValiditySeconds: number;
  readonly expirationDate: string;
};

export type Entitlement = {
  readonly id: string;
  readonly name: string;
  readonly attribute: string | null;
  readonly value: string;
  readonly sourceSchemaObjectType: string;
  readonly description: string | null;
  readonly cloudGoverned: boolean;
  readonly requestable: boolean;
  readonly owner: {
    readonly type: 'IDENTITY';
    readonly id: string;
    readonly name?: string;
  } | null;
  readonly manuallyUpdatedFields: {
    readonly DISPLAY_NAME: boolean;
    readonly DESCRIPTION: boolean;
  };
  readonly accessModelMetadata: {
    readonly attributes: readonly AccessModelMetadata[];
  };
  readonly created: string;
  readonly modified: string;
  readonly source: {
    readonly type: 'SOURCE';
    readonly id: string;
    readonly name?: string;
  };
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly segments: readonly string[] | null;
  readonly directPermissions: readonly PermissionDto[];
  readonly privileged: boolean;
  readonly additionalOwners: readonly AdditionalOwnerRef[] | null;
};

export type EntitlementAttributeBulkUpdateFilterRequest = {
  readonly filters: string;
  readonly operation: string;
  readonly replaceScope?: string | null;
  readonly values: readonly {
    readonly attribute: string;
    readonly values: readonly string[] | null;
  }[];
};

export type EntitlementAttributeBulkUpdateIdsRequest = {
  readonly entitlements: readonly string[];
  readonly operation: string;
  readonly replaceScope?: string | null;
  readonly values: readonly {
    readonly attribute: string;
    readonly values: readonly string[] | null;
  }[];
};

export type EntitlementAttributeBulkUpdateQueryRequest = {
  readonly query: Readonly<Record<string, unknown>>;
  readonly operation: string;
  readonly replaceScope?: string | null;
  readonly values: readonly {
    readonly attribute: string;
    readonly values: readonly string[] | null;
  }[];
};

export type EntitlementConnection = {
  readonly connectionId: string;
  readonly identityId?: string;
  readonly accountId: string;
  readonly entitlementId: string;
  readonly sourceId: string;
  readonly standalone: boolean;
  readonly attributeName?: string;
  readonly attributeValue: string;
  readonly type: 'JIT' | 'STANDING' | 'NA';
  readonly modified?: string;
};

export type EntitlementConnectionAccount = {
  readonly id: string;
  readonly name: string | null;
  readonly nativeIdentity: string;
};

export type EntitlementConnectionBulkUpdateItem = {
  readonly connectionId: string;
  readonly type: 'JIT' | 'STANDING';
};

export type EntitlementConnectionBulkUpdateResultItem = {
  readonly connectionId: string;
  readonly type: 'JIT' | 'STANDING';
  readonly status: number;
  readonly description: string;
};

export type EntitlementConnectionSearchHit = {
  readonly id: string;
  readonly identity?: {
    readonly type: 'IDENTITY';
    readonly id: string;
    readonly name?: string;
    readonly alias?: string;
  };
  readonly account: EntitlementConnectionAccount;
  readonly entitlement: EntitlementConnectionSearchHitEntitlement;
  readonly source: {
    readonly id: string;
    readonly name: string;
  };
  readonly standalone: boolean;
  readonly type: 'JIT' | 'STANDING' | 'NA';
};

export type EntitlementConnectionSearchHitEntitlement = {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly description?: string;
  readonly attribute?: string;
  readonly value: string;
  readonly sourceSchemaObjectType: string;
  readonly privilegeLevel: {
    readonly effective: 'NONE' | 'LOW' | 'MEDIUM' | 'HIGH';
  };
};

export type EntitlementPrivilegeLevel = {
  readonly direct: 'HIGH' | 'LOW' | 'MEDIUM' | 'NONE';
  readonly setBy?: string;
  readonly setByType?: 'OVERRIDE' | 'CUSTOM_CRITERIA' | 'CONNECTOR_CRITERIA' | 'SINGLE_LEVEL_CRITERIA';
  readonly inherited: 'HIGH' | 'LOW' | 'MEDIUM' | 'NONE';
  readonly effective: 'HIGH' | 'LOW' | 'MEDIUM' | 'NONE';
};

export type EntitlementState = {
  readonly id: string;
  readonly name: string;
  readonly attribute: string | null;
  readonly value: string;
  readonly sourceSchemaObjectType: string;
  readonly description: string | null;
  readonly requestable: boolean;
  readonly owner: {
    readonly type: 'IDENTITY';
    readonly id: string;
    readonly name?: string;
  } | null;
  readonly manuallyUpdatedFields: {
    readonly DISPLAY_NAME: boolean;
    readonly DESCRIPTION: boolean;
  };
  readonly accessModelMetadata: {
    readonly attributes: readonly AccessModelMetadata[];
  };
  readonly created: string;
  readonly modified: string | null;
  readonly source: {
    readonly type: 'SOURCE';
    readonly id: string;
    readonly name?: string;
  };
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly segments: readonly string[] | null;
  readonly directPermissions: readonly PermissionDto[];
  readonly privilegeLevel: {
    readonly direct: 'HIGH' | 'LOW' | 'MEDIUM' | 'NONE';
    readonly setBy?: string;
    readonly setByType?: 'OVERRIDE' | 'CUSTOM_CRITERIA' | 'CONNECTOR_CRITERIA' | 'SINGLE_LEVEL_CRITERIA';
  };
  readonly additionalOwners: readonly AdditionalOwnerRef[] | null;
  readonly isListed: boolean;
  readonly parents: readonly string[];
};

export type EntitlementV2 = {
  readonly id: string;
  readonly name: string;
  readonly attribute: string | null;
  readonly value: string;
  readonly sourceSchemaObjectType: string;
  readonly description: string | null;
  readonly cloudGoverned: boolean;
  readonly requestable: boolean;
  readonly owner: {
    readonly type: 'IDENTITY';
    readonly id: string;
    readonly name?: string;
  } | null;
  readonly manuallyUpdatedFields: {
    readonly DISPLAY_NAME: boolean;
    readonly DESCRIPTION: boolean;
  };
  readonly accessModelMetadata: {
    readonly attributes: readonly AccessModelMetadata[];
  };
  readonly created: string;
  readonly modified: string;
  readonly source: {
    readonly type: 'SOURCE';
    readonly id: string;
    readonly name?: string;
  };
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly segments: readonly string[] | null;
  readonly directPermissions: readonly PermissionDto[];
  readonly privilegeLevel: EntitlementPrivilegeLevel;
  readonly tags: readonly string[];
};

export type Expression = {
  readonly operator: 'AND' | 'EQUALS';
  readonly attribute?: string | null;
  readonly value?: Value | null;
  readonly children?: readonly {
    readonly operator: 'AND' | 'EQUALS';
    readonly attribute?: string | null;
    readonly value?: Value | null;
    readonly children?: null;
  }[] | null;
};

export type GetOAuthClientResponse = {
  readonly id: string;
  readonly name: string;
  readonly accessTokenValiditySeconds: number;
  readonly refreshTokenValiditySeconds: number;
  readonly grantTypes: readonly GrantType[];
  readonly accessType: AccessType;
  readonly type: ClientType;
  readonly internal: boolean;
  readonly enabled: boolean;
  readonly strongAuthSupported: boolean;
  readonly claimsSupported: boolean;
  readonly created: string;
  readonly modified: string;
  readonly scope: readonly string[] | null;
  readonly businessName: string | null;
  readonly homepageUrl: string | null;
  readonly description: string | null;
  readonly redirectUris: readonly string[] | null;
  readonly secret: string | null;
  readonly metadata: string | null;
  readonly lastUsed: string | null;
};

export type GetPersonalAccessTokenResponse = {
  readonly id: string;
  readonly name: string;
  readonly scope: readonly string[] | null;
  readonly owner: PatOwner;
  readonly created: string;
  readonly lastUsed: string | null;
  readonly managed: boolean;
  readonly accessTokenValiditySeconds: number;
  readonly expirationDate: string | null;
  readonly userAwareTokenNeverExpires: boolean;
};

export type GrantType = 'CLIENT_CREDENTIALS' | 'AUTHORIZATION_CODE' | 'REFRESH_TOKEN';

export type HistoryEntry = {
  readonly number: number;
  readonly time: string;
  readonly kind: 'created' | 'updated' | 'deleted' | 'restored';
  readonly actor: {
    readonly id: string;
    readonly name?: string;
  } | null;
  readonly clientId: string | null;
  readonly taskId: string | null;
  readonly trackingId: string | null;
  readonly before: RecordedEntitlement | null;
  readonly after: RecordedEntitlement | null;
};

export type Identity = {
  readonly id: string;
  readonly name: string;
  readonly alias: string;
  readonly emailAddress: string | null;
  readonly processingState: 'ERROR' | 'OK' | null;
  readonly identityStatus: 'UNREGISTERED' | 'REGISTERED' | 'PENDING' | 'WARNING' | 'DISABLED' | 'ACTIVE' | 'DEACTIVATED' | 'TERMINATED' | 'ERROR' | 'LOCKED';
  readonly managerRef: {
    readonly type: 'IDENTITY';
    readonly id: string;
    readonly name: string;
  } | null;
  readonly isManager: boolean;
  readonly lastRefresh: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly lifecycleState: LifecycleStateDto | null;
  readonly created: string;
  readonly modified: string;
};

export type IdentityMapping = {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly lifecycleStates: Readonly<Record<string, unknown>>;
};

export type IdentityMappingInput = {
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly lifecycleStates?: Readonly<Record<string, unknown>>;
};

export type IdentityReference = {
  readonly type: 'IDENTITY';
  readonly id: string;
  readonly name: string;
};

export type JsonPatchOperation = {
  readonly op: 'add' | 'remove' | 'replace' | 'move' | 'copy' | 'test';
  readonly path: string;
  readonly from?: string;
  readonly value?: unknown;
};

export type LifecycleStateDto = {
  readonly stateName: string;
  readonly manuallyUpdated: boolean;
};

export type LoadAccountsTask = {
  readonly success: boolean;
  readonly task: {
    readonly id: string;
    readonly type: string;
    readonly name: string;
    readonly description: string;
    readonly launcher: string;
    readonly created: string;
    readonly launched: string | null;
    readonly completed: string | null;
    readonly completionStatus: 'SUCCESS' | 'WARNING' | 'ERROR' | 'TERMINATED' | 'TEMP_ERROR' | null;
    readonly parentName: string | null;
    readonly messages: readonly {
      readonly type: 'INFO' | 'WARN' | 'ERROR';
      readonly error: boolean;
      readonly warning: boolean;
      readonly key: string;
      readonly localizedText: string;
    }[];
    readonly progress: string | null;
    readonly attributes: {
      readonly appId: string;
      readonly optimizedAggregation: 'enabled' | 'disabled';
    };
    readonly returns: readonly {
      readonly displayLabel: string;
      readonly attributeName: string;
    }[];
  };
};

export type LoadEntitlementTask = {
  readonly id: string;
  readonly type: string;
  readonly uniqueName: string;
  readonly name: string;
  readonly description: string;
  readonly launcher: string;
  readonly created: string;
  readonly returns: readonly {
    readonly displayLabel: string;
    readonly attributeName: string;
  }[];
};

export type PatOwner = {
  readonly type: 'IDENTITY';
  readonly id: string;
  readonly name: string;
};

export type PermissionDto = {
  readonly rights: readonly string[];
  readonly target: string;
};

export type PublicIdentity = {
  readonly id: string;
  readonly name: string;
  readonly alias: string;
  readonly email: string | null;
  readonly status: string | null;
  readonly identityState: 'ACTIVE' | 'INACTIVE_SHORT_TERM' | 'INACTIVE_LONG_TERM' | null;
  readonly manager?: IdentityReference;
  readonly attributes: readonly {
    readonly key: string;
    readonly name: string;
    readonly value: string | null;
  }[];
};

export type Recommendation = {
  readonly type: 'HUMAN' | 'MACHINE';
  readonly method: 'DISCOVERY' | 'SOURCE' | 'CRITERIA';
};

export type RecordedEntitlement = {
  readonly source?: {
    readonly type: 'SOURCE';
    readonly id: string;
    readonly name?: string;
  };
  readonly sourceSchemaObjectType?: string;
  readonly created?: string;
  readonly value?: string;
  readonly isListed?: boolean;
  readonly fromSource?: {
    readonly name?: string | null;
    readonly description?: string | null;
    readonly privilegeLevel?: string | null;
  };
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly directPermissions?: readonly PermissionDto[] | null;
  readonly parents?: readonly string[];
  readonly manual?: {
    readonly name?: string | null;
    readonly description?: string | null;
  };
  readonly manuallyUpdatedFields?: {
    readonly DISPLAY_NAME?: boolean;
    readonly DESCRIPTION?: boolean;
  };
  readonly owner?: {
    readonly type: 'IDENTITY';
    readonly id: string;
    readonly name?: string;
  } | null;
  readonly additionalOwners?: readonly AdditionalOwnerRef[] | null;
  readonly requestable?: boolean;
  readonly privilegeOverride?: {
    readonly level?: string | null;
    readonly setBy?: string | null;
  };
  readonly segments?: readonly string[] | null;
  readonly accessModelMetadata?: {
    readonly attributes: readonly {
      readonly key: string;
      readonly values: readonly {
        readonly value: string;
      }[];
    }[];
  } | null;
};

export type ResourceObject = {
  readonly identity: string;
  readonly name: string;
  readonly objectType: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly incomplete: boolean;
  readonly incremental: boolean;
  readonly delete: boolean;
  readonly remove: boolean;
  readonly missing: readonly string[];
  readonly finalUpdate: boolean;
};

export type ResourceObjectsRequest = {
  readonly objectType?: string;
  readonly maxCount?: number;
};

export type ResourceObjectsResponse = {
  readonly id: string;
  readonly name: string;
  readonly objectCount: number;
  readonly elapsedMillis: number;
  readonly resourceObjects: readonly ResourceObject[];
};

export type Schema = {
  readonly id: string;
  readonly name: string;
  readonly nativeObjectType: string;
  readonly identityAttribute?: string;
  readonly displayAttribute?: string;
  readonly hierarchyAttribute: string | null;
  readonly includePermissions: boolean;
  readonly features: readonly ('AUTHENTICATE' | 'COMPOSITE' | 'DIRECT_PERMISSIONS' | 'DISCOVER_SCHEMA' | 'ENABLE' | 'MANAGER_LOOKUP' | 'NO_RANDOM_ACCESS' | 'PROXY' | 'SEARCH' | 'TEMPLATE' | 'UNLOCK' | 'UNSTRUCTURED_TARGETS' | 'SHAREPOINT_TARGET' | 'PROVISIONING' | 'GROUP_PROVISIONING' | 'SYNC_PROVISIONING' | 'PASSWORD' | 'CURRENT_PASSWORD' | 'ACCOUNT_ONLY_REQUEST' | 'ADDITIONAL_ACCOUNT_REQUEST' | 'NO_AGGREGATION' | 'GROUPS_HAVE_MEMBERS' | 'NO_PERMISSIONS_PROVISIONING' | 'NO_GROUP_PERMISSIONS_PROVISIONING' | 'NO_UNSTRUCTURED_TARGETS_PROVISIONING' | 'NO_DIRECT_PERMISSIONS_PROVISIONING' | 'PREFER_UUID' | 'ARM_SECURITY_EXTRACT' | 'ARM_UTILIZATION_EXTRACT' | 'ARM_CHANGELOG_EXTRACT' | 'USES_UUID' | 'APPLICATION_DISCOVERY' | 'DELETE')[];
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly attributes: readonly AttributeDefinition[];
  readonly created: string;
  readonly modified: string;
};

export type SchemaInput = {
  readonly id?: string | null;
  readonly name?: string | null;
  readonly nativeObjectType?: string | null;
  readonly identityAttribute?: string | null;
  readonly displayAttribute?: string | null;
  readonly hierarchyAttribute?: string | null;
  readonly includePermissions?: boolean | null;
  readonly features?: readonly ('AUTHENTICATE' | 'COMPOSITE' | 'DIRECT_PERMISSIONS' | 'DISCOVER_SCHEMA' | 'ENABLE' | 'MANAGER_LOOKUP' | 'NO_RANDOM_ACCESS' | 'PROXY' | 'SEARCH' | 'TEMPLATE' | 'UNLOCK' | 'UNSTRUCTURED_TARGETS' | 'SHAREPOINT_TARGET' | 'PROVISIONING' | 'GROUP_PROVISIONING' | 'SYNC_PROVISIONING' | 'PASSWORD' | 'CURRENT_PASSWORD' | 'ACCOUNT_ONLY_REQUEST' | 'ADDITIONAL_ACCOUNT_REQUEST' | 'NO_AGGREGATION' | 'GROUPS_HAVE_MEMBERS' | 'NO_PERMISSIONS_PROVISIONING' | 'NO_GROUP_PERMISSIONS_PROVISIONING' | 'NO_UNSTRUCTURED_TARGETS_PROVISIONING' | 'NO_DIRECT_PERMISSIONS_PROVISIONING' | 'PREFER_UUID' | 'ARM_SECURITY_EXTRACT' | 'ARM_UTILIZATION_EXTRACT' | 'ARM_CHANGELOG_EXTRACT' | 'USES_UUID' | 'APPLICATION_DISCOVERY' | 'DELETE')[] | null;
  readonly configuration?: Readonly<Record<string, unknown>> | null;
  readonly attributes?: readonly AttributeDefinitionInput[] | null;
  readonly created?: string | null;
  readonly modified?: string | null;
};

export type Segment = {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly owner: {
    readonly type: 'IDENTITY';
    readonly id: string;
    readonly name?: string;
  } | null;
  readonly visibilityCriteria: VisibilityCriteria | null;
  readonly active: boolean;
  readonly created: string;
  readonly modified: string;
};

export type SegmentInput = {
  readonly id?: string | null;
  readonly name: string;
  readonly description?: string | null;
  readonly owner?: {
    readonly type?: 'IDENTITY';
    readonly id: string;
    readonly name?: string | null;
  } | null;
  readonly visibilityCriteria?: VisibilityCriteria | null;
  readonly active?: boolean | null;
  readonly created?: string | null;
  readonly modified?: string | null;
};

export type Source = {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly owner: {
    readonly type: 'IDENTITY';
    readonly id: string;
    readonly name?: string;
  } | null;
  readonly cluster: {
    readonly type?: 'CLUSTER';
    readonly id?: string;
    readonly name?: string | null;
  } | null;
  readonly accountCorrelationConfig: {
    readonly type?: 'ACCOUNT_CORRELATION_CONFIG';
    readonly id?: string;
    readonly name?: string | null;
  } | null;
  readonly accountCorrelationRule: {
    readonly type?: 'RULE';
    readonly id?: string;
    readonly name?: string | null;
  } | null;
  readonly managerCorrelationMapping: {
    readonly accountAttributeName?: string;
    readonly identityAttributeName?: string;
  } | null;
  readonly managerCorrelationRule: {
    readonly type?: 'RULE';
    readonly id?: string;
    readonly name?: string | null;
  } | null;
  readonly beforeProvisioningRule: {
    readonly type?: 'RULE';
    readonly id?: string;
    readonly name?: string | null;
  } | null;
  readonly schemas: readonly {
    readonly type: 'CONNECTOR_SCHEMA';
    readonly id: string;
    readonly name?: string;
  }[];
  readonly passwordPolicies: readonly {
    readonly type?: 'PASSWORD_POLICY';
    readonly id?: string;
    readonly name?: string | null;
  }[] | null;
  readonly features: readonly ('AUTHENTICATE' | 'COMPOSITE' | 'DIRECT_PERMISSIONS' | 'DISCOVER_SCHEMA' | 'ENABLE' | 'MANAGER_LOOKUP' | 'NO_RANDOM_ACCESS' | 'PROXY' | 'SEARCH' | 'TEMPLATE' | 'UNLOCK' | 'UNSTRUCTURED_TARGETS' | 'SHAREPOINT_TARGET' | 'PROVISIONING' | 'GROUP_PROVISIONING' | 'SYNC_PROVISIONING' | 'PASSWORD' | 'CURRENT_PASSWORD' | 'ACCOUNT_ONLY_REQUEST' | 'ADDITIONAL_ACCOUNT_REQUEST' | 'NO_AGGREGATION' | 'GROUPS_HAVE_MEMBERS' | 'NO_PERMISSIONS_PROVISIONING' | 'NO_GROUP_PERMISSIONS_PROVISIONING' | 'NO_UNSTRUCTURED_TARGETS_PROVISIONING' | 'NO_DIRECT_PERMISSIONS_PROVISIONING' | 'PREFER_UUID' | 'ARM_SECURITY_EXTRACT' | 'ARM_UTILIZATION_EXTRACT' | 'ARM_CHANGELOG_EXTRACT' | 'USES_UUID' | 'APPLICATION_DISCOVERY' | 'DELETE')[];
  readonly type: string;
  readonly connector: string;
  readonly connectorClass?: string;
  readonly connectorAttributes: Readonly<Record<string, unknown>>;
  readonly deleteThreshold?: number;
  readonly authoritative: boolean;
  readonly managementWorkgroup: {
    readonly type?: 'GOVERNANCE_GROUP';
    readonly id?: string;
    readonly name?: string | null;
  } | null;
  readonly healthy: boolean;
  readonly status: 'SOURCE_STATE_ERROR_ACCOUNT_FILE_IMPORT' | 'SOURCE_STATE_ERROR_CLUSTER' | 'SOURCE_STATE_ERROR_SOURCE' | 'SOURCE_STATE_ERROR_VA' | 'SOURCE_STATE_FAILURE_CLUSTER' | 'SOURCE_STATE_FAILURE_SOURCE' | 'SOURCE_STATE_HEALTHY' | 'SOURCE_STATE_UNCHECKED_CLUSTER' | 'SOURCE_STATE_UNCHECKED_CLUSTER_NO_SOURCES' | 'SOURCE_STATE_UNCHECKED_SOURCE' | 'SOURCE_STATE_UNCHECKED_SOURCE_NO_ACCOUNTS';
  readonly since: string;
  readonly connectorId?: string;
  readonly connectorName: string;
  readonly connectionType: string;
  readonly connectorImplementationId?: string;
  readonly created: string;
  readonly modified: string;
  readonly credentialProviderEnabled: boolean;
  readonly category: string | null;
};

export type SourceInput = {
  readonly id?: string | null;
  readonly name: string;
  readonly description?: string | null;
  readonly owner: {
    readonly type?: 'IDENTITY';
    readonly id: string;
    readonly name?: string | null;
  } | null;
  readonly cluster?: {
    readonly type?: 'CLUSTER';
    readonly id?: string;
    readonly name?: string | null;
  } | null;
  readonly accountCorrelationConfig?: {
    readonly type?: 'ACCOUNT_CORRELATION_CONFIG';
    readonly id?: string;
    readonly name?: string | null;
  } | null;
  readonly accountCorrelationRule?: {
    readonly type?: 'RULE';
    readonly id?: string;
    readonly name?: string | null;
  } | null;
  readonly managerCorrelationMapping?: {
    readonly accountAttributeName?: string;
    readonly identityAttributeName?: string;
  } | null;
  readonly managerCorrelationRule?: {
    readonly type?: 'RULE';
    readonly id?: string;
    readonly name?: string | null;
  } | null;
  readonly beforeProvisioningRule?: {
    readonly type?: 'RULE';
    readonly id?: string;
    readonly name?: string | null;
  } | null;
  readonly schemas?: readonly {
    readonly type?: 'CONNECTOR_SCHEMA';
    readonly id?: string;
    readonly name?: string | null;
  }[] | null;
  readonly passwordPolicies?: readonly {
    readonly type?: 'PASSWORD_POLICY';
    readonly id?: string;
    readonly name?: string | null;
  }[] | null;
  readonly features?: readonly ('AUTHENTICATE' | 'COMPOSITE' | 'DIRECT_PERMISSIONS' | 'DISCOVER_SCHEMA' | 'ENABLE' | 'MANAGER_LOOKUP' | 'NO_RANDOM_ACCESS' | 'PROXY' | 'SEARCH' | 'TEMPLATE' | 'UNLOCK' | 'UNSTRUCTURED_TARGETS' | 'SHAREPOINT_TARGET' | 'PROVISIONING' | 'GROUP_PROVISIONING' | 'SYNC_PROVISIONING' | 'PASSWORD' | 'CURRENT_PASSWORD' | 'ACCOUNT_ONLY_REQUEST' | 'ADDITIONAL_ACCOUNT_REQUEST' | 'NO_AGGREGATION' | 'GROUPS_HAVE_MEMBERS' | 'NO_PERMISSIONS_PROVISIONING' | 'NO_GROUP_PERMISSIONS_PROVISIONING' | 'NO_UNSTRUCTURED_TARGETS_PROVISIONING' | 'NO_DIRECT_PERMISSIONS_PROVISIONING' | 'PREFER_UUID' | 'ARM_SECURITY_EXTRACT' | 'ARM_UTILIZATION_EXTRACT' | 'ARM_CHANGELOG_EXTRACT' | 'USES_UUID' | 'APPLICATION_DISCOVERY' | 'DELETE')[] | null;
  readonly type?: string | null;
  readonly connector?: string | null;
  readonly connectorClass?: string | null;
  readonly connectorAttributes?: Readonly<Record<string, unknown>> | null;
  readonly deleteThreshold?: number | null;
  readonly authoritative?: boolean | null;
  readonly managementWorkgroup?: {
    readonly type?: 'GOVERNANCE_GROUP';
    readonly id?: string;
    readonly name?: string | null;
  } | null;
  readonly healthy?: boolean | null;
  readonly status?: string | null;
  readonly since?: string | null;
  readonly connectorId?: string | null;
  readonly connectorName?: string | null;
  readonly connectionType?: string | null;
  readonly connectorImplementationId?: string | null;
  readonly created?: string | null;
  readonly modified?: string | null;
  readonly credentialProviderEnabled?: boolean | null;
  readonly category?: string | null;
};

export type StatusResponse = {
  readonly id: string;
  readonly name: string;
  readonly status: 'SUCCESS' | 'FAILURE';
  readonly elapsedMillis: number;
  readonly details: {
    readonly kind?: 'unusable' | 'unavailable' | 'denied';
    readonly error?: string;
  };
};

export type TaskResultDto = {
  readonly type: 'TASK_RESULT';
  readonly id: string;
  readonly name: string;
};

export type TaskReturnDetails = {
  readonly name: string;
  readonly attributeName: string;
};

export type TaskStatus = {
  readonly id: string;
  readonly type: 'QUARTZ' | 'QPOC' | 'QUEUED_TASK';
  readonly uniqueName: string;
  readonly description: string;
  readonly parentName: string | null;
  readonly launcher: string;
  readonly target?: {
    readonly id: string;
    readonly type: 'APPLICATION' | 'IDENTITY';
    readonly name: string;
  } | null;
  readonly created: string;
  readonly modified: string | null;
  readonly launched: string | null;
  readonly completed: string | null;
  readonly completionStatus: 'SUCCESS' | 'WARNING' | 'ERROR' | 'TERMINATED' | 'TEMPERROR' | null;
  readonly messages: readonly TaskStatusMessage[];
  readonly returns: readonly TaskReturnDetails[];
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly progress: string | null;
  readonly percentComplete: number;
};

export type TaskStatusMessage = {
  readonly type: 'INFO' | 'WARN' | 'ERROR';
  readonly localizedText: {
    readonly locale: string;
    readonly message: string;
  };
  readonly key: string;
  readonly parameters: readonly string[];
};

export type Value = {
  readonly type?: string;
  readonly value: string;
};

export type VisibilityCriteria = {
  readonly expression: Expression;
};
