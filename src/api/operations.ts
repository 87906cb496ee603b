import { getAccount } from './accounts/get-account.ts';
import { getAccountEntitlements } from './accounts/get-account-entitlements.ts';
import { createAccount } from './accounts/create-account.ts';
import { deleteAccountAsync } from './accounts/delete-account-async.ts';
import { deleteAccount } from './accounts/delete-account.ts';
import { disableAccount } from './accounts/disable-account.ts';
import { enableAccount } from './accounts/enable-account.ts';
import { putAccount } from './accounts/put-account.ts';
import { submitReloadAccount } from './accounts/submit-reload-account.ts';
import { unlockAccount } from './accounts/unlock-account.ts';
import { updateAccount } from './accounts/update-account.ts';
import { enableAccountForIdentity } from './accounts/enable-account-for-identity.ts';
import { enableAccountsForIdentities } from './accounts/enable-accounts-for-identities.ts';
import { disableAccountForIdentity } from './accounts/disable-account-for-identity.ts';
import { disableAccountsForIdentities } from './accounts/disable-accounts-for-identities.ts';
import { listAccounts } from './accounts/list-accounts.ts';
import { getAuthUser } from './identities/get-auth-user.ts';
import { patchAuthUser } from './identities/patch-auth-user.ts';
import { listChanges } from './changes/list-changes.ts';
import { deleteBulkEntitlements } from './entitlements/delete-bulk-entitlements.ts';
import { deleteEntitlement } from './entitlements/delete-entitlement.ts';
import { getDeleteBulkEntitlementsStatus } from './entitlements/get-delete-bulk-entitlements-status.ts';
import { getEntitlementDetailsForIdentity } from './connections/get-entitlement-details-for-identity.ts';
import { listEntitlementConnections } from './connections/list-entitlement-connections.ts';
import { listEntitlementConnectionsForCurrentIdentity } from './connections/list-entitlement-connections-for-current-identity.ts';
import { patchEntitlementConnectionByQuery } from './connections/patch-entitlement-connection-by-query.ts';
import { patchEntitlementConnectionById } from './connections/patch-entitlement-connection-by-id.ts';
import { updateEntitlementConnectionsBulk } from './connections/update-entitlement-connections-bulk.ts';
import { getEntitlementState } from './entitlements/get-entitlement-state.ts';
import { getEntitlement } from './entitlements/get-entitlement.ts';
import { importEntitlementDetails } from './entitlements/import-entitlement-details.ts';
import { importEntitlementsBySource } from './entitlements/import-entitlements-by-source.ts';
import { listEntitlementChildren } from './entitlements/list-entitlement-children.ts';
import { listEntitlementHistory } from './entitlements/list-entitlement-history.ts';
import { listEntitlementParents } from './entitlements/list-entitlement-parents.ts';
import { listEntitlementsByAccount } from './entitlements/list-entitlements-by-account.ts';
import { listEntitlementsByIdentity } from './entitlements/list-entitlements-by-identity.ts';
import { listEntitlements } from './entitlements/list-entitlements.ts';
import { patchEntitlement } from './entitlements/patch-entitlement.ts';
import { updateSegmentAssignments } from './entitlements/update-segment-assignments.ts';
import { createWorkgroup } from './governance-groups/create-workgroup.ts';
import { deleteWorkgroupMembers } from './governance-groups/delete-workgroup-members.ts';
import { deleteWorkgroupsInBulk } from './governance-groups/delete-workgroups-in-bulk.ts';
import { getWorkgroup } from './governance-groups/get-workgroup.ts';
import { deleteWorkgroup } from './governance-groups/governance-groups.ts';
import { listConnections } from './governance-groups/list-connections.ts';
import { listWorkgroupMembers } from './governance-groups/list-workgroup-members.ts';
import { listWorkgroups } from './governance-groups/list-workgroups.ts';
import { patchWorkgroup } from './governance-groups/patch-workgroup.ts';
import { updateWorkgroupMembers } from './governance-groups/update-workgroup-members.ts';
import { resetSourceEntitlements } from './entitlements/reset-source-entitlements.ts';
import { updateEntitlementsInBulk } from './entitlements/update-entitlements-in-bulk.ts';
import { updateManyEntitlements } from './entitlements/update-many-entitlements.ts';
import { deleteIdentity } from './identities/delete-identity.ts';
import { getIdentity } from './identities/get-identity.ts';
import { getIdentityOwnershipDetails } from './identities/get-identity-ownership-details.ts';
import { getRoleAssignment } from './identities/get-role-assignment.ts';
import { getRoleAssignments } from './identities/get-role-assignments.ts';
import { resetIdentity } from './identities/reset-identity.ts';
import { startIdentityProcessing } from './identities/start-identity-processing.ts';
import { listHistoricalIdentities } from './identity-history/list-historical-identities.ts';
import { getHistoricalIdentity } from './identity-history/get-historical-identity.ts';
import { listIdentityAccessItems } from './identity-history/list-identity-access-items.ts';
import { listIdentitySnapshots } from './identity-history/list-identity-snapshots.ts';
import { getIdentitySnapshotSummary } from './identity-history/get-identity-snapshot-summary.ts';
import { getIdentitySnapshot } from './identity-history/get-identity-snapshot.ts';
import { listIdentitySnapshotAccessItems } from './identity-history/list-identity-snapshot-access-items.ts';
import { getHistoricalIdentityEvents } from './identity-history/get-historical-identity-events.ts';
import { getIdentityStartDate } from './identity-history/get-identity-start-date.ts';
import { compareIdentitySnapshots } from './identity-history/compare-identity-snapshots.ts';
import { compareIdentitySnapshotsAccessType } from './identity-history/compare-identity-snapshots-access-type.ts';
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
import { getEntitlementRequestConfig } from './request-config/get-entitlement-request-config.ts';
import { putEntitlementRequestConfig } from './request-config/put-entitlement-request-config.ts';
import { getSourceEntitlementRequestConfig } from './request-config/get-source-entitlement-request-config.ts';
import { updateSourceEntitlementRequestConfig } from './request-config/update-source-entitlement-request-config.ts';
import { getAccessRequestConfig } from './request-config/get-access-request-config.ts';
import { setAccessRequestConfig } from './request-config/set-access-request-config.ts';
import { getAccessRequestConfigV2 } from './request-config/get-access-request-config-v2.ts';
import { setAccessRequestConfigV2 } from './request-config/set-access-request-config-v2.ts';
import { getEntitlementRequestConfigOrigins } from './request-config/get-entitlement-request-config-origins.ts';
import { deleteEntitlementRequestConfig } from './request-config/delete-entitlement-request-config.ts';
import { getSourceEntitlementRequestConfigOrigins } from './request-config/get-source-entitlement-request-config-origins.ts';
import { deleteSourceEntitlementRequestConfig } from './request-config/delete-source-entitlement-request-config.ts';
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
import { getSourceConfig } from './sources/get-source-config.ts';
import { getSourceConnections } from './sources/get-source-connections.ts';
import { getSourceHealth } from './sources/get-source-health.ts';
import { getSource } from './sources/get-source.ts';
import { importAccounts } from './sources/import-accounts.ts';
import { importAccountsSchema } from './sources/import-accounts-schema.ts';
import { importEntitlementsSchema } from './sources/import-entitlements-schema.ts';
import { importConnectorFile } from './sources/import-connector-file.ts';
import { importEntitlements } from './sources/import-entitlements.ts';
import { importUncorrelatedAccounts } from './sources/import-uncorrelated-accounts.ts';
import { listPasswordPolicyHoldersOnSource } from './sources/list-password-policy-holders-on-source.ts';
import { updatePasswordPolicyHolders } from './sources/update-password-policy-holders.ts';
import { listSources } from './sources/list-sources.ts';
import { pingCluster } from './sources/ping-cluster.ts';
import { putCorrelationConfig } from './sources/put-correlation-config.ts';
import { putIdentityMapping } from './sources/put-identity-mapping.ts';
import { putSourceSchema } from './sources/put-source-schema.ts';
import { putSource } from './sources/put-source.ts';
import { searchResourceObjects } from './sources/search-resource-objects.ts';
import { testSourceConfiguration } from './sources/test-source-configuration.ts';
import { testSourceConnection } from './sources/test-source-connection.ts';
import { updateSourceSchema } from './sources/update-source-schema.ts';
import { updateSource } from './sources/update-source.ts';
import { createTag } from './tags/create-tag.ts';
import { deleteTagById } from './tags/delete-tag-by-id.ts';
import { deleteTaggedObject } from './tags/delete-tagged-object.ts';
import { deleteTagsToManyObject } from './tags/delete-tags-to-many-object.ts';
import { getTagById } from './tags/get-tag-by-id.ts';
import { getTaggedObject } from './tags/get-tagged-object.ts';
import { listTaggedObjects } from './tags/list-tagged-objects.ts';
import { listTaggedObjectsByType } from './tags/list-tagged-objects-by-type.ts';
import { listTags } from './tags/list-tags.ts';
import { putTaggedObject } from './tags/put-tagged-object.ts';
import { setTagToObject } from './tags/set-tag-to-object.ts';
import { setTagsToManyObjects } from './tags/set-tags-to-many-objects.ts';
import { getSourceSchedules } from './sources/get-source-schedules.ts';
import { createSourceSchedule } from './sources/create-source-schedule.ts';
import { getSourceSchedule } from './sources/get-source-schedule.ts';
import { updateSourceSchedule } from './sources/update-source-schedule.ts';
import { deleteSourceSchedule } from './sources/delete-source-schedule.ts';
import { listProvisioningPolicies } from './sources/list-provisioning-policies.ts';
import { createProvisioningPolicy } from './sources/create-provisioning-policy.ts';
import { getProvisioningPolicy } from './sources/get-provisioning-policy.ts';
import { putProvisioningPolicy } from './sources/put-provisioning-policy.ts';
import { updateProvisioningPolicy } from './sources/update-provisioning-policy.ts';
import { deleteProvisioningPolicy } from './sources/delete-provisioning-policy.ts';
import { updateProvisioningPoliciesInBulk } from './sources/update-provisioning-policies-in-bulk.ts';
import { getSourceAttrSyncConfig } from './sources/get-source-attr-sync-config.ts';
import { putSourceAttrSyncConfig } from './sources/put-source-attr-sync-config.ts';
import { getNativeChangeDetectionConfig } from './sources/get-native-change-detection-config.ts';
import { putNativeChangeDetectionConfig } from './sources/put-native-change-detection-config.ts';
import { deleteNativeChangeDetectionConfig } from './sources/delete-native-change-detection-config.ts';
import { getPendingTaskHeaders } from './tasks/get-pending-task-headers.ts';
import { getPendingTasks } from './tasks/get-pending-tasks.ts';
import { getTaskStatus } from './tasks/get-task-status.ts';
import { getTaskStatusList } from './tasks/get-task-status-list.ts';
import { listTaskProblems } from './tasks/list-task-problems.ts';
import { updateTaskStatus } from './tasks/update-task-status.ts';

