import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MunimentError } from '../../errors.ts';
import type { EntitlementRow } from '../../storage/entitlements/entitlements.ts';
import { patchEntitlementRow, type PrivilegeField } from './entitlement-patch.ts';

const row: EntitlementRow = {
  id: '1',
  sourceId: '2',
  sourceName: 'Directory',
  type: 'group',
  attribute: 'memberOf',
  value: 'CN=Admins',
  sourceDisplayName: 'Admins',
  sourceDescription: 'From the source',
  sourcePrivilege: 'MEDIUM',
  attributes: '{}',
  permissions: null,
  hasParents: 0,
  manualName: null,
  manualDescription: null,
  isNameManual: 0,
  isDescriptionManual: 0,
  ownerId: null,
  ownerName: null,
  additionalOwners: null,
  requestable: 0,
  cloudGoverned: 0,
  privilegeOverride: null,
  privilegeOverrideBy: null,
  segments: null,
  accessModelMetadata: null,
  requestConfig: null,
  tags: null,
  created: 1,
  modified: 1,
  version: 1,
};
const segment = '29cb6c06-1da8-43ea-8be4-b3125f248f2a';

function patched(before: Partial<EntitlementRow>, operations: unknown[], field: PrivilegeField = 'privileged') {
  return patchEntitlementRow({ ...row, ...before }, operations, field, 'actor', new Map());
}

function replaced(path: string, value?: unknown): unknown {
  return value === undefined ? { op: 'replace', path } : { op: 'replace', path, value };
}

function refusal(before: Partial<EntitlementRow>, operations: unknown[], field: PrivilegeField = 'privileged'): string {
  try {
    patched(before, operations, field);
  } catch (error) {
    if (error instanceof MunimentError && error.status === 400) {
      return error.message;
    }
    throw error;
  }
  throw new Error('The patch was accepted.');
}

