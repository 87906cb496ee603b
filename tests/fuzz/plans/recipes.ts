import fc from 'fast-check';
import { capabilities } from '../../../src/domain/identities/auth-users.ts';
import { known } from './texts.ts';

/** Names that are usually new. */
const newName = fc
  .tuple(fc.nat(9_999_999), fc.constantFrom('Source', 'Quelle', 'Источник'))
  .map(([number, noun]) => `${noun} ${number}`);

const owner = fc
  .oneof(known('administrator'), known('administrator'), known('identity'))
  .map((id) => ({ type: 'IDENTITY', id }));

const identity = known('identity').map((id) => ({ type: 'IDENTITY', id }));
const workgroup = known('workgroup').map((id) => ({ type: 'GOVERNANCE_GROUP', id }));
const members = fc.array(identity, { maxLength: 5 });
const someText = fc.string({ minLength: 1, maxLength: 30 }).filter((text) => text.trim() !== '');

const attribute = (name: string, isMulti = false): object => ({ name, type: 'STRING', isMulti });

const groupSchema = fc.record(
  {
    name: fc.constantFrom('group', 'group', 'role', 'profile'),
    nativeObjectType: fc.constant('group'),
    identityAttribute: fc.constant('id'),
    displayAttribute: fc.constant('name'),
    hierarchyAttribute: fc.constantFrom(null, 'groups'),
    attributes: fc.constant([
      ...['id', 'name', 'displayName', 'created', 'description', 'modified', 'entitlements'].map((name) =>
        attribute(name),
      ),
      attribute('groups', true),
      attribute('permissions'),
    ]),
  },
  { requiredKeys: ['name', 'nativeObjectType', 'identityAttribute', 'attributes'], noNullPrototype: true },
);

const criterion = fc.record({
  operator: fc.constant('EQUALS'),
  attribute: fc.constantFrom('location', 'department'),
  value: fc.record({ type: fc.constant('STRING'), value: fc.string({ maxLength: 20 }) }),
});

/** Whom a segment is for. */
const criteria = fc.oneof(
  criterion.map((expression) => ({ expression })),
  fc
    .array(criterion, { minLength: 1, maxLength: 5 })
    .map((children) => ({ expression: { operator: 'AND', children } })),
);

const metadataChange = {
  operation: fc.constantFrom('ADD', 'REMOVE', 'REPLACE', 'replace'),
  replaceScope: fc.constantFrom('ALL', 'ATTRIBUTE', null),
  values: fc.constantFrom<unknown>(['high'], ['low'], ['medium']).map((values) => [{ attribute: 'iscRisk', values }]),
};

const connectionType = fc.constantFrom('JIT', 'STANDING');

const metadataName = fc.nat(9_999_999).map((number) => `Metadata ${number}`);
const tagNames = fc.array(fc.constantFrom('PCI', 'sox audit', 'BU_FINANCE', 'Финансы'), { minLength: 1, maxLength: 3 });
const objectRef = fc.oneof(
  known('entitlement').map((id) => ({ type: 'ENTITLEMENT', id })),
  known('identity').map((id) => ({ type: 'IDENTITY', id })),
  known('source').map((id) => ({ type: 'SOURCE', id })),
);
const objectRefs = fc.array(objectRef, { minLength: 1, maxLength: 5 });

const policyField = fc.record(
  {
    name: fc.nat(50).map((number) => `field ${number}`),
    type: fc.constantFrom('string', 'int', 'boolean', 'secret'),
    attributes: fc.constantFrom({}, { cloudRequired: 'true' }, { template: '${firstname}' }),
    transform: fc.constantFrom({}, { type: 'static', attributes: { value: 'x' } }),
  },
  { requiredKeys: ['name'], noNullPrototype: true },
);

const policy = fc.record(
  {
    name: fc.option(someText),
    usageType: fc.constantFrom('CREATE', 'UPDATE', 'DELETE', 'ENABLE'),
    fields: fc.uniqueArray(policyField, { maxLength: 4, selector: ({ name }) => name }),
  },
  { requiredKeys: ['name', 'usageType'], noNullPrototype: true },
);

