import { getAccount } from './accounts/get-account.ts';
import { getAccountEntitlements } from './accounts/get-account-entitlements.ts';
import { listAccounts } from './accounts/list-accounts.ts';
import { getAuthUser } from './identities/get-auth-user.ts';
import { patchAuthUser } from './identities/patch-auth-user.ts';
import { listChanges } from './changes/list-changes.ts';
import { listEntitlementConnections } from './connections/list-entitlement-connections.ts';
import { listEntitlementConnectionsForCurrentIdentity } from './connections/list-entitlement-connections-for-current-identity.ts';
import { patchEntitlementConnectionByQuery } from './connections/patch-entitlement-connection-by-query.ts';
import { patchEntitlementConnectionById } from './connections/patch-entitlement-connection-by-id.ts';
import { updateEntitlementConnectionsBulk } from './connections/update-entitlement-connections-bulk.ts';
import { getEntitlementState } from './entitlements/get-entitlement-state.ts';
import { getEntitlement } from './entitlements/get-entitlement.ts';
import { importEntitlementsBySource } from './entitlements/import-entitlements-by-source.ts';
import { listEntitlementChildren } from './entitlements/list-entitlement-children.ts';
import { listEntitlementHistory } from './entitlements/list-entitlement-history.ts';
import { listEntitlementParents } from './entitlements/list-entitlement-parents.ts';
import { listEntitlementsByAccount } from './entitlements/list-entitlements-by-account.ts';
import { listEntitlements } from './entitlements/list-entitlements.ts';
import { patchEntitlement } from './entitlements/patch-entitlement.ts';
import { deleteIdentity } from './identities/delete-identity.ts';
import { getIdentity } from './identities/get-identity.ts';
import { listIdentities } from './identities/list-identities.ts';
import { createOauthClient } from './clients/create-oauth-client.ts';
import { deleteOauthClient } from './clients/delete-oauth-client.ts';
import { getOauthClient } from './clients/get-oauth-client.ts';
import { listOauthClients } from './clients/list-oauth-clients.ts';
import { patchOauthClient } from './clients/patch-oauth-client.ts';
import { listAccessModelMetadataAttribute } from './metadata/list-access-model-metadata-attribute.ts';
import { createAccessModelMetadataAttribute } from './metadata/create-access-model-metadata-attribute.ts';
import { getAccessModelMetadataAttribute } from './metadata/get-access-model-metadata-attribute.ts';
import { updateAccessModelMetadataAttribute } from './metadata/update-access-model-metadata-attribute.ts';
import { listAccessModelMetadataAttributeValue } from './metadata/list-access-model-metadata-attribute-value.ts';
import { createAccessModelMetadataAttributeValue } from './metadata/create-access-model-metadata-attribute-value.ts';
import { getAccessModelMetadataAttributeValue } from './metadata/get-access-model-metadata-attribute-value.ts';
import { updateAccessModelMetadataAttributeValue } from './metadata/update-access-model-metadata-attribute-value.ts';
import { updateAccessModelMetadataByIds } from './metadata/update-access-model-metadata-by-ids.ts';
import { updateAccessModelMetadataByFilter } from './metadata/update-access-model-metadata-by-filter.ts';
import { updateAccessModelMetadataByQuery } from './metadata/update-access-model-metadata-by-query.ts';
import { createAccessModelMetadataForEntitlement } from './entitlements/create-access-model-metadata-for-entitlement.ts';
import { deleteAccessModelMetadataFromEntitlement } from './entitlements/delete-access-model-metadata-from-entitlement.ts';
import type { Operation } from './operation.ts';
import { createSegment, deleteSegment, getSegment, listSegments, patchSegment } from './segments/segments.ts';
import { createPersonalAccessToken } from './clients/create-personal-access-token.ts';
import { deletePersonalAccessToken } from './clients/delete-personal-access-token.ts';
import { listPersonalAccessTokens } from './clients/list-personal-access-tokens.ts';
import { patchPersonalAccessToken } from './clients/patch-personal-access-token.ts';
import { getPublicIdentities } from './identities/get-public-identities.ts';
import { createSourceSchema } from './sources/create-source-schema.ts';
import { createSource } from './sources/create-source.ts';
import { deleteAccountsAsync } from './sources/delete-accounts-async.ts';
import { deleteSourceSchema } from './sources/delete-source-schema.ts';
import { deleteSource } from './sources/delete-source.ts';
import { getAccountsSchema } from './sources/get-accounts-schema.ts';
import { getCorrelationConfig } from './sources/get-correlation-config.ts';
import { getEntitlementsSchema } from './sources/get-entitlements-schema.ts';
import { getIdentityMapping } from './sources/get-identity-mapping.ts';
import { getSourceSchema } from './sources/get-source-schema.ts';
import { getSourceSchemas } from './sources/get-source-schemas.ts';
import { getSource } from './sources/get-source.ts';
import { importAccounts } from './sources/import-accounts.ts';
import { importAccountsSchema } from './sources/import-accounts-schema.ts';
import { importEntitlementsSchema } from './sources/import-entitlements-schema.ts';
import { importEntitlements } from './sources/import-entitlements.ts';
import { listSources } from './sources/list-sources.ts';
import { putCorrelationConfig } from './sources/put-correlation-config.ts';
import { putIdentityMapping } from './sources/put-identity-mapping.ts';
import { putSourceSchema } from './sources/put-source-schema.ts';
import { putSource } from './sources/put-source.ts';
import { searchResourceObjects } from './sources/search-resource-objects.ts';
import { testSourceConnection } from './sources/test-source-connection.ts';
import { updateSourceSchema } from './sources/update-source-schema.ts';
import { updateSource } from './sources/update-source.ts';
import { getTaskStatus } from './tasks/get-task-status.ts';
import { getTaskStatusList } from './tasks/get-task-status-list.ts';
import { listTaskProblems } from './tasks/list-task-problems.ts';

