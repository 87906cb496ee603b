// Generated from the OpenAPI documents by "npm run generate". Do not edit.

/** The method, the path and the media type of the body of each operation. */
export const operations = {
  listEntitlements: { method: 'GET', path: '/v2026/entitlements' },
  getEntitlement: { method: 'GET', path: '/v2026/entitlements/{id}' },
  patchEntitlement: { method: 'PATCH', path: '/v2026/entitlements/{id}', mediaType: 'application/json-patch+json' },
  updateEntitlementsInBulk: { method: 'POST', path: '/v2026/entitlements/bulk-update', mediaType: 'application/json' },
  listEntitlementParents: { method: 'GET', path: '/v2026/entitlements/{id}/parents' },
  listEntitlementChildren: { method: 'GET', path: '/v2026/entitlements/{id}/children' },
  importEntitlementsBySource: { method: 'POST', path: '/v2026/entitlements/aggregate/sources/{id}', mediaType: 'multipart/form-data' },
  resetSourceEntitlements: { method: 'POST', path: '/v2026/entitlements/reset/sources/{id}' },
  listEntitlementsByAccount: { method: 'GET', path: '/v2026/entitlements/account/{accountId}/entitlements' },
  listEntitlementsByIdentity: { method: 'GET', path: '/v2026/entitlements/identities/{id}/entitlements' },
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
  createAccount: { method: 'POST', path: '/v2026/accounts', mediaType: 'application/json' },
  getAccount: { method: 'GET', path: '/v2026/accounts/{id}' },
  putAccount: { method: 'PUT', path: '/v2026/accounts/{id}', mediaType: 'application/json' },
  updateAccount: { method: 'PATCH', path: '/v2026/accounts/{id}', mediaType: 'application/json-patch+json' },
  deleteAccount: { method: 'DELETE', path: '/v2026/accounts/{id}' },
  getAccountEntitlements: { method: 'GET', path: '/v2026/accounts/{id}/entitlements' },
  submitReloadAccount: { method: 'POST', path: '/v2026/accounts/{id}/reload' },
  enableAccount: { method: 'POST', path: '/v2026/accounts/{id}/enable', mediaType: 'application/json' },
  disableAccount: { method: 'POST', path: '/v2026/accounts/{id}/disable', mediaType: 'application/json' },
  unlockAccount: { method: 'POST', path: '/v2026/accounts/{id}/unlock', mediaType: 'application/json' },
  enableAccountForIdentity: { method: 'POST', path: '/v2026/identities-accounts/{id}/enable' },
  enableAccountsForIdentities: { method: 'POST', path: '/v2026/identities-accounts/enable', mediaType: 'application/json' },
  disableAccountForIdentity: { method: 'POST', path: '/v2026/identities-accounts/{id}/disable' },
  disableAccountsForIdentities: { method: 'POST', path: '/v2026/identities-accounts/disable', mediaType: 'application/json' },
  deleteAccountAsync: { method: 'POST', path: '/v2026/accounts/{id}/remove' },
  listEntitlementConnections: { method: 'GET', path: '/v2026/entitlement-connections' },
  patchEntitlementConnectionByQuery: { method: 'PATCH', path: '/v2026/entitlement-connections', mediaType: 'application/json-patch+json' },
  updateEntitlementConnectionsBulk: { method: 'POST', path: '/v2026/entitlement-connections', mediaType: 'application/json' },
  listEntitlementConnectionsForCurrentIdentity: { method: 'GET', path: '/v2026/entitlement-connections/current-identity' },
  patchEntitlementConnectionById: { method: 'PATCH', path: '/v2026/entitlement-connections/{connectionId}', mediaType: 'application/json-patch+json' },
  getEntitlementDetailsForIdentity: { method: 'GET', path: '/v2026/revocable-objects' },
  listIdentities: { method: 'GET', path: '/v2026/identities' },
  getIdentity: { method: 'GET', path: '/v2026/identities/{id}' },
  deleteIdentity: { method: 'DELETE', path: '/v2026/identities/{id}' },
  getIdentityOwnershipDetails: { method: 'GET', path: '/v2026/identities/{identityId}/ownership' },
  getRoleAssignments: { method: 'GET', path: '/v2026/identities/{identityId}/role-assignments' },
  getRoleAssignment: { method: 'GET', path: '/v2026/identities/{identityId}/role-assignments/{assignmentId}' },
  startIdentityProcessing: { method: 'POST', path: '/v2026/identities/process', mediaType: 'application/json' },
  resetIdentity: { method: 'POST', path: '/v2026/identities/{id}/reset' },
  getPublicIdentities: { method: 'GET', path: '/v2026/public-identities' },
  listHistoricalIdentities: { method: 'GET', path: '/v2026/historical-identities' },
  getHistoricalIdentity: { method: 'GET', path: '/v2026/historical-identities/{id}' },
  listIdentityAccessItems: { method: 'GET', path: '/v2026/historical-identities/{id}/access-items' },
  listIdentitySnapshots: { method: 'GET', path: '/v2026/historical-identities/{id}/snapshots' },
  getIdentitySnapshotSummary: { method: 'GET', path: '/v2026/historical-identities/{id}/snapshot-summary' },
  getIdentitySnapshot: { method: 'GET', path: '/v2026/historical-identities/{id}/snapshots/{date}' },
  listIdentitySnapshotAccessItems: { method: 'GET', path: '/v2026/historical-identities/{id}/snapshots/{date}/access-items' },
  getHistoricalIdentityEvents: { method: 'GET', path: '/v2026/historical-identities/{id}/events' },
  getIdentityStartDate: { method: 'GET', path: '/v2026/historical-identities/{id}/start-date' },
  compareIdentitySnapshots: { method: 'GET', path: '/v2026/historical-identities/{id}/compare' },
  compareIdentitySnapshotsAccessType: { method: 'GET', path: '/v2026/historical-identities/{id}/compare/{accessType}' },
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
  importUncorrelatedAccounts: { method: 'POST', path: '/v2026/sources/{id}/load-uncorrelated-accounts', mediaType: 'multipart/form-data' },
  deleteAccountsAsync: { method: 'POST', path: '/v2026/sources/{id}/remove-accounts' },
  testSourceConnection: { method: 'POST', path: '/v2026/sources/{sourceId}/connector/check-connection' },
  testSourceConfiguration: { method: 'POST', path: '/v2026/sources/{sourceId}/connector/test-configuration' },
  pingCluster: { method: 'POST', path: '/v2026/sources/{sourceId}/connector/ping-cluster' },
  importConnectorFile: { method: 'POST', path: '/v2026/sources/{sourceId}/upload-connector-file', mediaType: 'multipart/form-data' },
  getSourceConfig: { method: 'GET', path: '/v2026/sources/{id}/connectors/source-config' },
  listPasswordPolicyHoldersOnSource: { method: 'GET', path: '/v2026/sources/{sourceId}/password-policies' },
  updatePasswordPolicyHolders: { method: 'PATCH', path: '/v2026/sources/{sourceId}/password-policies', mediaType: 'application/json' },
  searchResourceObjects: { method: 'POST', path: '/v2026/sources/{sourceId}/connector/peek-resource-objects', mediaType: 'application/json' },
  getCorrelationConfig: { method: 'GET', path: '/v2026/sources/{id}/correlation-config' },
  putCorrelationConfig: { method: 'PUT', path: '/v2026/sources/{id}/correlation-config', mediaType: 'application/json' },
  getSourceConnections: { method: 'GET', path: '/v2026/sources/{sourceId}/connections' },
  getSourceHealth: { method: 'GET', path: '/v2026/sources/{sourceId}/source-health' },
  getSourceSchedules: { method: 'GET', path: '/v2026/sources/{sourceId}/schedules' },
  createSourceSchedule: { method: 'POST', path: '/v2026/sources/{sourceId}/schedules', mediaType: 'application/json' },
  getSourceSchedule: { method: 'GET', path: '/v2026/sources/{sourceId}/schedules/{scheduleType}' },
  updateSourceSchedule: { method: 'PATCH', path: '/v2026/sources/{sourceId}/schedules/{scheduleType}', mediaType: 'application/json-patch+json' },
  deleteSourceSchedule: { method: 'DELETE', path: '/v2026/sources/{sourceId}/schedules/{scheduleType}' },
  listProvisioningPolicies: { method: 'GET', path: '/v2026/sources/{sourceId}/provisioning-policies' },
  createProvisioningPolicy: { method: 'POST', path: '/v2026/sources/{sourceId}/provisioning-policies', mediaType: 'application/json' },
  getProvisioningPolicy: { method: 'GET', path: '/v2026/sources/{sourceId}/provisioning-policies/{usageType}' },
  putProvisioningPolicy: { method: 'PUT', path: '/v2026/sources/{sourceId}/provisioning-policies/{usageType}', mediaType: 'application/json' },
  updateProvisioningPolicy: { method: 'PATCH', path: '/v2026/sources/{sourceId}/provisioning-policies/{usageType}', mediaType: 'application/json-patch+json' },
  deleteProvisioningPolicy: { method: 'DELETE', path: '/v2026/sources/{sourceId}/provisioning-policies/{usageType}' },
  updateProvisioningPoliciesInBulk: { method: 'POST', path: '/v2026/sources/{sourceId}/provisioning-policies/bulk-update', mediaType: 'application/json' },
  getSourceAttrSyncConfig: { method: 'GET', path: '/v2026/sources/{id}/attribute-sync-config' },
  putSourceAttrSyncConfig: { method: 'PUT', path: '/v2026/sources/{id}/attribute-sync-config', mediaType: 'application/json' },
  getNativeChangeDetectionConfig: { method: 'GET', path: '/v2026/sources/{sourceId}/native-change-detection-config' },
  putNativeChangeDetectionConfig: { method: 'PUT', path: '/v2026/sources/{sourceId}/native-change-detection-config', mediaType: 'application/json' },
  deleteNativeChangeDetectionConfig: { method: 'DELETE', path: '/v2026/sources/{sourceId}/native-change-detection-config' },
  getEntitlementRequestConfig: { method: 'GET', path: '/v2026/entitlements/{id}/entitlement-request-config' },
  putEntitlementRequestConfig: { method: 'PUT', path: '/v2026/entitlements/{id}/entitlement-request-config', mediaType: 'application/json' },
  getSourceEntitlementRequestConfig: { method: 'GET', path: '/v2026/sources/{id}/entitlement-request-config' },
  updateSourceEntitlementRequestConfig: { method: 'PUT', path: '/v2026/sources/{id}/entitlement-request-config', mediaType: 'application/json' },
  getAccessRequestConfig: { method: 'GET', path: '/v2026/access-request-config' },
  setAccessRequestConfig: { method: 'PUT', path: '/v2026/access-request-config', mediaType: 'application/json' },
  listSegments: { method: 'GET', path: '/v2026/segments' },
  createSegment: { method: 'POST', path: '/v2026/segments', mediaType: 'application/json' },
  getSegment: { method: 'GET', path: '/v2026/segments/{id}' },
  patchSegment: { method: 'PATCH', path: '/v2026/segments/{id}', mediaType: 'application/json-patch+json' },
  deleteSegment: { method: 'DELETE', path: '/v2026/segments/{id}' },
  listTags: { method: 'GET', path: '/v2026/tags' },
  createTag: { method: 'POST', path: '/v2026/tags', mediaType: 'application/json' },
  getTagById: { method: 'GET', path: '/v2026/tags/{id}' },
  deleteTagById: { method: 'DELETE', path: '/v2026/tags/{id}' },
  listTaggedObjects: { method: 'GET', path: '/v2026/tagged-objects' },
  setTagToObject: { method: 'POST', path: '/v2026/tagged-objects', mediaType: 'application/json' },
  listTaggedObjectsByType: { method: 'GET', path: '/v2026/tagged-objects/{type}' },
  getTaggedObject: { method: 'GET', path: '/v2026/tagged-objects/{type}/{id}' },
  putTaggedObject: { method: 'PUT', path: '/v2026/tagged-objects/{type}/{id}', mediaType: 'application/json' },
  deleteTaggedObject: { method: 'DELETE', path: '/v2026/tagged-objects/{type}/{id}' },
  setTagsToManyObjects: { method: 'POST', path: '/v2026/tagged-objects/bulk-add', mediaType: 'application/json' },
  deleteTagsToManyObject: { method: 'POST', path: '/v2026/tagged-objects/bulk-remove', mediaType: 'application/json' },
  listWorkgroups: { method: 'GET', path: '/v2026/workgroups' },
  createWorkgroup: { method: 'POST', path: '/v2026/workgroups', mediaType: 'application/json' },
  getWorkgroup: { method: 'GET', path: '/v2026/workgroups/{id}' },
  patchWorkgroup: { method: 'PATCH', path: '/v2026/workgroups/{id}', mediaType: 'application/json-patch+json' },
  deleteWorkgroup: { method: 'DELETE', path: '/v2026/workgroups/{id}' },
  deleteWorkgroupsInBulk: { method: 'POST', path: '/v2026/workgroups/bulk-delete', mediaType: 'application/json' },
  listWorkgroupMembers: { method: 'GET', path: '/v2026/workgroups/{workgroupId}/members' },
  updateWorkgroupMembers: { method: 'POST', path: '/v2026/workgroups/{workgroupId}/members/bulk-add', mediaType: 'application/json' },
  deleteWorkgroupMembers: { method: 'POST', path: '/v2026/workgroups/{workgroupId}/members/bulk-delete', mediaType: 'application/json' },
  listConnections: { method: 'GET', path: '/v2026/workgroups/{workgroupId}/connections' },
  getTaskStatusList: { method: 'GET', path: '/v2026/task-status' },
  getTaskStatus: { method: 'GET', path: '/v2026/task-status/{id}' },
  updateTaskStatus: { method: 'PATCH', path: '/v2026/task-status/{id}', mediaType: 'application/json-patch+json' },
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
  updateManyEntitlements: { method: 'POST', path: '/muniment/v1/entitlements/bulk-update', mediaType: 'application/json' },
  importEntitlementDetails: { method: 'POST', path: '/muniment/v1/entitlements/sources/{sourceId}/entitlements/import', mediaType: 'multipart/form-data' },
  updateSegmentAssignments: { method: 'POST', path: '/muniment/v1/entitlements/segment-assignments', mediaType: 'application/json' },
  getEntitlementState: { method: 'GET', path: '/muniment/v1/entitlements/{id}' },
  deleteEntitlement: { method: 'DELETE', path: '/muniment/v1/entitlements/{id}' },
  listEntitlementHistory: { method: 'GET', path: '/muniment/v1/entitlements/{id}/history' },
  deleteBulkEntitlements: { method: 'POST', path: '/muniment/v1/entitlements/bulk-delete', mediaType: 'application/json' },
  getDeleteBulkEntitlementsStatus: { method: 'GET', path: '/muniment/v1/entitlements/bulk-delete/{id}' },
  listChanges: { method: 'GET', path: '/muniment/v1/changes' },
  getIdentityMapping: { method: 'GET', path: '/muniment/v1/sources/{id}/identity-mapping' },
  putIdentityMapping: { method: 'PUT', path: '/muniment/v1/sources/{id}/identity-mapping', mediaType: 'application/json' },
  getEntitlementRequestConfigOrigins: { method: 'GET', path: '/muniment/v1/entitlements/{id}/entitlement-request-config' },
  deleteEntitlementRequestConfig: { method: 'DELETE', path: '/muniment/v1/entitlements/{id}/entitlement-request-config' },
  getSourceEntitlementRequestConfigOrigins: { method: 'GET', path: '/muniment/v1/sources/{id}/entitlement-request-config' },
  deleteSourceEntitlementRequestConfig: { method: 'DELETE', path: '/muniment/v1/sources/{id}/entitlement-request-config' },
  listTaskProblems: { method: 'GET', path: '/muniment/v1/tasks/{id}/problems' },
} as const;