const syncedAttribute = fc.record({
  name: fc.nat(50).map((number) => `attribute ${number}`),
  displayName: fc.string({ maxLength: 20 }),
  enabled: fc.boolean(),
  target: fc.constantFrom('mail', 'displayName'),
});

const cronExpression = fc.constantFrom('0 0 5 * * ?', '0 0/10 * ? * MON', '0 0 12 1/1 * ? *', '* * * * * ?', '0 0 L');

const approvalSchemes = fc
  .shuffledSubarray(['ENTITLEMENT_OWNER', 'SOURCE_OWNER', 'MANAGER'])
  .map((types) => types.map((approverType) => ({ approverType })));

/** How entitlements may be requested. */
const requestConfig = fc.record(
  {
    accessRequestConfig: fc.record(
      {
        approvalSchemes,
        requireEndDate: fc.boolean(),
        denialCommentRequired: fc.option(fc.boolean()),
        maxPermittedAccessDuration: fc.option(
          fc.record({ value: fc.integer({ min: 1, max: 100 }), timeUnit: fc.constantFrom('HOURS', 'DAYS') }),
        ),
      },
      { requiredKeys: [], noNullPrototype: true },
    ),
    revocationRequestConfig: fc.record({ approvalSchemes }),
  },
  { requiredKeys: [], noNullPrototype: true },
);

/** What all families have of the organisation's settings for access requests. */
const accessRequestSettings = fc.record(
  {
    approvalsMustBeExternal: fc.option(fc.boolean()),
    reauthorizationEnabled: fc.boolean(),
    requestOnBehalfOfConfig: fc.record({ allowRequestOnBehalfOfAnyoneByAnyone: fc.boolean() }),
  },
  { requiredKeys: [], noNullPrototype: true },
);