/** Every operation that is served: the table of contents of the API. */
export const operations: readonly Operation[] = [
  // Entitlements
  listEntitlements,
  getEntitlement,
  patchEntitlement,
  listEntitlementParents,
  listEntitlementChildren,
  importEntitlementsBySource,
  listEntitlementsByAccount,
  createAccessModelMetadataForEntitlement,
  deleteAccessModelMetadataFromEntitlement,
  getEntitlementState,
  listEntitlementHistory,
  // Access model metadata
  listAccessModelMetadataAttribute,
  createAccessModelMetadataAttribute,
  getAccessModelMetadataAttribute,
  updateAccessModelMetadataAttribute,
  listAccessModelMetadataAttributeValue,
  createAccessModelMetadataAttributeValue,
  getAccessModelMetadataAttributeValue,
  updateAccessModelMetadataAttributeValue,
  updateAccessModelMetadataByIds,
  updateAccessModelMetadataByFilter,
  updateAccessModelMetadataByQuery,
  // Accounts
  listAccounts,
  getAccount,
  getAccountEntitlements,
  // Entitlement connections
  listEntitlementConnections,
  listEntitlementConnectionsForCurrentIdentity,
  patchEntitlementConnectionByQuery,
  patchEntitlementConnectionById,
  updateEntitlementConnectionsBulk,
  // Identities
  listIdentities,
  getIdentity,
  deleteIdentity,
  getPublicIdentities,
  // Changes
  listChanges,
  // Sources
  listSources,
  createSource,
  getSource,
  putSource,
  updateSource,
  deleteSource,
  getSourceSchemas,
  createSourceSchema,
  getSourceSchema,
  putSourceSchema,
  updateSourceSchema,
  deleteSourceSchema,
  getAccountsSchema,
  importAccountsSchema,
  getEntitlementsSchema,
  importEntitlementsSchema,
  importEntitlements,
  importAccounts,
  deleteAccountsAsync,
  testSourceConnection,
  searchResourceObjects,
  getCorrelationConfig,
  putCorrelationConfig,
  getIdentityMapping,
  putIdentityMapping,
  // Segments
  listSegments,
  createSegment,
  getSegment,
  patchSegment,
  deleteSegment,
  // Task management
  getTaskStatusList,
  getTaskStatus,
  listTaskProblems,
  // Personal access tokens
  listPersonalAccessTokens,
  createPersonalAccessToken,
  patchPersonalAccessToken,
  deletePersonalAccessToken,
  // OAuth clients
  listOauthClients,
  createOauthClient,
  getOauthClient,
  patchOauthClient,
  deleteOauthClient,
  // Auth users
  getAuthUser,
  patchAuthUser,
];