/** The scopes that some operation asks for. */
export const scopes: readonly string[] = [
  'idn:access-model-metadata:create',
  'idn:access-model-metadata:manage',
  'idn:access-model-metadata:read',
  'idn:access-model-metadata:update',
  'idn:access-request-config:manage',
  'idn:access-request-config:read',
  'idn:accounts-provisioning:manage',
  'idn:accounts-state:manage',
  'idn:accounts:manage',
  'idn:accounts:read',
  'idn:attr-sync-source-config:manage',
  'idn:attr-sync-source-config:read',
  'idn:connector-config:manage',
  'idn:connector-config:read',
  'idn:entitlement-connections:list',
  'idn:entitlement-connections:manage',
  'idn:entitlement-connections:read',
  'idn:entitlement:delete',
  'idn:entitlement:manage',
  'idn:entitlement:read',
  'idn:entitlement:update',
  'idn:identity-direct-report:read',
  'idn:identity-history:manage',
  'idn:identity-history:read',
  'idn:identity:manage',
  'idn:identity:process',
  'idn:identity:read',
  'idn:password-policy:read',
  'idn:provisioning-policy-source-admin-operations:manage',
  'idn:provisioning-policy-source:read',
  'idn:provisioning-policy:manage',
  'idn:provisioning-policy:read',
  'idn:requestable-objects:read',
  'idn:segment:manage',
  'idn:segment:read',
  'idn:source-checked:update',
  'idn:source-connector:manage',
  'idn:source-schema:manage',
  'idn:source-schema:read',
  'idn:sources-admin:manage',
  'idn:sources:manage',
  'idn:sources:read',
  'idn:sources:update',
  'idn:tag:manage',
  'idn:tag:read',
  'idn:task-management:read',
  'idn:task-management:write',
  'idn:workgroup:manage',
  'idn:workgroup:read',
  'idn:workgroup:write',
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
    readonly input: { readonly query?: { readonly 'segmented-for-identity'?: string | undefined; readonly 'for-segment-ids'?: string | undefined; readonly 'include-unsegmented'?: boolean | undefined; readonly offset?: number | undefined; readonly limit?: number | undefined; readonly count?: boolean | undefined; readonly filters?: string | undefined; readonly sorters?: string | undefined; readonly searchAfter?: string | undefined } };
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
  readonly updateEntitlementsInBulk: {
    readonly input: { readonly body: EntitlementBulkUpdateRequest };
    readonly result: undefined;
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
  readonly resetSourceEntitlements: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: EntitlementSourceResetBaseReferenceDto;
  };
  readonly listEntitlementsByAccount: {
    readonly input: { readonly path: { readonly accountId: string }; readonly query?: { readonly offset?: number | undefined; readonly limit?: number | undefined; readonly count?: boolean | undefined; readonly sorters?: string | undefined; readonly searchAfter?: string | undefined } };
    readonly result: readonly EntitlementV2[];
  };
  readonly listEntitlementsByIdentity: {
    readonly input: { readonly path: { readonly id: string }; readonly query?: { readonly offset?: number | undefined; readonly limit?: number | undefined; readonly count?: boolean | undefined } };
    readonly result: readonly IdentityEntitlements[];
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
  readonly createAccount: {
    readonly input: { readonly body: AccountAttributesCreate };
    readonly result: AccountsAsyncResult;
  };
  readonly getAccount: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: Account;
  };
  readonly putAccount: {
    readonly input: { readonly path: { readonly id: string }; readonly body: AccountAttributes };
    readonly result: AccountsAsyncResult;
  };
  readonly updateAccount: {
    readonly input: { readonly path: { readonly id: string }; readonly body: readonly JsonPatchOperation[] };
    readonly result: Readonly<Record<string, never>>;
  };
  readonly deleteAccount: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: AccountsAsyncResult;
  };
  readonly getAccountEntitlements: {
    readonly input: { readonly path: { readonly id: string }; readonly query?: { readonly offset?: number | undefined; readonly limit?: number | undefined; readonly count?: boolean | undefined } };
    readonly result: readonly Entitlement[];
  };
  readonly submitReloadAccount: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: AccountsAsyncResult;
  };
  readonly enableAccount: {
    readonly input: { readonly path: { readonly id: string }; readonly body: AccountToggleRequest };
    readonly result: AccountsAsyncResult;
  };
  readonly disableAccount: {
    readonly input: { readonly path: { readonly id: string }; readonly body: AccountToggleRequest };
    readonly result: AccountsAsyncResult;
  };
  readonly unlockAccount: {
    readonly input: { readonly path: { readonly id: string }; readonly body: AccountUnlockRequest };
    readonly result: AccountsAsyncResult;
  };
  readonly enableAccountForIdentity: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: IdentityAccountsTasks;
  };
  readonly enableAccountsForIdentities: {
    readonly input: { readonly body: IdentitiesAccountsBulkRequest };
    readonly result: readonly BulkIdentitiesAccountsResponse[];
  };
  readonly disableAccountForIdentity: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: IdentityAccountsTasks;
  };
  readonly disableAccountsForIdentities: {
    readonly input: { readonly body: IdentitiesAccountsBulkRequest };
    readonly result: readonly BulkIdentitiesAccountsResponse[];
  };
  readonly deleteAccountAsync: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: TaskResultDto;
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
  readonly getEntitlementDetailsForIdentity: {
    readonly input: { readonly query: { readonly identityId: string; readonly entitlementId: string } };
    readonly result: IdentityEntitlementDetails;
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
  readonly getIdentityOwnershipDetails: {
    readonly input: { readonly path: { readonly identityId: string } };
    readonly result: IdentityOwnershipAssociationDetails;
  };
  readonly getRoleAssignments: {
    readonly input: { readonly path: { readonly identityId: string }; readonly query?: { readonly roleId?: string | undefined; readonly roleName?: string | undefined } };
    readonly result: readonly RoleAssignmentDto[];
  };
  readonly getRoleAssignment: {
    readonly input: { readonly path: { readonly identityId: string; readonly assignmentId: string } };
    readonly result: RoleAssignmentDto;
  };
  readonly startIdentityProcessing: {
    readonly input: { readonly body: ProcessIdentitiesRequest };
    readonly result: TaskResultResponse;
  };
  readonly resetIdentity: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: undefined;
  };
  readonly getPublicIdentities: {
    readonly input: { readonly query?: { readonly 'add-core-filters'?: boolean | undefined; readonly offset?: number | undefined; readonly limit?: number | undefined; readonly count?: boolean | undefined; readonly filters?: string | undefined; readonly sorters?: string | undefined } };
    readonly result: readonly PublicIdentity[];
  };
  readonly listHistoricalIdentities: {
    readonly input: { readonly query?: { readonly 'starts-with-query'?: string | undefined; readonly 'is-deleted'?: boolean | undefined; readonly 'is-active'?: boolean | undefined; readonly offset?: number | undefined; readonly limit?: number | undefined; readonly count?: boolean | undefined } };
    readonly result: readonly IdentityListItem[];
  };
  readonly getHistoricalIdentity: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: IdentityHistoryResponse;
  };
  readonly listIdentityAccessItems: {
    readonly input: { readonly path: { readonly id: string }; readonly query?: { readonly type?: 'account' | 'entitlement' | 'app' | 'accessProfile' | 'role' | undefined; readonly offset?: number | undefined; readonly limit?: number | undefined; readonly count?: boolean | undefined } };
    readonly result: readonly (AccessItemAccountResponse | AccessItemEntitlementResponse)[];
  };
  readonly listIdentitySnapshots: {
    readonly input: { readonly path: { readonly id: string }; readonly query?: { readonly start?: string | undefined; readonly interval?: 'day' | 'month' | undefined; readonly offset?: number | undefined; readonly limit?: number | undefined; readonly count?: boolean | undefined } };
    readonly result: readonly IdentitySnapshotSummaryResponse[];
  };
  readonly getIdentitySnapshotSummary: {
    readonly input: { readonly path: { readonly id: string }; readonly query?: { readonly before?: string | undefined; readonly interval?: 'day' | 'month' | undefined; readonly 'time-zone'?: string | undefined; readonly offset?: number | undefined; readonly limit?: number | undefined; readonly count?: boolean | undefined } };
    readonly result: readonly MetricResponse[];
  };
  readonly getIdentitySnapshot: {
    readonly input: { readonly path: { readonly id: string; readonly date: string } };
    readonly result: IdentityHistoryResponse;
  };
  readonly listIdentitySnapshotAccessItems: {
    readonly input: { readonly path: { readonly id: string; readonly date: string }; readonly query?: { readonly type?: 'account' | 'entitlement' | 'app' | 'accessProfile' | 'role' | 'access_profile' | undefined } };
    readonly result: readonly (AccessItemAccountResponse | AccessItemEntitlementResponse)[];
  };
  readonly getHistoricalIdentityEvents: {
    readonly input: { readonly path: { readonly id: string }; readonly query?: { readonly from?: string | undefined; readonly eventTypes?: readonly ('AccessItemAssociated' | 'AccessItemRemoved' | 'AttributesChanged' | 'AccountStatusChanged' | 'IdentityCertified' | 'AccessRequested' | 'AccessAddedEvent' | 'AccessRemovedEvent')[] | undefined; readonly accessItemTypes?: readonly ('account' | 'entitlement' | 'app' | 'accessProfile' | 'role' | 'access_profile')[] | undefined; readonly offset?: number | undefined; readonly limit?: number | undefined; readonly count?: boolean | undefined } };
    readonly result: readonly (AccessItemAssociated | AttributesChanged | AccountStatusChanged)[];
  };
  readonly getIdentityStartDate: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: string;
  };
  readonly compareIdentitySnapshots: {
    readonly input: { readonly path: { readonly id: string }; readonly query?: { readonly snapshot1?: string | undefined; readonly snapshot2?: string | undefined; readonly accessItemTypes?: readonly ('account' | 'entitlement' | 'app' | 'accessProfile' | 'role' | 'access_profile')[] | undefined; readonly offset?: number | undefined; readonly limit?: number | undefined; readonly count?: boolean | undefined } };
    readonly result: readonly IdentityCompareResponse[];
  };
  readonly compareIdentitySnapshotsAccessType: {
    readonly input: { readonly path: { readonly id: string; readonly accessType: 'account' | 'entitlement' | 'app' | 'accessProfile' | 'role' }; readonly query?: { readonly 'access-associated'?: boolean | undefined; readonly snapshot1?: string | undefined; readonly snapshot2?: string | undefined; readonly offset?: number | undefined; readonly limit?: number | undefined; readonly count?: boolean | undefined } };
    readonly result: readonly AccessItemDiff[];
  };
  readonly listSources: {
    readonly input: { readonly query?: { readonly includeIDNSource?: boolean | undefined; readonly 'for-subadmin'?: string | undefined; readonly offset?: number | undefined; readonly limit?: number | undefined; readonly count?: boolean | undefined; readonly filters?: string | undefined; readonly sorters?: string | undefined } };
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
  readonly importUncorrelatedAccounts: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: LoadUncorrelatedAccountsTask;
  };
  readonly deleteAccountsAsync: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: TaskResultDto;
  };
  readonly testSourceConnection: {
    readonly input: { readonly path: { readonly sourceId: string } };
    readonly result: StatusResponse;
  };
  readonly testSourceConfiguration: {
    readonly input: { readonly path: { readonly sourceId: string } };
    readonly result: StatusResponse;
  };
  readonly pingCluster: {
    readonly input: { readonly path: { readonly sourceId: string } };
    readonly result: StatusResponse;
  };
  readonly importConnectorFile: {
    readonly input: { readonly path: { readonly sourceId: string } };
    readonly result: Source;
  };
  readonly getSourceConfig: {
    readonly input: { readonly path: { readonly id: string }; readonly query?: { readonly locale?: string | undefined } };
    readonly result: ConnectorDetail;
  };
  readonly listPasswordPolicyHoldersOnSource: {
    readonly input: { readonly path: { readonly sourceId: string }; readonly query?: { readonly offset?: number | undefined; readonly limit?: number | undefined; readonly count?: boolean | undefined } };
    readonly result: readonly PasswordPolicyHolder[];
  };
  readonly updatePasswordPolicyHolders: {
    readonly input: { readonly path: { readonly sourceId: string }; readonly body: readonly PasswordPolicyHolderInput[] };
    readonly result: readonly PasswordPolicyHolder[];
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
  readonly getSourceConnections: {
    readonly input: { readonly path: { readonly sourceId: string } };
    readonly result: SourceConnectionsDto;
  };
  readonly getSourceHealth: {
    readonly input: { readonly path: { readonly sourceId: string } };
    readonly result: SourceHealthDto;
  };
  readonly getSourceSchedules: {
    readonly input: { readonly path: { readonly sourceId: string } };
    readonly result: readonly Schedule[];
  };
  readonly createSourceSchedule: {
    readonly input: { readonly path: { readonly sourceId: string }; readonly body: Schedule };
    readonly result: Schedule;
  };
  readonly getSourceSchedule: {
    readonly input: { readonly path: { readonly sourceId: string; readonly scheduleType: 'ACCOUNT_AGGREGATION' | 'GROUP_AGGREGATION' } };
    readonly result: Schedule;
  };
  readonly updateSourceSchedule: {
    readonly input: { readonly path: { readonly sourceId: string; readonly scheduleType: 'ACCOUNT_AGGREGATION' | 'GROUP_AGGREGATION' }; readonly body: readonly JsonPatchOperation[] };
    readonly result: Schedule;
  };
  readonly deleteSourceSchedule: {
    readonly input: { readonly path: { readonly sourceId: string; readonly scheduleType: 'ACCOUNT_AGGREGATION' | 'GROUP_AGGREGATION' } };
    readonly result: undefined;
  };
  readonly listProvisioningPolicies: {
    readonly input: { readonly path: { readonly sourceId: string }; readonly query?: { readonly offset?: number | undefined; readonly limit?: number | undefined; readonly count?: boolean | undefined } };
    readonly result: readonly ProvisioningPolicyDto[];
  };
  readonly createProvisioningPolicy: {
    readonly input: { readonly path: { readonly sourceId: string }; readonly body: ProvisioningPolicyDtoInput };
    readonly result: ProvisioningPolicyDto;
  };
  readonly getProvisioningPolicy: {
    readonly input: { readonly path: { readonly sourceId: string; readonly usageType: 'CREATE' | 'UPDATE' | 'ENABLE' | 'DISABLE' | 'DELETE' | 'ASSIGN' | 'UNASSIGN' | 'CREATE_GROUP' | 'UPDATE_GROUP' | 'DELETE_GROUP' | 'REGISTER' | 'CREATE_IDENTITY' | 'UPDATE_IDENTITY' | 'EDIT_GROUP' | 'UNLOCK' | 'CHANGE_PASSWORD' } };
    readonly result: ProvisioningPolicyDto;
  };
  readonly putProvisioningPolicy: {
    readonly input: { readonly path: { readonly sourceId: string; readonly usageType: 'CREATE' | 'UPDATE' | 'ENABLE' | 'DISABLE' | 'DELETE' | 'ASSIGN' | 'UNASSIGN' | 'CREATE_GROUP' | 'UPDATE_GROUP' | 'DELETE_GROUP' | 'REGISTER' | 'CREATE_IDENTITY' | 'UPDATE_IDENTITY' | 'EDIT_GROUP' | 'UNLOCK' | 'CHANGE_PASSWORD' }; readonly body: ProvisioningPolicyDtoInput };
    readonly result: ProvisioningPolicyDto;
  };
  readonly updateProvisioningPolicy: {
    readonly input: { readonly path: { readonly sourceId: string; readonly usageType: 'CREATE' | 'UPDATE' | 'ENABLE' | 'DISABLE' | 'DELETE' | 'ASSIGN' | 'UNASSIGN' | 'CREATE_GROUP' | 'UPDATE_GROUP' | 'DELETE_GROUP' | 'REGISTER' | 'CREATE_IDENTITY' | 'UPDATE_IDENTITY' | 'EDIT_GROUP' | 'UNLOCK' | 'CHANGE_PASSWORD' }; readonly body: readonly JsonPatchOperation[] };
    readonly result: ProvisioningPolicyDto;
  };
  readonly deleteProvisioningPolicy: {
    readonly input: { readonly path: { readonly sourceId: string; readonly usageType: 'CREATE' | 'UPDATE' | 'ENABLE' | 'DISABLE' | 'DELETE' | 'ASSIGN' | 'UNASSIGN' | 'CREATE_GROUP' | 'UPDATE_GROUP' | 'DELETE_GROUP' | 'REGISTER' | 'CREATE_IDENTITY' | 'UPDATE_IDENTITY' | 'EDIT_GROUP' | 'UNLOCK' | 'CHANGE_PASSWORD' } };
    readonly result: undefined;
  };
  readonly updateProvisioningPoliciesInBulk: {
    readonly input: { readonly path: { readonly sourceId: string }; readonly body: readonly ProvisioningPolicyDtoInput[] };
    readonly result: readonly ProvisioningPolicyDto[];
  };
  readonly getSourceAttrSyncConfig: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: AttrSyncSourceConfig;
  };
  readonly putSourceAttrSyncConfig: {
    readonly input: { readonly path: { readonly id: string }; readonly body: AttrSyncSourceConfigInput };
    readonly result: AttrSyncSourceConfig;
  };
  readonly getNativeChangeDetectionConfig: {
    readonly input: { readonly path: { readonly sourceId: string } };
    readonly result: NativeChangeDetectionConfig;
  };
  readonly putNativeChangeDetectionConfig: {
    readonly input: { readonly path: { readonly sourceId: string }; readonly body: NativeChangeDetectionConfigInput };
    readonly result: NativeChangeDetectionConfig;
  };
  readonly deleteNativeChangeDetectionConfig: {
    readonly input: { readonly path: { readonly sourceId: string } };
    readonly result: undefined;
  };
  readonly getEntitlementRequestConfig: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: EntitlementRequestConfig;
  };
  readonly putEntitlementRequestConfig: {
    readonly input: { readonly path: { readonly id: string }; readonly body: EntitlementRequestConfigInput };
    readonly result: EntitlementRequestConfig;
  };
  readonly getSourceEntitlementRequestConfig: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: EntitlementRequestConfig;
  };
  readonly updateSourceEntitlementRequestConfig: {
    readonly input: { readonly path: { readonly id: string }; readonly body: EntitlementRequestConfigInput };
    readonly result: EntitlementRequestConfig;
  };
  readonly getAccessRequestConfig: {
    readonly input: Readonly<Record<never, never>>;
    readonly result: AccessRequestConfig;
  };
  readonly setAccessRequestConfig: {
    readonly input: { readonly body: AccessRequestConfigInput };
    readonly result: AccessRequestConfig;
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
  readonly listTags: {
    readonly input: { readonly query?: { readonly offset?: number | undefined; readonly limit?: number | undefined; readonly count?: boolean | undefined; readonly filters?: string | undefined; readonly sorters?: string | undefined } };
    readonly result: readonly Tag[];
  };
  readonly createTag: {
    readonly input: { readonly body: TagInput };
    readonly result: Tag;
  };
  readonly getTagById: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: Tag;
  };
  readonly deleteTagById: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: undefined;
  };
  readonly listTaggedObjects: {
    readonly input: { readonly query?: { readonly offset?: number | undefined; readonly limit?: number | undefined; readonly count?: boolean | undefined; readonly filters?: string | undefined } };
    readonly result: readonly TaggedObject[];
  };
  readonly setTagToObject: {
    readonly input: { readonly body: TaggedObjectInput };
    readonly result: undefined;
  };
  readonly listTaggedObjectsByType: {
    readonly input: { readonly path: { readonly type: 'ACCESS_PROFILE' | 'APPLICATION' | 'CAMPAIGN' | 'ENTITLEMENT' | 'IDENTITY' | 'ROLE' | 'SOD_POLICY' | 'SOURCE' }; readonly query?: { readonly offset?: number | undefined; readonly limit?: number | undefined; readonly count?: boolean | undefined; readonly filters?: string | undefined } };
    readonly result: readonly TaggedObject[];
  };
  readonly getTaggedObject: {
    readonly input: { readonly path: { readonly type: 'ACCESS_PROFILE' | 'APPLICATION' | 'CAMPAIGN' | 'ENTITLEMENT' | 'IDENTITY' | 'ROLE' | 'SOD_POLICY' | 'SOURCE'; readonly id: string } };
    readonly result: TaggedObject;
  };
  readonly putTaggedObject: {
    readonly input: { readonly path: { readonly type: 'ACCESS_PROFILE' | 'APPLICATION' | 'CAMPAIGN' | 'ENTITLEMENT' | 'IDENTITY' | 'ROLE' | 'SOD_POLICY' | 'SOURCE'; readonly id: string }; readonly body: TaggedObjectUpdate };
    readonly result: TaggedObject;
  };
  readonly deleteTaggedObject: {
    readonly input: { readonly path: { readonly type: 'ACCESS_PROFILE' | 'APPLICATION' | 'CAMPAIGN' | 'ENTITLEMENT' | 'IDENTITY' | 'ROLE' | 'SOD_POLICY' | 'SOURCE'; readonly id: string } };
    readonly result: undefined;
  };
  readonly setTagsToManyObjects: {
    readonly input: { readonly body: BulkAddTaggedObject };
    readonly result: readonly BulkTaggedObjectResponse[];
  };
  readonly deleteTagsToManyObject: {
    readonly input: { readonly body: BulkRemoveTaggedObject };
    readonly result: undefined;
  };
  readonly listWorkgroups: {
    readonly input: { readonly query?: { readonly offset?: number | undefined; readonly limit?: number | undefined; readonly count?: boolean | undefined; readonly filters?: string | undefined; readonly sorters?: string | undefined } };
    readonly result: readonly WorkgroupDto[];
  };
  readonly createWorkgroup: {
    readonly input: { readonly body: WorkgroupInput };
    readonly result: WorkgroupDto;
  };
  readonly getWorkgroup: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: WorkgroupDto;
  };
  readonly patchWorkgroup: {
    readonly input: { readonly path: { readonly id: string }; readonly body: readonly JsonPatchOperation[] };
    readonly result: WorkgroupDto;
  };
  readonly deleteWorkgroup: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: undefined;
  };
  readonly deleteWorkgroupsInBulk: {
    readonly input: { readonly body: WorkgroupBulkDeleteRequest };
    readonly result: readonly WorkgroupDeleteItem[];
  };
  readonly listWorkgroupMembers: {
    readonly input: { readonly path: { readonly workgroupId: string }; readonly query?: { readonly offset?: number | undefined; readonly limit?: number | undefined; readonly count?: boolean | undefined; readonly sorters?: string | undefined } };
    readonly result: readonly WorkgroupMember[];
  };
  readonly updateWorkgroupMembers: {
    readonly input: { readonly path: { readonly workgroupId: string }; readonly body: BulkWorkgroupMembersRequest };
    readonly result: readonly WorkgroupMemberAddItem[];
  };
  readonly deleteWorkgroupMembers: {
    readonly input: { readonly path: { readonly workgroupId: string }; readonly body: BulkWorkgroupMembersRequest };
    readonly result: readonly WorkgroupMemberDeleteItem[];
  };
  readonly listConnections: {
    readonly input: { readonly path: { readonly workgroupId: string }; readonly query?: { readonly offset?: number | undefined; readonly limit?: number | undefined; readonly count?: boolean | undefined; readonly sorters?: string | undefined } };
    readonly result: readonly WorkgroupConnectionDto[];
  };
  readonly getTaskStatusList: {
    readonly input: { readonly query?: { readonly offset?: number | undefined; readonly limit?: number | undefined; readonly count?: boolean | undefined; readonly filters?: string | undefined; readonly sorters?: string | undefined } };
    readonly result: readonly TaskStatus[];
  };
  readonly getTaskStatus: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: TaskStatus;
  };
  readonly updateTaskStatus: {
    readonly input: { readonly path: { readonly id: string }; readonly body: readonly JsonPatchOperation[] };
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
  readonly updateManyEntitlements: {
    readonly input: { readonly body: EntitlementsUpdateRequest };
    readonly result: EntitlementsUpdateResponse;
  };
  readonly importEntitlementDetails: {
    readonly input: { readonly path: { readonly sourceId: string } };
    readonly result: EntitlementDetailsImport;
  };
  readonly updateSegmentAssignments: {
    readonly input: { readonly body: SegmentAssignments };
    readonly result: undefined;
  };
  readonly getEntitlementState: {
    readonly input: { readonly path: { readonly id: string }; readonly query?: { readonly at?: string | undefined } };
    readonly result: EntitlementState;
  };
  readonly deleteEntitlement: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: undefined;
  };
  readonly listEntitlementHistory: {
    readonly input: { readonly path: { readonly id: string }; readonly query?: { readonly offset?: number | undefined; readonly limit?: number | undefined; readonly count?: boolean | undefined } };
    readonly result: readonly HistoryEntry[];
  };
  readonly deleteBulkEntitlements: {
    readonly input: { readonly body: EntitlementBulkDeleteRequest };
    readonly result: EntitlementBulkDeletion;
  };
  readonly getDeleteBulkEntitlementsStatus: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: EntitlementBulkDeletion;
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
  readonly getEntitlementRequestConfigOrigins: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: RequestConfigOrigins;
  };
  readonly deleteEntitlementRequestConfig: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: undefined;
  };
  readonly getSourceEntitlementRequestConfigOrigins: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: RequestConfigOrigins;
  };
  readonly deleteSourceEntitlementRequestConfig: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: undefined;
  };
  readonly listTaskProblems: {
    readonly input: { readonly path: { readonly id: string } };
    readonly result: string;
  };
}