/** Valid bodies by operation, if the schema alone is not enough: they refer to existing objects. */
export const recipes: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  createSource: fc.record(
    {
      name: newName,
      owner,
      connector: fc.constant('delimited-file-angularsc'),
      description: fc.string({ maxLength: 20 }),
      authoritative: fc.constantFrom(false, false, true),
      connectorAttributes: fc.constantFrom({}, { 'group.delimiter': ';' }, { delimiter: '\\t', hasHeader: 'true' }),
      deleteThreshold: fc.nat(100),
    },
    { requiredKeys: ['name', 'owner', 'connector'], noNullPrototype: true },
  ),
  putSource: fc.record(
    { name: newName, owner, connector: fc.constant('delimited-file-angularsc'), deleteThreshold: fc.nat(100) },
    { requiredKeys: ['name', 'owner', 'connector'], noNullPrototype: true },
  ),
  createSourceSchema: groupSchema,
  putSourceSchema: groupSchema,
  createPersonalAccessToken: fc.record(
    {
      name: newName,
      scope: fc.constantFrom<unknown>(
        null,
        ['sp:scopes:all'],
        ['idn:entitlement:read'],
        ['idn:sources:read', 'idn:sources:manage'],
      ),
      expirationDate: fc.constant(new Date(Date.now() + 86_400_000).toISOString()),
    },
    { requiredKeys: ['name', 'expirationDate'], noNullPrototype: true },
  ),
  createOauthClient: fc.record(
    {
      name: newName,
      description: fc.constantFrom(null, 'A robot'),
      accessTokenValiditySeconds: fc.integer({ min: 1, max: 10_000 }),
      accessType: fc.constantFrom('OFFLINE', 'ONLINE'),
      enabled: fc.boolean(),
      grantTypes: fc.constant(['CLIENT_CREDENTIALS']),
      scope: fc.constantFrom<unknown>(['sp:scopes:all'], ['idn:entitlement:read']),
    },
    { noNullPrototype: true },
  ),
  createSegment: fc.record(
    { name: newName, owner: fc.option(identity), active: fc.boolean(), visibilityCriteria: fc.option(criteria) },
    { requiredKeys: ['name'], noNullPrototype: true },
  ),
  createWorkgroup: fc.record(
    { name: newName, owner: fc.option(identity), description: fc.option(fc.string({ maxLength: 30 })) },
    { requiredKeys: ['name'], noNullPrototype: true },
  ),
  patchWorkgroup: patchOf([
    ['/name', newName],
    ['/description', fc.option(fc.string({ maxLength: 30 }))],
    ['/owner', fc.option(identity)],
  ]),
  deleteWorkgroupsInBulk: fc.array(known('workgroup'), { maxLength: 2 }).map((ids) => ({ ids })),
  updateWorkgroupMembers: members,
  deleteWorkgroupMembers: members,
  updateEntitlementsInBulk: fc.record({
    entitlementIds: fc.array(known('entitlement'), { minLength: 1, maxLength: 5 }),
    jsonPatch: fc
      .constantFrom('/requestable', '/privileged', '/privilegeOverride/level')
      .chain((path) =>
        fc
          .constantFrom<unknown>(...(path.endsWith('level') ? ['HIGH', 'NONE'] : [true, false]))
          .map((value) => [{ op: 'replace', path, value }]),
      ),
  }),
  updateManyEntitlements: fc
    .record(
      {
        jsonPatch: fc.oneof(
          fc.constantFrom<unknown>(
            [{ op: 'replace', path: '/requestable', value: true }],
            [{ op: 'replace', path: '/description', value: 'New' }],
            [{ op: 'replace', path: '/manuallyUpdatedFields', value: { DISPLAY_NAME: false, DESCRIPTION: false } }],
            [{ op: 'replace', path: '/privilegeOverride/level', value: 'LOW' }],
          ),
          known('segment').map((segment) => [{ op: 'replace', path: '/segments', value: [segment] }]),
        ),
        metadata: fc.record(metadataChange, { noNullPrototype: true }),
        tags: fc.record(
          {
            operation: fc.constantFrom('ADD', 'REMOVE', 'REPLACE'),
            tags: fc.array(fc.constantFrom('pci', 'sox data', 'ABC'), { minLength: 1, maxLength: 3 }),
          },
          { noNullPrototype: true },
        ),
        requestConfig: fc.option(requestConfig),
        dryRun: fc.boolean(),
      },
      { requiredKeys: [], noNullPrototype: true },
    )
    .chain((change) =>
      fc.oneof(
        fc.array(known('entitlement'), { minLength: 1, maxLength: 5 }).map((ids) => ({ ids, ...change })),
        known('source').map((id) => ({ filters: `source.id eq "${id}"`, ...change })),
      ),
    ),
  deleteBulkEntitlements: fc.record({ ids: fc.array(known('entitlement'), { minLength: 1, maxLength: 2 }) }),
  putEntitlementRequestConfig: requestConfig,
  updateSourceEntitlementRequestConfig: requestConfig,
  setAccessRequestConfig: accessRequestSettings,
  setAccessRequestConfigV2: accessRequestSettings,
  createAccessModelMetadataAttribute: fc.record(
    { name: metadataName, multiselect: fc.boolean(), values: fc.constantFrom([], [{ name: 'One' }, { name: 'Two' }]) },
    { requiredKeys: ['name'], noNullPrototype: true },
  ),
  createAccessModelMetadataAttributeValue: fc.record({ name: metadataName }, { noNullPrototype: true }),
  updateAccessModelMetadataAttribute: patchOf([
    ['/description', fc.option(fc.string({ maxLength: 20 }))],
    ['/multiselect', fc.boolean()],
    ['/values/-', metadataName.map((name) => ({ name }))],
  ]),
  updateAccessModelMetadataByIds: fc.record(
    { entitlements: fc.array(known('entitlement'), { minLength: 1, maxLength: 5 }), ...metadataChange },
    { noNullPrototype: true },
  ),
  updateAccessModelMetadataByFilter: fc.record(
    { filters: known('source').map((id) => `source.id eq "${id}"`), ...metadataChange },
    { noNullPrototype: true },
  ),
  createAccount: fc.record({
    attributes: fc.record(
      {
        sourceId: known('source'),
        id: fc.nat(50).map((number) => `account${number}`),
        name: someText,
        location: fc.constantFrom<unknown>(null, 'Bern', 3),
        groups: fc.array(fc.constantFrom('admins', 'staff', 'new'), { maxLength: 3 }),
      },
      { requiredKeys: ['sourceId', 'id'], noNullPrototype: true },
    ),
  }),
  putAccount: fc.record({ attributes: fc.record({ name: someText, groups: fc.constantFrom([], ['admins']) }) }),
  updateAccount: patchOf([
    ['/identityId', fc.option(known('identity'))],
    ['/manuallyCorrelated', fc.boolean()],
    ['/attributes/location', fc.constantFrom('Bern', 'Basel')],
  ]),
  createTag: newName.map((name) => ({ name })),
  setTagToObject: fc.record({ objectRef, tags: tagNames }),
  putTaggedObject: fc.record({ tags: fc.oneof(fc.constant([]), tagNames) }),
  setTagsToManyObjects: fc.record({ objectRefs, tags: tagNames, operation: fc.constantFrom('APPEND', 'MERGE') }),
  deleteTagsToManyObject: fc.record({ objectRefs, tags: tagNames }),
  createSourceSchedule: fc.record(
    { type: fc.constantFrom('ACCOUNT_AGGREGATION', 'GROUP_AGGREGATION'), cronExpression },
    { noNullPrototype: true },
  ),
  updateSourceSchedule: patchOf([['/cronExpression', cronExpression]]),
  createProvisioningPolicy: policy,
  putProvisioningPolicy: policy,
  updateProvisioningPoliciesInBulk: fc.array(policy, { maxLength: 4 }),
  updateProvisioningPolicy: patchOf([
    ['/name', fc.option(someText)],
    ['/description', fc.string({ maxLength: 20 })],
    ['/fields/-', policyField],
  ]),
  putSourceAttrSyncConfig: fc.record(
    {
      source: fc.constant({}),
      attributes: fc.uniqueArray(syncedAttribute, { maxLength: 4, selector: ({ name }) => name }),
    },
    { noNullPrototype: true },
  ),
  startIdentityProcessing: fc.record(
    { identityIds: fc.array(known('identity'), { minLength: 1, maxLength: 5 }) },
    { noNullPrototype: true },
  ),
  updateSegmentAssignments: fc.uniqueArray(known('entitlement'), { minLength: 1, maxLength: 6 }).chain((ids) =>
    fc.record({ segmentId: known('segment'), count: fc.nat(ids.length) }).map(({ segmentId, count }) => ({
      segmentId,
      assignments: ids.slice(0, count).map((id) => ({ type: 'ENTITLEMENT', id })),
      removals: ids.slice(count).map((id) => ({ type: 'ENTITLEMENT', id })),
    })),
  ),
  updateEntitlementConnectionsBulk: fc.array(
    fc.record({ connectionId: known('connection'), type: connectionType }, { noNullPrototype: true }),
    { maxLength: 5 },
  ),
  patchEntitlementConnectionById: patchOf([['/type', connectionType]]),
  patchEntitlementConnectionByQuery: patchOf([['/type', connectionType]]),
  putCorrelationConfig: fc
    .array(
      fc.record({
        property: fc.constantFrom('email', 'alias', 'name', 'location'),
        value: fc.constantFrom('e-mail', 'id', 'name', 'location'),
        operation: fc.constant('EQ'),
      }),
      { maxLength: 3 },
    )
    .map((attributeAssignments) => ({ attributeAssignments })),
  putIdentityMapping: fc.record({
    attributes: fc.constantFrom(
      {},
      { email: ['e-mail'], lifecycleState: ['location'] },
      { alias: ['id'], city: ['location'] },
    ),
    lifecycleStates: fc.constantFrom({}, { Bern: 'active' }),
  }),
  patchAuthUser: fc
    .subarray([...capabilities], { maxLength: 3 })
    .map((value) => [{ op: 'replace', path: '/capabilities', value }]),
  patchEntitlement: patchOf([
    ['/name', someText],
    ['/description', fc.option(fc.string({ maxLength: 30 }))],
    ['/requestable', fc.boolean()],
    ['/privileged', fc.boolean()],
    ['/privilegeOverride/level', fc.constantFrom('HIGH', 'MEDIUM', 'LOW', 'NONE')],
    ['/owner', fc.option(identity)],
    ['/additionalOwners', fc.uniqueArray(identity, { maxLength: 3, selector: ({ id }) => id })],
    ['/additionalOwners', workgroup.map((group) => [group])],
    ['/segments', fc.option(fc.uniqueArray(known('segment'), { maxLength: 3 }))],
    ['/manuallyUpdatedFields', fc.record({ DISPLAY_NAME: fc.boolean(), DESCRIPTION: fc.boolean() })],
    [
      '/accessModelMetadata',
      fc.constantFrom<unknown>(null, { attributes: [{ key: 'iscRisk', values: [{ value: 'high' }] }] }),
    ],
  ]),
  updateSource: patchOf([
    ['/name', newName],
    ['/description', fc.string({ maxLength: 30 })],
    ['/owner', identity],
    ['/managementWorkgroup', fc.option(workgroup)],
    ['/deleteThreshold', fc.nat(100)],
    ['/connectorAttributes/group.delimiter', fc.constantFrom(';', '|', '\\t')],
    ['/connectorAttributes/delimiter', fc.constantFrom(',', ';')],
    ['/features', fc.constantFrom<unknown>([], ['DIRECT_PERMISSIONS'])],
  ]),
  updateSourceSchema: patchOf([
    ['/displayAttribute', fc.constantFrom('id', 'name', 'displayName')],
    ['/hierarchyAttribute', fc.constantFrom(null, 'groups')],
    ['/includePermissions', fc.boolean()],
    ['/attributes/-', fc.nat(20).map((number) => attribute(`more${number}`))],
    ['/attributes/1/description', fc.string({ maxLength: 20 })],
    ['/attributes/1/isMulti', fc.boolean()],
  ]),
  patchPersonalAccessToken: patchOf([
    ['/name', newName],
    ['/scope', fc.constantFrom<unknown>(['sp:scopes:all'], ['idn:entitlement:read'], null)],
    ['/accessTokenValiditySeconds', fc.integer({ min: 15, max: 43_200 })],
  ]),
  patchSegment: patchOf([
    ['/name', newName],
    ['/owner', fc.option(identity)],
    ['/active', fc.boolean()],
    ['/visibilityCriteria', fc.option(criteria)],
  ]),
  patchOauthClient: patchOf([
    ['/name', newName],
    ['/description', fc.option(fc.string({ maxLength: 20 }))],
    ['/enabled', fc.boolean()],
    ['/accessTokenValiditySeconds', fc.integer({ min: 1, max: 10_000 })],
    ['/scope', fc.constantFrom<unknown>(['sp:scopes:all'], ['idn:entitlement:read'])],
  ]),
};

/** JSON Patches that set one to three of these fields. */
function patchOf(fields: readonly (readonly [path: string, value: fc.Arbitrary<unknown>])[]): fc.Arbitrary<object[]> {
  const operation = fc.oneof(
    ...fields.map(([path, value]) =>
      fc.tuple(fc.constantFrom('replace', 'add'), value).map(([op, set]): object => ({ op, path, value: set })),
    ),
  );
  return fc.array(operation, { minLength: 1, maxLength: 3 });
}
