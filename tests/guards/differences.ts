import type { Family } from '../../src/api/families.ts';

/** One deliberate difference of served operations from the published contract. */
export interface Difference {
  /** The operations (by operationId, as their files); undefined: all that differ in this way. */
  readonly operations?: readonly string[];
  /** The families; undefined: all that differ in this way. */
  readonly families?: readonly Family[];
  /** The comparison's lines about it; `*` matches any text. */
  readonly findings: readonly string[];
  readonly reason: string;
}

const entitlementOperations = [
  'createAccessModelMetadataForEntitlement',
  'getAccountEntitlements',
  'getEntitlement',
  'listEntitlements',
  'listEntitlementChildren',
  'listEntitlementParents',
  'patchEntitlement',
];

/**
 * Every deliberate difference from the contract. The comparison fails for a difference that is not listed, and for a
 * listed one that no longer exists.
 */
export const differences: readonly Difference[] = [
  {
    operations: [
      'getWorkgroup',
      'patchWorkgroup',
      'deleteWorkgroup',
      'listWorkgroupMembers',
      'updateWorkgroupMembers',
      'deleteWorkgroupMembers',
      'listConnections',
    ],
    findings: ['status 404: not in the contract'],
    reason: 'A group that does not exist is a 404, as for all other objects; the contract documents no status for it.',
  },
  {
    operations: ['getEntitlementDetailsForIdentity'],
    findings: [
      '*query parameter identityId: not in the contract',
      '*query parameter entitlementId: not in the contract',
    ],
    reason: 'The contract declares them as parameters of a path that has none.',
  },
  {
    operations: ['importEntitlements', 'importEntitlementsBySource'],
    findings: ['response .name: not in the contract'],
    reason: 'The other load operations call the name of a task `name`, these `uniqueName`: it stands under both.',
  },
  {
    operations: ['listEntitlementsByAccount'],
    findings: ['response *.attribute: may be null; the contract has string, undefined'],
    reason: 'As for the other lists of entitlements.',
  },
  {
    operations: entitlementOperations,
    families: ['beta'],
    findings: [
      'response *.accessModelMetadata.attributes[].isAdhoc: missing',
      'response *.accessModelMetadata.attributes[].values[].type: missing',
    ],
    reason: 'Beta alone has fields for values that are added at run time; here there are none.',
  },
  {
    operations: [
      'createAccessModelMetadataAttribute',
      'getAccessModelMetadataAttribute',
      'listAccessModelMetadataAttribute',
      'updateAccessModelMetadataAttribute',
    ],
    families: ['beta'],
    findings: ['response *.isAdhoc: missing', 'response *.values[].type: missing'],
    reason: 'As for the metadata of entitlements.',
  },
  {
    operations: [
      'createAccessModelMetadataAttributeValue',
      'getAccessModelMetadataAttributeValue',
      'listAccessModelMetadataAttributeValue',
      'updateAccessModelMetadataAttributeValue',
    ],
    families: ['beta'],
    findings: ['response *.type: missing'],
    reason: 'As for the metadata of entitlements.',
  },
  {
    operations: ['listAccessModelMetadataAttribute', 'listAccessModelMetadataAttributeValue'],
    families: ['v2024', 'v2025', 'v2026', 'v1'],
    findings: ['query parameter offset: not in the contract'],
    reason: 'Only beta has it; without it, clients could not read more than one page.',
  },
  {
    operations: ['listProvisioningPolicies'],
    families: ['v2026', 'v1'],
    findings: ['query parameter count: not in the contract'],
    reason: 'As every list with pages.',
  },
  {
    operations: ['getSourceConnections'],
    findings: [
      'response .dependentCustomTransforms[]*',
      'response .dependentApps[]*',
      'response .missingDependents[]*',
    ],
    reason: 'There are no transforms and applications: these lists are always empty.',
  },
  {
    operations: ['getSourceHealth'],
    findings: ['response .iqServiceVersion: may be null; *'],
    reason: 'There is no IQService. The contract allows null except in the description of v3.',
  },
  {
    operations: ['importUncorrelatedAccounts'],
    findings: [
      'response .task.attributes.qpocJobId: missing',
      'response .task.attributes.taskStartDelay: missing',
      'response .task.attributes.*: not in the contract',
      'response .task.returns: missing',
    ],
    reason: 'The contract contradicts itself about these; no client can read them, and nothing corresponds to them.',
  },
  {
    operations: ['importAccounts'],
    findings: ['response .task.attributes.*: missing'],
    reason: 'The contract allows further attributes of a kind that no client can know; there are none.',
  },
  {
    operations: ['importAccounts'],
    families: ['beta'],
    findings: ['request media type application/x-www-form-urlencoded: missing'],
    reason: 'That is for sources without a file, whose aggregations send nothing; such sources do not exist here.',
  },
  {
    operations: ['getPendingTasks', 'getPendingTaskHeaders'],
    findings: ['status 204: missing'],
    reason: 'No pending tasks are an empty list with 200, as in every other list.',
  },
  {
    operations: ['getPendingTasks', 'getTaskStatus', 'getTaskStatusList', 'updateTaskStatus'],
    findings: ['response *.taskDefinitionSummary: missing'],
    reason:
      'It describes a definition of the task inside ISC, to which nothing corresponds here; the contract does not require it.',
  },
  {
    operations: entitlementOperations,
    families: ['v2024', 'v2025', 'v2026', 'v1'],
    findings: ['response *.attribute: may be null; the contract has string, undefined'],
    reason:
      'An entitlement of a group schema to which no account attribute is linked has no attribute; beta says null.',
  },
  {
    operations: ['getAccountEntitlements'],
    families: ['v3'],
    findings: ['response [].attribute: may be null; the contract has string, undefined'],
    reason: 'The entitlements are those of v2024.',
  },
  {
    operations: [
      'createSourceSchema',
      'getSourceSchema',
      'getSourceSchemas',
      'importAccountsSchema',
      'importEntitlementsSchema',
      'putSourceSchema',
      'updateSourceSchema',
    ],
    families: ['v3'],
    findings: [
      'response *.hierarchyAttribute: may be null; the contract has string, undefined',
      'response *.attributes[].schema: may be null; the contract has object, undefined',
    ],
    reason: 'The schemas are those of v2024, which says that these may be null; the document of v3 is older.',
  },
  {
    operations: ['createSource', 'getSource', 'importConnectorFile', 'listSources', 'putSource', 'updateSource'],
    findings: [
      'response *.accountCorrelationConfig.name: may be null; *',
      'response *.accountCorrelationRule.name: may be null; *',
      'response *.beforeProvisioningRule.name: may be null; *',
      'response *.managerCorrelationRule.name: may be null; *',
      'response *.passwordPolicies[].name: may be null; *',
      'response *.cluster.type: may be undefined; *',
      'response *.cluster.id: may be undefined; *',
      'response *.cluster.name: may be null, undefined; *',
    ],
    reason: 'These refer to objects that do not exist here; what a client sent is kept and given back as it came.',
  },
  {
    operations: ['getSourceConfig'],
    findings: [
      'response .applicationXml: missing',
      'response .correlationConfigXml: missing',
      'response .sourceConfigXml: missing',
      'response .s3Location: missing',
    ],
    reason: 'Connectors have no forms and no XML.',
  },
  {
    operations: ['getSourceConfig'],
    families: ['beta'],
    findings: ['response .sourceConfig: missing', 'response .uploadedFiles: missing'],
    reason: 'Both are empty, and beta does not allow null.',
  },
  {
    operations: ['searchResourceObjects'],
    findings: [
      'response .resourceObjects[].instance: missing',
      'response .resourceObjects[].uuid: missing',
      'response .resourceObjects[].previousIdentity: missing',
    ],
    reason: 'No connector here knows more of an object than its key, its name and its attributes.',
  },
  {
    operations: ['getIdentityOwnershipDetails'],
    findings: ['response .associationDetails[].total: not in the contract'],
    reason: 'The list has no pages, and an identity can own a million entitlements: 250 are listed, all are counted.',
  },
  {
    operations: ['getIdentityOwnershipDetails'],
    families: ['v2024'],
    findings: ['user levels: *; the contract has any'],
    reason: 'The other families declare none. Who owns what is for those who may read identities, in every family.',
  },
  {
    operations: ['getRoleAssignment', 'getRoleAssignments'],
    findings: [
      'response *.comments: missing',
      'response *.assignmentSource: missing',
      'response *.assigner: missing',
      'response *.assignedDimensions: missing',
      'response *.assignmentContext: missing',
      'response *.accountTargets: missing',
    ],
    reason: 'There are no roles yet: the list is empty, and a single assignment is never found.',
  },
  {
    operations: ['listHistoricalIdentities'],
    findings: ['query parameter count: not in the contract'],
    reason: 'Every list here can be counted.',
  },
  {
    operations: ['getHistoricalIdentity'],
    findings: ['status 404: not in the contract'],
    reason: 'The identity may be unknown, which the contract says of the other operations only.',
  },
  {
    operations: ['listIdentityAccessItems', 'listIdentitySnapshotAccessItems', 'getHistoricalIdentityEvents'],
    findings: ['response *.attribute: may be null; *'],
    reason: 'As for entitlements: an account attribute may no longer be linked to the type of the entitlement.',
  },
  {
    operations: ['listIdentityAccessItems', 'listIdentitySnapshotAccessItems', 'getHistoricalIdentityEvents'],
    findings: [
      'response *.appRefs: missing',
      'response *.startDate: missing',
      'response *.removeDate: missing',
      'response *.revocable: missing',
      'response *.appRoleId: missing',
    ],
    reason: 'These are fields of applications, access profiles and roles, which do not exist yet.',
  },
  {
    operations: ['getHistoricalIdentityEvents'],
    findings: [
      'response [].certificationId: missing',
      'response [].certificationName: missing',
      'response [].signedDate: missing',
      'response [].certifiers: missing',
      'response [].reviewers: missing',
      'response [].signer: missing',
      'response [].accessRequest: missing',
      'response [].governanceEvent.*: missing',
    ],
    reason: 'There are no certifications and access requests yet, so no event comes from one.',
  },
  {
    operations: ['updateSegmentAssignments'],
    families: ['beta'],
    findings: ['POST /entitlements/segment-assignments: not in the contract'],
    reason: 'The contract has a file that describes the request, but no path for it.',
  },
  {
    operations: ['deleteEntitlement'],
    families: ['beta'],
    findings: ['DELETE /entitlements/{id}: not in the contract'],
    reason: 'ISC has served this operation in beta without documenting it, and its clients ask for it.',
  },
  {
    operations: ['deleteBulkEntitlements'],
    families: ['beta'],
    findings: ['POST /entitlements/bulk-delete: not in the contract'],
    reason: 'The contract has a file that describes it, but no path for it.',
  },
  {
    operations: ['getDeleteBulkEntitlementsStatus'],
    families: ['beta'],
    findings: ['GET /entitlements/bulk-delete/{id}: not in the contract'],
    reason: 'The contract has a file that describes it, but no path for it.',
  },
  {
    operations: ['importEntitlementDetails'],
    families: ['beta'],
    findings: ['POST /entitlements/sources/{sourceId}/entitlements/import: not in the contract'],
    reason: 'ISC serves this operation in beta without documenting it, and its VS Code extension uses it.',
  },
  {
    operations: ['listEntitlementConnections', 'listEntitlementConnectionsForCurrentIdentity'],
    findings: ['response [].machineIdentity: missing', 'response [].state: missing', 'response [].jit: missing'],
    reason: 'There are no machine identities, and just-in-time access is not activated.',
  },
  {
    operations: ['patchEntitlementConnectionById', 'patchEntitlementConnectionByQuery'],
    findings: [
      'response .machineIdentityId: missing',
      'response .state: missing',
      'response .stateChanged: missing',
      'response .stateChangedBy: missing',
      'response .jitActivation: missing',
      'response .jitProvision: missing',
      'response .jitDeactivation: missing',
      'response .jitDeprovision: missing',
      'response .jitExpiration: missing',
      'response .deleteAfter: missing',
    ],
    reason: 'As for the lists of connections.',
  },
  {
    operations: ['patchEntitlementConnectionById', 'patchEntitlementConnectionByQuery'],
    findings: ['response .tenantId: missing', 'response .created: missing', 'response .actorName: missing'],
    reason:
      'A server has no tenant id; when a source first showed a membership and who changed its type is in the change record.',
  },
  {
    operations: ['createSegment', 'getSegment', 'listSegments', 'patchSegment'],
    families: ['beta'],
    findings: ['response *.visibilityCriteria.expression.children[].attribute: may be null; *'],
    reason: 'The other families allow null in requests, and the schema is one for all. It is never null in a response.',
  },
  {
    operations: ['deleteTaggedObject', 'getTaggedObject', 'putTaggedObject'],
    findings: ['status 404: not in the contract'],
    reason: 'The path names an object, which may not exist.',
  },
];