export type AccessItemAccountResponse = {
  readonly accessType: 'account';
  readonly id: string;
  readonly displayName: string;
  readonly sourceName?: string;
  readonly nativeIdentity: string;
  readonly sourceId: string;
  readonly entitlementCount: number;
};

export type AccessItemAssociated = {
  readonly eventType: string;
  readonly identityId: string;
  readonly dateTime: string;
  readonly accessItem: AccessItemAccountResponse | AccessItemEntitlementResponse;
  readonly accessItemType: 'account' | 'entitlement' | 'app' | 'accessProfile' | 'role';
  readonly governanceEvent: null;
};

export type AccessItemDiff = {
  readonly id?: string;
  readonly eventType: 'ADD' | 'REMOVE';
  readonly displayName: string;
  readonly sourceName?: string;
};

export type AccessItemEntitlementResponse = {
  readonly accessType: 'entitlement';
  readonly id?: string;
  readonly displayName: string;
  readonly sourceName?: string;
  readonly attribute: string | null;
  readonly value: string;
  readonly type: string;
  readonly description: string | null;
  readonly sourceId: string;
  readonly standalone: boolean | null;
  readonly privileged: boolean | null;
  readonly cloudGoverned: boolean | null;
};

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

export type AccessRequestConfig = {
  readonly approvalsMustBeExternal: boolean;
  readonly reauthorizationEnabled: boolean;
  readonly govGroupVisibilityEnabled: boolean;
  readonly requestOnBehalfOfConfig: {
    readonly allowRequestOnBehalfOfAnyoneByAnyone: boolean;
    readonly allowRequestOnBehalfOfEmployeeByManager: boolean;
  };
  readonly entitlementRequestConfig: EntitlementRequestConfig;
};

