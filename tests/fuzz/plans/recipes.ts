import fc from 'fast-check';
import { capabilities } from '../../../src/domain/auth-users.ts';
import { known } from './texts.ts';

/** Names that are new most of the time. */
const newName = fc
  .tuple(fc.nat(9_999_999), fc.constantFrom('Source', 'Quelle', 'Источник'))
  .map(([number, noun]) => `${noun} ${number}`);

const owner = fc
  .oneof(known('administrator'), known('administrator'), known('identity'))
  .map((id) => ({ type: 'IDENTITY', id }));

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

/** Bodies that succeed, by operation, where the schema alone does not lead far: they name things that are there. */
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
};