/** Every operation that is served: the table of contents of the API. */
export const operations: readonly Operation[] = [
  // Entitlements
  listEntitlements,
  getEntitlement,
  patchEntitlement,
  updateEntitlementsInBulk,
  updateManyEntitlements,
  listEntitlementParents,
  listEntitlementChildren,
  importEntitlementsBySource,
  importEntitlementDetails,
  resetSourceEntitlements,
  listEntitlementsByAccount,
  listEntitlementsByIdentity,
  createAccessModelMetadataForEntitlement,
  deleteAccessModelMetadataFromEntitlement,
  updateSegmentAssignments,
  getEntitlementState,
  listEntitlementHistory,
  deleteEntitlement,
  deleteBulkEntitlements,
  getDeleteBulkEntitlementsStatus,
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
  createAccount,
  putAccount,
  updateAccount,
  deleteAccount,
  submitReloadAccount,
  enableAccount,
  disableAccount,
  unlockAccount,
  enableAccountForIdentity,
  enableAccountsForIdentities,
  disableAccountForIdentity,
  disableAccountsForIdentities,
  deleteAccountAsync,
  // Entitlement connections
  listEntitlementConnections,
  listEntitlementConnectionsForCurrentIdentity,
  patchEntitlementConnectionByQuery,
  patchEntitlementConnectionById,
  updateEntitlementConnectionsBulk,
  getEntitlementDetailsForIdentity,
  // Identities
  listIdentities,
  getIdentity,
  deleteIdentity,
  getIdentityOwnershipDetails,
  getRoleAssignments,
  getRoleAssignment,
  startIdentityProcessing,
  resetIdentity,
  getPublicIdentities,
  // Identity history
  listHistoricalIdentities,
  getHistoricalIdentity,
  listIdentityAccessItems,
  listIdentitySnapshots,
  getIdentitySnapshotSummary,
  getIdentitySnapshot,
  listIdentitySnapshotAccessItems,
  getHistoricalIdentityEvents,
  getIdentityStartDate,
  compareIdentitySnapshots,
  compareIdentitySnapshotsAccessType,
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
  importUncorrelatedAccounts,
  deleteAccountsAsync,
  testSourceConnection,
  testSourceConfiguration,
  pingCluster,
  importConnectorFile,
  getSourceConfig,
  listPasswordPolicyHoldersOnSource,
  updatePasswordPolicyHolders,
  searchResourceObjects,
  getCorrelationConfig,
  putCorrelationConfig,
  getIdentityMapping,
  putIdentityMapping,
  getSourceConnections,
  getSourceHealth,
  getSourceSchedules,
  createSourceSchedule,
  getSourceSchedule,
  updateSourceSchedule,
  deleteSourceSchedule,
  listProvisioningPolicies,
  createProvisioningPolicy,
  getProvisioningPolicy,
  putProvisioningPolicy,
  updateProvisioningPolicy,
  deleteProvisioningPolicy,
  updateProvisioningPoliciesInBulk,
  getSourceAttrSyncConfig,
  putSourceAttrSyncConfig,
  getNativeChangeDetectionConfig,
  putNativeChangeDetectionConfig,
  deleteNativeChangeDetectionConfig,
  // Access requests
  getEntitlementRequestConfig,
  putEntitlementRequestConfig,
  getSourceEntitlementRequestConfig,
  updateSourceEntitlementRequestConfig,
  getAccessRequestConfig,
  setAccessRequestConfig,
  getAccessRequestConfigV2,
  setAccessRequestConfigV2,
  getEntitlementRequestConfigOrigins,
  deleteEntitlementRequestConfig,
  getSourceEntitlementRequestConfigOrigins,
  deleteSourceEntitlementRequestConfig,
  // Segments
  listSegments,
  createSegment,
  getSegment,
  patchSegment,
  deleteSegment,
  // Tags
  listTags,
  createTag,
  getTagById,
  deleteTagById,
  // Tagged objects
  listTaggedObjects,
  setTagToObject,
  listTaggedObjectsByType,
  getTaggedObject,
  putTaggedObject,
  deleteTaggedObject,
  setTagsToManyObjects,
  deleteTagsToManyObject,
  // Governance groups
  listWorkgroups,
  createWorkgroup,
  getWorkgroup,
  patchWorkgroup,
  deleteWorkgroup,
  deleteWorkgroupsInBulk,
  listWorkgroupMembers,
  updateWorkgroupMembers,
  deleteWorkgroupMembers,
  listConnections,
  // Task management
  getTaskStatusList,
  getTaskStatus,
  updateTaskStatus,
  getPendingTasks,
  getPendingTaskHeaders,
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