describe('a patch of an entitlement', () => {
  test('without operations has no effect', () => {
    const { governance, additionalOwners, newReferences } = patched({}, []);
    expect(row).toMatchObject(governance);
    expect({ additionalOwners, newReferences }).toEqual({ additionalOwners: null, newReferences: [] });
  });

  test.each<[string, Partial<EntitlementRow>, unknown[], object]>([
    ['makes requestable', {}, [replaced('/requestable', true)], { requestable: 1 }],
    ['sets a name', {}, [replaced('/name', 'New')], { isNameManual: 1, manualName: 'New', isDescriptionManual: 0 }],
    ['sets the shown name manually', {}, [replaced('/name', 'Admins')], { isNameManual: 1, manualName: 'Admins' }],
    [
      'sets a description if there is none',
      { sourceDescription: null },
      [{ op: 'add', path: '/description', value: 'D' }],
      { isDescriptionManual: 1, manualDescription: 'D' },
    ],
    [
      'removes a description',
      {},
      [{ op: 'remove', path: '/description' }],
      { isDescriptionManual: 1, manualDescription: null },
    ],
    [
      'resets a name to that of the source',
      { isNameManual: 1, manualName: 'New', isDescriptionManual: 1, manualDescription: 'D' },
      [replaced('/manuallyUpdatedFields', { DISPLAY_NAME: false, DESCRIPTION: true })],
      { isNameManual: 0, manualName: null, isDescriptionManual: 1, manualDescription: 'D' },
    ],
    [
      'keeps the shown value as a manual one',
      {},
      [replaced('/manuallyUpdatedFields/DESCRIPTION', true)],
      { isNameManual: 0, isDescriptionManual: 1, manualDescription: 'From the source' },
    ],
    [
      'uses the later of name and flag: the flag',
      {},
      [replaced('/name', 'New'), replaced('/manuallyUpdatedFields', { DISPLAY_NAME: false, DESCRIPTION: false })],
      { isNameManual: 0, manualName: null },
    ],
    [
      'uses the later of name and flag: the name',
      {},
      [replaced('/manuallyUpdatedFields', { DISPLAY_NAME: false, DESCRIPTION: false }), replaced('/name', 'New')],
      { isNameManual: 1, manualName: 'New' },
    ],
    ['does not count a test as a change', {}, [{ op: 'test', path: '/name', value: 'Admins' }], { isNameManual: 0 }],
    [
      'creates the segments array',
      {},
      [{ op: 'add', path: '/segments/-', value: segment }],
      { segments: `["${segment}"]` },
    ],
    ['empties segments', { segments: `["${segment}"]` }, [replaced('/segments', [])], { segments: '[]' }],
    ['removes segments', { segments: `["${segment}"]` }, [replaced('/segments')], { segments: null }],
    ['sets an owner', {}, [{ op: 'add', path: '/owner', value: { type: 'IDENTITY', id: 'x' } }], { ownerId: 'x' }],
    ['removes an owner with a missing value', { ownerId: 'x' }, [replaced('/owner')], { ownerId: null }],
    [
      'stores only the keys of metadata, sorted',
      {},
      [
        {
          op: 'add',
          path: '/accessModelMetadata/attributes/-',
          value: {
            key: 'k',
            name: 'K',
            objectTypes: null,
            values: [{ value: 'w' }, { value: 'v', name: 'V', status: 'active' }],
          },
        },
        { op: 'add', path: '/accessModelMetadata/attributes/0', value: { key: 'j', values: [{ value: 'u' }] } },
      ],
      {
        accessModelMetadata:
          '{"attributes":[{"key":"j","values":[{"value":"u"}]},{"key":"k","values":[{"value":"v"},{"value":"w"}]}]}',
      },
    ],
    [
      'keeps metadata in an older form if another field is set',
      { accessModelMetadata: '{"attributes":[{"key":"k","name":"K","values":[{"value":"v"}]}]}' },
      [replaced('/requestable', true)],
      { accessModelMetadata: '{"attributes":[{"key":"k","name":"K","values":[{"value":"v"}]}]}' },
    ],
    [
      'removes metadata',
      { accessModelMetadata: '{"attributes":[{"key":"k","values":[{"value":"v"}]}]}' },
      [replaced('/accessModelMetadata', { attributes: [] })],
      { accessModelMetadata: null },
    ],
    [
      'removes the last value of an attribute',
      { accessModelMetadata: '{"attributes":[{"key":"k","values":[{"value":"v"}]}]}' },
      [{ op: 'remove', path: '/accessModelMetadata/attributes/0/values/0' }],
      { accessModelMetadata: null },
    ],
  ])('%s', (_title, before, operations, expected) => {
    expect(patched(before, operations).governance).toMatchObject(expected);
  });

  test.each<[string, PrivilegeField, Partial<EntitlementRow>, unknown[], string | null, string | null]>([
    ['true is HIGH', 'privileged', {}, [replaced('/privileged', true)], 'HIGH', 'actor'],
    ['false is NONE, even if it is shown already', 'privileged', {}, [replaced('/privileged', false)], 'NONE', 'actor'],
    [
      'removing clears the override',
      'privileged',
      { privilegeOverride: 'HIGH' },
      [{ op: 'remove', path: '/privileged' }],
      null,
      null,
    ],
    ['a test is not an override', 'privileged', {}, [{ op: 'test', path: '/privileged', value: false }], null, null],
    ['a level', 'privilegeOverride', {}, [replaced('/privilegeOverride/level', 'MEDIUM')], 'MEDIUM', 'actor'],
    [
      'the same level keeps who set it',
      'privilegeOverride',
      { privilegeOverride: 'LOW', privilegeOverrideBy: 'other' },
      [replaced('/privilegeOverride/level', 'LOW')],
      'LOW',
      'other',
    ],
    [
      'null clears the override',
      'privilegeOverride',
      { privilegeOverride: 'LOW', privilegeOverrideBy: 'other' },
      [replaced('/privilegeOverride/level', null)],
      null,
      null,
    ],
    [
      'so does removing',
      'privilegeOverride',
      { privilegeOverride: 'LOW', privilegeOverrideBy: 'other' },
      [{ op: 'remove', path: '/privilegeOverride/level' }],
      null,
      null,
    ],
  ])('privilege: %s', (_title, field, before, operations, privilegeOverride, privilegeOverrideBy) => {
    expect(patched(before, operations, field).governance).toMatchObject({ privilegeOverride, privilegeOverrideBy });
  });

  test('names the identities it newly refers to', () => {
    const before = {
      ownerId: 'o',
      ownerName: 'Olga',
      additionalOwners: '[{"type":"IDENTITY","id":"a","name":"Ada"}]',
    };
    expect(patched(before, [replaced('/owner', { type: 'IDENTITY', id: 'o', name: 'Olga' })]).newReferences).toEqual(
      [],
    );
    expect(patched(before, [replaced('/owner', { id: 'p', name: 'Pia' })]).newReferences).toEqual([
      { field: 'owner', noun: 'owner', id: 'p', name: 'Pia' },
    ]);
    expect(patched(before, [replaced('/owner/id', 'p')]).newReferences).toEqual([
      { field: 'owner', noun: 'owner', id: 'p', name: undefined },
    ]);
    const added = patched(before, [{ op: 'add', path: '/additionalOwners/-', value: { type: 'IDENTITY', id: 'b' } }]);
    expect(added.newReferences).toEqual([
      { field: 'additionalOwners', noun: 'additional owner', id: 'b', name: undefined },
    ]);
    expect(added.additionalOwners).toHaveLength(2);
    // An existing owner is not checked again, even if the identity no longer exists.
    expect(patched({ ownerId: 'gone' }, [replaced('/requestable', true)]).newReferences).toEqual([]);
  });

  const identity = (id: string): object => ({ type: 'IDENTITY', id });
  test.each<[string, unknown[], string]>([
    [
      'another path',
      [replaced('/value', 'x')],
      '"/value" cannot be patched. Patchable are /requestable, /privileged, /segments, /owner, /name,',
    ],
    ['another path to test', [{ op: 'test', path: '/id', value: '1' }], '"/id" cannot be patched'],
    ['a copy from another path', [{ op: 'copy', from: '/value', path: '/name' }], '"/value" cannot be patched'],
    ['the whole', [replaced('', {})], '"" cannot be patched'],
    ['an index', [replaced('/name', 'x'), replaced('/privilegeOverride/level', 'LOW')], 'Patch operation [1]'],
    ['a failed test', [{ op: 'test', path: '/name', value: 'x' }], 'the test failed: the value is "Admins", not "x"'],
    ['requestable', [replaced('/requestable', 'true')], 'Field "requestable" is "true". It must be true or false.'],
    ['requestable removed', [{ op: 'remove', path: '/requestable' }], 'Field "requestable" is missing'],
    ['privileged', [replaced('/privileged', 'HIGH')], 'Field "privileged" is "HIGH". It must be true or false.'],
    ['a name that is not a string', [replaced('/name', 7)], 'Field "name" is 7. It must be a string.'],
    ['a removed name', [{ op: 'remove', path: '/name' }], 'set manuallyUpdatedFields.DISPLAY_NAME to false'],
    ['a blank name', [replaced('/name', ' ')], 'Field "name" is " ". It must not be blank.'],
    ['a long name', [replaced('/name', 'ü'.repeat(1001))], 'Field "name" has 2002 bytes. At most 2000'],
    ['a name that is long when folded', [replaced('/name', '\u{fdfa}'.repeat(300))], 'Field "name" has'],
    ['a NUL', [replaced('/name', 'a\0b')], 'Field "name" contains a NUL character'],
    [
      'a lone surrogate',
      [replaced('/description', '\ud800')],
      'Field "description" contains a NUL character or a lone',
    ],
    [
      'a description that is not a string',
      [replaced('/description', {})],
      'Field "description" is {}. It must be a string or null.',
    ],
    ['a long description', [replaced('/description', 'x'.repeat(65_536))], 'Field "description" has 65536 characters'],
    [
      'one flag of two',
      [replaced('/manuallyUpdatedFields', { DISPLAY_NAME: true })],
      'Field "manuallyUpdatedFields.DESCRIPTION" is missing',
    ],
    [
      'another flag',
      [replaced('/manuallyUpdatedFields', { DISPLAY_NAME: true, DESCRIPTION: true, NAME: true })],
      '"manuallyUpdatedFields.NAME" is not known',
    ],
    [
      'a segment that is not an id',
      [{ op: 'add', path: '/segments/-', value: 'x' }],
      'Field "segments.0" is "x". It must be the id of a segment',
    ],
    [
      'a segment twice',
      [replaced('/segments', [segment, segment.toUpperCase()])],
      `Field "segments" has "${segment}" twice`,
    ],
    ['segments that are not an array', [replaced('/segments', segment)], 'Field "segments" is "29cb'],
    ['an owner without id', [replaced('/owner', { type: 'IDENTITY' })], 'Field "owner.id" is missing'],
    [
      'an owner of another type',
      [replaced('/owner', { type: 'ROLE', id: 'x' })],
      'Field "owner.type" is "ROLE". It must be IDENTITY.',
    ],
    [
      'an owner that is a string',
      [replaced('/owner', 'x')],
      'Field "owner" is "x". It must be an object with type, id, name.',
    ],
    [
      'an unknown member of an owner',
      [replaced('/owner', { id: 'x', email: 'y' })],
      'Field "owner.email" is not known. Allowed are type, id, name.',
    ],
    [
      'eleven additional owners',
      [
        replaced(
          '/additionalOwners',
          Array.from({ length: 11 }, (_, index) => identity(String(index))),
        ),
      ],
      'has 11 owners',
    ],
    ['an additional owner twice', [replaced('/additionalOwners', [identity('x'), identity('x')])], '"x" twice'],
    [
      'an additional owner without type',
      [replaced('/additionalOwners', [{ id: 'x' }])],
      'Field "additionalOwners.0.type" is missing',
    ],
    [
      'a group and an identity',
      [replaced('/additionalOwners', [identity('x'), { type: 'GOVERNANCE_GROUP', id: 'g' }])],
      'or one governance group',
    ],
    ['metadata that is not an object', [replaced('/accessModelMetadata', [])], 'Field "accessModelMetadata" is []'],
    [
      'metadata without key',
      [replaced('/accessModelMetadata', { attributes: [{ name: 'K' }] })],
      'Field "accessModelMetadata.attributes.0.key" is required',
    ],
    [
      'metadata with a wrong value',
      [replaced('/accessModelMetadata', { attributes: [{ key: 'k', name: 'K', values: [{ value: 7 }] }] })],
      'Field "accessModelMetadata.attributes.0.values.0.value" is 7',
    ],
    [
      'metadata with a key twice',
      [
        replaced('/accessModelMetadata', {
          attributes: [
            { key: 'k', values: [] },
            { key: 'k', values: [] },
          ],
        }),
      ],
      '"k" twice',
    ],
    [
      'metadata without values',
      [replaced('/accessModelMetadata', { attributes: [{ key: 'k', name: 'K' }] })],
      'Field "accessModelMetadata.attributes.0.values" is required',
    ],
    [
      'metadata with a value twice',
      [replaced('/accessModelMetadata', { attributes: [{ key: 'k', values: [{ value: 'v' }, { value: 'v' }] }] })],
      '"v" twice',
    ],
    [
      'too many attributes',
      [replaced('/accessModelMetadata', { attributes: Array.from({ length: 101 }, () => ({ key: 'k', values: [] })) })],
      'has 101 items. At most 100',
    ],
  ])('refuses %s', (_title, operations, reason) => {
    expect(refusal({}, operations)).toContain(reason);
  });

  test.each<[string, unknown[], string]>([
    ['privileged', [replaced('/privileged', true)], 'Patchable are /requestable, /privilegeOverride/level, /segments'],
    [
      'another level',
      [replaced('/privilegeOverride/level', 'high')],
      'Field "privilegeOverride.level" is "high". It must be one of HIGH, MEDIUM, LOW, NONE, or null',
    ],
    [
      'an unknown member of an override',
      [{ op: 'add', path: '/privilegeOverride/by', value: 'x' }],
      '"privilegeOverride.by" is not known',
    ],
    ['an override that is a string', [replaced('/privilegeOverride', 'HIGH')], 'Field "privilegeOverride" is "HIGH"'],
  ])('rejects %s in the newer form', (_title, operations, reason) => {
    expect(refusal({}, operations, 'privilegeOverride')).toContain(reason);
  });

  test('any patch succeeds or throws a 400, does not modify the row, and is idempotent if it only sets values', () => {
    const path = fc.constantFrom(
      '/name',
      '/description',
      '/requestable',
      '/privileged',
      '/segments',
      '/segments/-',
      '/owner',
      '/manuallyUpdatedFields',
      '/manuallyUpdatedFields/DISPLAY_NAME',
      '/additionalOwners/-',
      '/accessModelMetadata',
      '/value',
    );
    const value = fc.oneof(
      fc.boolean(),
      fc.constantFrom<unknown>('Text', null, segment, [segment], identity('x'), {
        DISPLAY_NAME: true,
        DESCRIPTION: false,
      }),
      fc.jsonValue({ maxDepth: 2 }),
    );
    const operation = fc.record({ op: fc.constantFrom('add', 'replace', 'remove', 'test'), path, value });
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 5 }), (operations) => {
        const before = structuredClone(row);
        try {
          const first = patched({}, operations);
          if (operations.every(({ op, path: pointer }) => op === 'replace' && !pointer.endsWith('/-'))) {
            const owners = first.additionalOwners === null ? null : JSON.stringify(first.additionalOwners);
            const again = patched({ ...first.governance, additionalOwners: owners }, operations);
            expect(again.governance).toEqual(first.governance);
          }
        } catch (error) {
          expect(error).toMatchObject({ status: 400 });
        }
        expect(row).toEqual(before);
      }),
      { numRuns: 1000 },
    );
  });
});