export type AccessRequestConfigInput = {
  readonly approvalsMustBeExternal?: boolean | null;
  readonly reauthorizationEnabled?: boolean | null;
  readonly govGroupVisibilityEnabled?: boolean | null;
  readonly requestOnBehalfOfConfig?: {
    readonly allowRequestOnBehalfOfAnyoneByAnyone?: boolean | null;
    readonly allowRequestOnBehalfOfEmployeeByManager?: boolean | null;
  } | null;
  readonly entitlementRequestConfig?: EntitlementRequestConfigInput | null;
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

export type AccountAttributes = {
  readonly attributes: Readonly<Record<string, unknown>>;
};

export type AccountAttributesCreate = {
  readonly attributes: {
    readonly sourceId: string;
  };
};

export type AccountStatusChanged = {
  readonly eventType: string;
  readonly identityId: string;
  readonly dateTime: string;
  readonly account: AccessItemAccountResponse;
  readonly statusChange: {
    readonly previousStatus: 'enabled' | 'disabled' | 'locked';
    readonly newStatus: 'enabled' | 'disabled' | 'locked';
  };
};

export type AccountToggleRequest = {
  readonly externalVerificationId?: string;
  readonly forceProvisioning?: boolean;
};

export type AccountUnlockRequest = {
  readonly externalVerificationId?: string;
  readonly forceProvisioning?: boolean;
  readonly unlockIDNAccount?: boolean;
};

export type AccountsAsyncResult = {
  readonly id: string;
};

export type AdditionalOwnerRef = {
  readonly type: 'IDENTITY' | 'GOVERNANCE_GROUP';
  readonly id: string;
  readonly name?: string;
};

export type AttrSyncSourceAttributeConfig = {
  readonly name: string;
  readonly displayName: string;
  readonly enabled: boolean;
  readonly target: string;
};

export type AttrSyncSourceConfig = {
  readonly source: {
    readonly type: 'SOURCE';
    readonly id: string;
    readonly name: string;
  };
  readonly attributes: readonly AttrSyncSourceAttributeConfig[];
};

export type AttrSyncSourceConfigInput = {
  readonly source: {
    readonly type?: 'SOURCE';
    readonly id?: string;
    readonly name?: string | null;
  };
  readonly attributes: readonly AttrSyncSourceAttributeConfig[];
};

export type AttributeChange = {
  readonly name: string;
  readonly previousValue?: string;
  readonly newValue?: string;
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

export type AttributesChanged = {
  readonly eventType: string;
  readonly identityId: string;
  readonly dateTime: string;
  readonly attributeChanges: readonly AttributeChange[];
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

export type BulkAddTaggedObject = {
  readonly objectRefs: readonly TaggedObjectDtoInput[];
  readonly tags: readonly string[];
  readonly operation?: 'APPEND' | 'MERGE';
};

export type BulkIdentitiesAccountsResponse = {
  readonly id: string;
  readonly statusCode: number;
  readonly message: string;
};

export type BulkRemoveTaggedObject = {
  readonly objectRefs: readonly TaggedObjectDtoInput[];
  readonly tags: readonly string[];
};

export type BulkTaggedObjectResponse = {
  readonly objectRefs: readonly TaggedObjectDto[];
  readonly tags: readonly string[];
};

export type BulkWorkgroupMembersRequest = readonly {
  readonly type?: 'IDENTITY';
  readonly id: string;
  readonly name?: string | null;
}[];

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
  readonly objectType: 'ENTITLEMENT' | 'ACCOUNT' | 'SOURCE' | 'CONNECTOR_SCHEMA' | 'IDENTITY' | 'CONNECTION' | 'CLIENT' | 'SIGNING_KEY' | 'METADATA_ATTRIBUTE' | 'TAG' | 'SEGMENT' | 'GOVERNANCE_GROUP' | 'ACCESS_REQUEST_CONFIG' | 'GOVERNANCE_GROUP_MEMBERSHIP';
  readonly objectId: string;
};

export type ClientType = 'CONFIDENTIAL' | 'PUBLIC';

export type ConnectedObject = {
  readonly type: 'ACCESS_PROFILE' | 'ROLE' | 'SOD_POLICY' | 'SOURCE';
  readonly id: string;
  readonly name: string;
  readonly description?: string;
};

export type ConnectorDetail = {
  readonly name: string;
  readonly fileUpload: boolean;
  readonly directConnect: boolean;
  readonly connectorMetadata: Readonly<Record<string, unknown>>;
  readonly type: string;
  readonly className: string;
  readonly scriptName: string;
  readonly sourceConfig: string | null;
  readonly sourceConfigFrom: string | null;
  readonly uploadedFiles: readonly string[] | null;
  readonly translationProperties: Readonly<Record<string, unknown>>;
  readonly status: 'RELEASED';
};

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

export type EntitlementAccessRequestConfig = {
  readonly approvalSchemes: readonly EntitlementApprovalScheme[];
  readonly requestCommentRequired: boolean;
  readonly denialCommentRequired: boolean;
  readonly reauthorizationRequired: boolean;
  readonly requireEndDate: boolean;
  readonly maxPermittedAccessDuration: {
    readonly value: number;
    readonly timeUnit: 'HOURS' | 'DAYS' | 'WEEKS' | 'MONTHS';
  } | null;
};

export type EntitlementApprovalScheme = {
  readonly approverType: 'ENTITLEMENT_OWNER' | 'SOURCE_OWNER' | 'MANAGER' | 'GOVERNANCE_GROUP' | 'WORKFLOW';
  readonly approverId: string | null;
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

export type EntitlementBulkDeleteRequest = {
  readonly ids: readonly string[];
};

export type EntitlementBulkDeletion = {
  readonly taskId: string;
  readonly type: 'DELETE';
  readonly status: 'PENDING' | 'IN_PROGRESS' | 'COMPLETED' | 'ERROR';
  readonly error: {
    readonly locale: string;
    readonly localeOrigin: 'DEFAULT';
    readonly text: string;
  } | null;
  readonly created: string;
  readonly failedItems: readonly {
    readonly id: string;
    readonly reason: string;
  }[];
};

export type EntitlementBulkUpdateRequest = {
  readonly entitlementIds: readonly string[];
  readonly jsonPatch: readonly JsonPatchOperation[];
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

export type EntitlementDetailsImport = {
  readonly total: number;
  readonly updated: number;
  readonly saved: number;
  readonly problems: readonly {
    readonly line: number;
    readonly problem: string;
  }[];
};

export type EntitlementPrivilegeLevel = {
  readonly direct: 'HIGH' | 'LOW' | 'MEDIUM' | 'NONE';
  readonly setBy?: string;
  readonly setByType?: 'OVERRIDE' | 'CUSTOM_CRITERIA' | 'CONNECTOR_CRITERIA' | 'SINGLE_LEVEL_CRITERIA';
  readonly inherited: 'HIGH' | 'LOW' | 'MEDIUM' | 'NONE';
  readonly effective: 'HIGH' | 'LOW' | 'MEDIUM' | 'NONE';
};

export type EntitlementRequestConfig = {
  readonly accessRequestConfig: EntitlementAccessRequestConfig;
  readonly revocationRequestConfig: {
    readonly approvalSchemes: readonly EntitlementApprovalScheme[];
  };
};

export type EntitlementRequestConfigInput = {
  readonly accessRequestConfig?: {
    readonly approvalSchemes?: readonly {
      readonly approverType: 'ENTITLEMENT_OWNER' | 'SOURCE_OWNER' | 'MANAGER' | 'GOVERNANCE_GROUP' | 'WORKFLOW';
      readonly approverId?: string | null;
    }[] | null;
    readonly requestCommentRequired?: boolean | null;
    readonly denialCommentRequired?: boolean | null;
    readonly reauthorizationRequired?: boolean | null;
    readonly requireEndDate?: boolean | null;
    readonly maxPermittedAccessDuration?: {
      readonly value: number;
      readonly timeUnit: 'HOURS' | 'DAYS' | 'WEEKS' | 'MONTHS';
    } | null;
  } | null;
  readonly revocationRequestConfig?: {
    readonly approvalSchemes?: readonly {
      readonly approverType: 'ENTITLEMENT_OWNER' | 'SOURCE_OWNER' | 'MANAGER' | 'GOVERNANCE_GROUP' | 'WORKFLOW';
      readonly approverId?: string | null;
    }[] | null;
  } | null;
};

export type EntitlementSourceResetBaseReferenceDto = {
  readonly type: 'TASK_RESULT';
  readonly id: string;
  readonly name: string;
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
  readonly tags: readonly string[];
  readonly privilegeLevel: {
    readonly direct: 'HIGH' | 'LOW' | 'MEDIUM' | 'NONE';
    readonly setBy?: string;
    readonly setByType?: 'OVERRIDE' | 'CUSTOM_CRITERIA' | 'CONNECTOR_CRITERIA' | 'SINGLE_LEVEL_CRITERIA';
  };
  readonly additionalOwners: readonly AdditionalOwnerRef[] | null;
  readonly requestConfig: SetRequestConfig | null;
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

export type EntitlementsUpdatePreview = {
  readonly total: number;
  readonly checked: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly failed: number;
  readonly entitlements: readonly PreviewedEntitlement[];
  readonly problems: readonly PreviewedEntitlement[];
};

export type EntitlementsUpdateRequest = {
  readonly ids?: readonly string[];
  readonly filters?: string;
  readonly jsonPatch?: readonly JsonPatchOperation[];
  readonly metadata?: MetadataChange;
  readonly tags?: TagChange;
  readonly requestConfig?: EntitlementRequestConfigInput | null;
  readonly dryRun?: boolean;
};

export type EntitlementsUpdateResponse = {
  readonly task: TaskStatus | null;
  readonly preview: EntitlementsUpdatePreview | null;
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

export type FieldDetailsDto = {
  readonly name: string;
  readonly transform: Readonly<Record<string, unknown>>;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly type: 'string' | 'int' | 'long' | 'date' | 'boolean' | 'secret';
  readonly isMultiValued: boolean;
  readonly isRequired: boolean;
};

export type FieldDetailsDtoInput = {
  readonly name: string;
  readonly transform?: Readonly<Record<string, unknown>>;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly type?: 'string' | 'int' | 'long' | 'date' | 'boolean' | 'secret';
  readonly isMultiValued?: boolean;
  readonly isRequired?: boolean;
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

export type IdentitiesAccountsBulkRequest = {
  readonly identityIds: readonly string[];
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

export type IdentityAccountsTasks = {
  readonly taskIds: readonly string[];
};

export type IdentityCompareResponse = {
  readonly accessItemDiff: Readonly<Record<string, unknown>>;
};

export type IdentityEntitlementDetails = {
  readonly identityId: string;
  readonly entitlement: {
    readonly id: string;
    readonly name: string;
    readonly created: string;
    readonly modified: string;
    readonly description: string | null;
    readonly type: string;
    readonly sourceId: string;
    readonly sourceName: string;
    readonly owner?: {
      readonly type: 'IDENTITY';
      readonly id: string;
      readonly name?: string;
    };
    readonly value: string;
    readonly flags: readonly string[];
  };
  readonly sourceId: string;
  readonly accountTargets: readonly {
    readonly accountId: string;
    readonly accountName: string;
    readonly accountUUID: string | null;
    readonly sourceId: string;
    readonly sourceName: string;
    readonly removeDate: string | null;
    readonly assignmentId: string | null;
    readonly revocable: boolean;
  }[];
};

export type IdentityEntitlements = {
  readonly objectRef: TaggedObjectDto;
  readonly tags: readonly string[];
};

export type IdentityHistoryResponse = {
  readonly id: string;
  readonly displayName: string;
  readonly snapshot: string;
  readonly deletedDate?: string;
  readonly accessItemCount: Readonly<Record<string, unknown>>;
  readonly attributes: Readonly<Record<string, unknown>>;
};

export type IdentityListItem = {
  readonly id: string;
  readonly displayName: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly active: boolean;
  readonly deletedDate: string | null;
};

export type IdentityMapping = {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly lifecycleStates: Readonly<Record<string, unknown>>;
};

export type IdentityMappingInput = {
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly lifecycleStates?: Readonly<Record<string, unknown>>;
};

export type IdentityOwnershipAssociationDetails = {
  readonly associationDetails: readonly {
    readonly associationType: string;
    readonly entities: readonly {
      readonly identityEntity: {
        readonly id: string;
        readonly name: string;
        readonly type: string;
      };
    }[];
    readonly total: number;
  }[];
};

export type IdentityProfilesConnections = {
  readonly id: string;
  readonly name: string;
  readonly identityCount: number;
};

export type IdentityReference = {
  readonly type: 'IDENTITY';
  readonly id: string;
  readonly name: string;
};

export type IdentitySnapshotSummaryResponse = {
  readonly snapshot: string;
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

export type LoadUncorrelatedAccountsTask = {
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
    readonly attributes: Readonly<Record<string, unknown>>;
  };
};

export type MetadataChange = {
  readonly operation: string;
  readonly replaceScope?: string | null;
  readonly values: readonly {
    readonly attribute: string;
    readonly values: readonly string[] | null;
  }[];
};

export type MetricResponse = {
  readonly name: string;
  readonly value: number;
};

export type NativeChangeDetectionConfig = {
  readonly enabled: boolean;
  readonly operations: readonly ('ACCOUNT_UPDATED' | 'ACCOUNT_CREATED' | 'ACCOUNT_DELETED')[];
  readonly allEntitlements: boolean;
  readonly allNonEntitlementAttributes: boolean;
  readonly selectedEntitlements: readonly string[];
  readonly selectedNonEntitlementAttributes: readonly string[];
};

export type NativeChangeDetectionConfigInput = {
  readonly enabled?: boolean;
  readonly operations?: readonly ('ACCOUNT_UPDATED' | 'ACCOUNT_CREATED' | 'ACCOUNT_DELETED')[];
  readonly allEntitlements?: boolean;
  readonly allNonEntitlementAttributes?: boolean;
  readonly selectedEntitlements?: readonly string[];
  readonly selectedNonEntitlementAttributes?: readonly string[];
};

export type PasswordPolicyHolder = {
  readonly policyId?: string;
  readonly policyName?: string;
  readonly selectors: {
    readonly identityAttr: readonly {
      readonly name: string;
      readonly value: string;
    }[];
  };
};

export type PasswordPolicyHolderInput = {
  readonly policyId: string;
  readonly policyName?: string | null;
  readonly selectors?: {
    readonly identityAttr?: readonly {
      readonly name: string;
      readonly value: string;
    }[] | null;
  } | null;
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

export type PreviewedEntitlement = {
  readonly id: string;
  readonly name: string | null;
  readonly before: RecordedEntitlement;
  readonly after: RecordedEntitlement;
  readonly problem: string | null;
};

export type ProcessIdentitiesRequest = {
  readonly identityIds: readonly string[];
};

export type ProvisioningPolicyDto = {
  readonly name: string | null;
  readonly description?: string;
  readonly usageType: 'CREATE' | 'UPDATE' | 'ENABLE' | 'DISABLE' | 'DELETE' | 'ASSIGN' | 'UNASSIGN' | 'CREATE_GROUP' | 'UPDATE_GROUP' | 'DELETE_GROUP' | 'REGISTER' | 'CREATE_IDENTITY' | 'UPDATE_IDENTITY' | 'EDIT_GROUP' | 'UNLOCK' | 'CHANGE_PASSWORD';
  readonly fields: readonly FieldDetailsDto[];
};

export type ProvisioningPolicyDtoInput = {
  readonly name: string | null;
  readonly description?: string | null;
  readonly usageType?: 'CREATE' | 'UPDATE' | 'ENABLE' | 'DISABLE' | 'DELETE' | 'ASSIGN' | 'UNASSIGN' | 'CREATE_GROUP' | 'UPDATE_GROUP' | 'DELETE_GROUP' | 'REGISTER' | 'CREATE_IDENTITY' | 'UPDATE_IDENTITY' | 'EDIT_GROUP' | 'UNLOCK' | 'CHANGE_PASSWORD';
  readonly fields?: readonly FieldDetailsDtoInput[] | null;
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
  readonly requestConfig?: SetRequestConfig | null;
  readonly tags?: readonly string[] | null;
};

export type RequestConfigOrigins = {
  readonly own: SetRequestConfig | null;
  readonly inForce: EntitlementRequestConfig;
  readonly origins: {
    readonly accessRequestConfig: {
      readonly approvalSchemes: 'ENTITLEMENT' | 'SOURCE' | 'ORGANISATION' | 'DEFAULT';
      readonly requestCommentRequired: 'ENTITLEMENT' | 'SOURCE' | 'ORGANISATION' | 'DEFAULT';
      readonly denialCommentRequired: 'ENTITLEMENT' | 'SOURCE' | 'ORGANISATION' | 'DEFAULT';
      readonly reauthorizationRequired: 'ENTITLEMENT' | 'SOURCE' | 'ORGANISATION' | 'DEFAULT';
      readonly requireEndDate: 'ENTITLEMENT' | 'SOURCE' | 'ORGANISATION' | 'DEFAULT';
      readonly maxPermittedAccessDuration: 'ENTITLEMENT' | 'SOURCE' | 'ORGANISATION' | 'DEFAULT';
    };
    readonly revocationRequestConfig: {
      readonly approvalSchemes: 'ENTITLEMENT' | 'SOURCE' | 'ORGANISATION' | 'DEFAULT';
    };
  };
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

export type RoleAssignmentDto = {
  readonly id: string;
  readonly role: {
    readonly type: 'ROLE';
    readonly id: string;
    readonly name: string;
  };
  readonly addedDate: string;
  readonly startDate: string | null;
  readonly removeDate: string | null;
};

export type Schedule = {
  readonly type: 'ACCOUNT_AGGREGATION' | 'GROUP_AGGREGATION';
  readonly cronExpression: string;
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

export type SegmentAssignments = {
  readonly segmentId: string;
  readonly assignments?: readonly {
    readonly type?: 'ENTITLEMENT';
    readonly id: string;
    readonly name?: string | null;
  }[] | null;
  readonly removals?: readonly {
    readonly type?: 'ENTITLEMENT';
    readonly id: string;
    readonly name?: string | null;
  }[] | null;
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

export type SetRequestConfig = {
  readonly accessRequestConfig?: {
    readonly approvalSchemes?: readonly {
      readonly approverType?: 'ENTITLEMENT_OWNER' | 'SOURCE_OWNER' | 'MANAGER' | 'GOVERNANCE_GROUP' | 'WORKFLOW';
      readonly approverId?: string | null;
    }[];
    readonly requestCommentRequired?: boolean;
    readonly denialCommentRequired?: boolean;
    readonly reauthorizationRequired?: boolean;
    readonly requireEndDate?: boolean;
    readonly maxPermittedAccessDuration?: {
      readonly value: number;
      readonly timeUnit: 'HOURS' | 'DAYS' | 'WEEKS' | 'MONTHS';
    } | null;
  };
  readonly revocationRequestConfig?: {
    readonly approvalSchemes?: readonly {
      readonly approverType?: 'ENTITLEMENT_OWNER' | 'SOURCE_OWNER' | 'MANAGER' | 'GOVERNANCE_GROUP' | 'WORKFLOW';
      readonly approverId?: string | null;
    }[];
  };
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
    readonly type: 'GOVERNANCE_GROUP';
    readonly id: string;
    readonly name?: string;
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

export type SourceConnectionsDto = {
  readonly identityProfiles: readonly IdentityProfilesConnections[];
  readonly credentialProfiles: readonly string[];
  readonly sourceAttributes: readonly string[];
  readonly mappingProfiles: readonly string[];
  readonly dependentCustomTransforms: readonly Readonly<Record<string, unknown>>[];
  readonly dependentApps: readonly Readonly<Record<string, unknown>>[];
  readonly missingDependents: readonly Readonly<Record<string, unknown>>[];
};

export type SourceHealthDto = {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly org: string;
  readonly isAuthoritative: boolean;
  readonly isCluster: boolean;
  readonly hostname: string;
  readonly pod: string;
  readonly iqServiceVersion: null;
  readonly status: 'SOURCE_STATE_ERROR_ACCOUNT_FILE_IMPORT' | 'SOURCE_STATE_ERROR_CLUSTER' | 'SOURCE_STATE_ERROR_SOURCE' | 'SOURCE_STATE_ERROR_VA' | 'SOURCE_STATE_FAILURE_CLUSTER' | 'SOURCE_STATE_FAILURE_SOURCE' | 'SOURCE_STATE_HEALTHY' | 'SOURCE_STATE_UNCHECKED_CLUSTER' | 'SOURCE_STATE_UNCHECKED_CLUSTER_NO_SOURCES' | 'SOURCE_STATE_UNCHECKED_SOURCE' | 'SOURCE_STATE_UNCHECKED_SOURCE_NO_ACCOUNTS';
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
    readonly id: string;
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

export type Tag = {
  readonly id: string;
  readonly name: string;
  readonly created: string;
  readonly modified: string;
  readonly tagCategoryRefs: readonly TagCategoryRef[];
};

export type TagCategoryRef = {
  readonly type: 'ACCESS_PROFILE' | 'APPLICATION' | 'CAMPAIGN' | 'ENTITLEMENT' | 'IDENTITY' | 'ROLE' | 'SOD_POLICY' | 'SOURCE';
  readonly id: string;
  readonly name: string;
};

export type TagChange = {
  readonly operation: 'ADD' | 'REMOVE' | 'REPLACE';
  readonly tags: readonly string[];
};

export type TagInput = {
  readonly id?: string | null;
  readonly name: string;
  readonly created?: string | null;
  readonly modified?: string | null;
  readonly tagCategoryRefs?: readonly unknown[] | null;
};

export type TaggedObject = {
  readonly objectRef: TaggedObjectDto;
  readonly tags: readonly string[];
};

export type TaggedObjectDto = {
  readonly type: 'ACCESS_PROFILE' | 'APPLICATION' | 'CAMPAIGN' | 'ENTITLEMENT' | 'IDENTITY' | 'ROLE' | 'SOD_POLICY' | 'SOURCE';
  readonly id: string;
  readonly name: string | null;
};

export type TaggedObjectDtoInput = {
  readonly type: 'ACCESS_PROFILE' | 'APPLICATION' | 'CAMPAIGN' | 'ENTITLEMENT' | 'IDENTITY' | 'ROLE' | 'SOD_POLICY' | 'SOURCE';
  readonly id: string;
  readonly name?: string | null;
};

export type TaggedObjectInput = {
  readonly objectRef: TaggedObjectDtoInput;
  readonly tags: readonly string[];
};

export type TaggedObjectUpdate = {
  readonly objectRef?: {
    readonly type?: 'ACCESS_PROFILE' | 'APPLICATION' | 'CAMPAIGN' | 'ENTITLEMENT' | 'IDENTITY' | 'ROLE' | 'SOD_POLICY' | 'SOURCE';
    readonly id?: string | null;
    readonly name?: string | null;
  } | null;
  readonly tags: readonly string[];
};

export type TaskResultDto = {
  readonly type: 'TASK_RESULT';
  readonly id: string;
  readonly name: string;
};

export type TaskResultResponse = {
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

export type WorkgroupBulkDeleteRequest = {
  readonly ids: readonly string[];
};

export type WorkgroupConnectionDto = {
  readonly object: ConnectedObject;
  readonly connectionType: 'AccessRequestReviewer' | 'Owner' | 'ManagementWorkgroup';
};

export type WorkgroupDeleteItem = {
  readonly id: string;
  readonly status: number;
  readonly description: string;
};

export type WorkgroupDto = {
  readonly owner?: {
    readonly type: 'IDENTITY';
    readonly id: string;
    readonly name: string;
    readonly displayName: string;
    readonly emailAddress?: string;
  };
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly memberCount: number;
  readonly connectionCount: number;
  readonly created: string;
  readonly modified: string;
};

export type WorkgroupInput = {
  readonly id?: string | null;
  readonly name: string;
  readonly description?: string | null;
  readonly owner?: {
    readonly type?: 'IDENTITY';
    readonly id: string;
    readonly name?: string | null;
    readonly displayName?: string | null;
    readonly emailAddress?: string | null;
  } | null;
  readonly memberCount?: number | null;
  readonly connectionCount?: number | null;
  readonly created?: string | null;
  readonly modified?: string | null;
};

export type WorkgroupMember = {
  readonly type: 'IDENTITY';
  readonly id: string;
  readonly name: string;
  readonly email?: string;
};

export type WorkgroupMemberAddItem = {
  readonly id: string;
  readonly status: number;
  readonly description: string;
};

export type WorkgroupMemberDeleteItem = {
  readonly id: string;
  readonly status: number;
  readonly description: string;
};
