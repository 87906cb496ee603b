import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entitlement } from '../../domain/entitlements/entitlements.ts';
import type { PrivilegeLevel } from '../../domain/entitlements/privilege.ts';
import type { Related } from '../../domain/entitlements/related.ts';
import { responseProblem } from '../validation.ts';
import { shapeV1, shapeV2 } from './projections.ts';
import { entitlement, entitlementV2 } from './schemas.ts';

const full: Entitlement = {
  id: '0190b6f0a1b27c3d8e4f5a6b7c8d9e0f',
  sourceId: '0190b6f0a1b27c3d8e4f5a6b7c8d9e01',
  sourceName: 'Directory "East"',
  type: 'group',
  attribute: 'memberOf',
  value: 'CN=Admins\\, East\n',
  sourceDisplayName: 'Admins',
  sourceDescription: 'From the source',
  sourcePrivilege: 'HIGH',
  attributes: '{"cn":"Admins","members":["a","b"]}',
  permissions: '[{"rights":["read"],"target":"share"}]',
  hasParents: 1,
  manualName: 'By hand',
  manualDescription: null,
  isNameManual: 1,
  isDescriptionManual: 1,
  ownerId: 'owner',
  ownerName: 'Olga',
  additionalOwners: '[{"type":"IDENTITY","id":"a","name":"Ada"}]',
  requestable: 1,
  cloudGoverned: 0,
  privilegeOverride: null,
  privilegeOverrideBy: null,
  segments: '["29cb6c06-1da8-43ea-8be4-b3125f248f2a"]',
  accessModelMetadata: '{"attributes":[{"key":"k","values":[{"value":"v"}]}]}',
  requestConfig: '{"accessRequestConfig":{"requireEndDate":true}}',
  tags: null,
  created: Date.UTC(2026, 0, 31, 12),
  modified: Date.UTC(2026, 0, 31, 12, 0, 0, 7),
  version: 3,
};

const value = { value: 'v', name: 'V', status: 'active' } as const;
const known = new Map([
  [
    'k',
    {
      key: 'k',
      name: 'K',
      description: null,
      multiselect: false,
      status: 'active' as const,
      type: 'custom' as const,
      objectTypes: ['general'],
      values: [{ ...value, value: 'other' }, value],
      created: 0,
      modified: 0,
      version: 1,
    },
  ],
]);
const related = (inherited: PrivilegeLevel): Related => ({
  inherited,
  attributes: known,
  groups: new Map([['g', 'Owners']]),
});

const bare: Entitlement = {
  ...full,
  attribute: null,
  sourceDisplayName: null,
  sourceDescription: null,
  sourcePrivilege: null,
  attributes: '{}',
  permissions: null,
  hasParents: 0,
  manualName: null,
  isNameManual: 0,
  isDescriptionManual: 0,
  ownerId: null,
  ownerName: null,
  additionalOwners: null,
  requestable: 0,
  segments: null,
  accessModelMetadata: null,
  requestConfig: null,
};

const common = {
  id: full.id,
  name: 'By hand',
  attribute: 'memberOf',
  value: full.value,
  sourceSchemaObjectType: 'group',
  description: null,
  cloudGoverned: false,
  requestable: true,
  owner: { type: 'IDENTITY', id: 'owner', name: 'Olga' },
  manuallyUpdatedFields: { DISPLAY_NAME: true, DESCRIPTION: true },
  accessModelMetadata: {
    attributes: [
      {
        key: 'k',
        name: 'K',
        multiselect: false,
        status: 'active',
        type: 'custom',
        objectTypes: ['general'],
        values: [{ value: 'v', name: 'V', status: 'active' }],
      },
    ],
  },
  created: '2026-01-31T12:00:00.000Z',
  modified: '2026-01-31T12:00:00.007Z',
  source: { type: 'SOURCE', id: full.sourceId, name: 'Directory "East"' },
  attributes: { cn: 'Admins', members: ['a', 'b'] },
  segments: ['29cb6c06-1da8-43ea-8be4-b3125f248f2a'],
  directPermissions: [{ rights: ['read'], target: 'share' }],
};

const commonOfBare = {
  ...common,
  name: full.value,
  attribute: null,
  requestable: false,
  owner: null,
  manuallyUpdatedFields: { DISPLAY_NAME: false, DESCRIPTION: false },
  accessModelMetadata: { attributes: [] },
  attributes: {},
  segments: null,
  directPermissions: [],
};

describe('the JSON of an entitlement', () => {
  test('has every field of the older entity', () => {
    expect(JSON.parse(shapeV1.project(full, related('NONE')))).toEqual({
      ...common,
      privileged: true,
      additionalOwners: [{ type: 'IDENTITY', id: 'a', name: 'Ada' }],
    });
    expect(JSON.parse(shapeV1.project(bare, related('HIGH')))).toEqual({
      ...commonOfBare,
      privileged: false,
      additionalOwners: null,
    });
  });

  test('has every field of the newer entity', () => {
    expect(JSON.parse(shapeV2.project(full, related('LOW')))).toEqual({
      ...common,
      privilegeLevel: {
        direct: 'HIGH',
        inherited: 'LOW',
        effective: 'HIGH',
        setBy: full.sourceId,
        setByType: 'CONNECTOR_CRITERIA',
      },
      tags: [],
    });
    expect(JSON.parse(shapeV2.project(bare, related('LOW')))).toEqual({
      ...commonOfBare,
      privilegeLevel: { direct: 'NONE', inherited: 'LOW', effective: 'LOW' },
      tags: [],
    });
  });

  test('shows an owner without a name if the identity has been deleted', () => {
    const { owner } = JSON.parse(shapeV1.project({ ...full, ownerName: null }, related('NONE'))) as { owner: unknown };
    expect(owner).toEqual({ type: 'IDENTITY', id: 'owner' });
  });

  test('is valid for any texts', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.dictionary(fc.string(), fc.jsonValue()), (text, attributes) => {
        const row = {
          ...full,
          value: text,
          manualName: text,
          type: text,
          attribute: text,
          sourceName: text,
          ownerName: text,
          attributes: JSON.stringify(attributes),
        };
        expect(responseProblem(entitlement, JSON.parse(shapeV1.project(row, related('NONE'))))).toBeUndefined();
        const parsed = JSON.parse(shapeV2.project(row, related('NONE'))) as { value: string };
        expect(responseProblem(entitlementV2, parsed)).toBeUndefined();
        expect(parsed.value).toBe(text);
      }),
    );
  });
});
