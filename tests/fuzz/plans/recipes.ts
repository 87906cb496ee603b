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
    ['/segments', fc.constantFrom<unknown>([], null, ['f7b1b8a3-5fed-4fd4-ad29-82014e137e19'])],
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
