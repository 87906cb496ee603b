import fc from 'fast-check';
import { oddText } from './texts.ts';
import { anyJson, type JsonSchema, oddValue, valueOf } from './values.ts';

/** Patchable entitlement fields that are not in the schema. */
const further = [
  '/privilegeOverride/level',
  '/privileged',
  '/manuallyUpdatedFields',
  '/accessModelMetadata',
  '/segments',
  '/additionalOwners',
  '/owner',
  '/requestable',
  '/description',
  '/name',
];

/** JSON Patches for a resource with this schema: each operation sets one of its fields to a valid value. */
export function goodPatch(schema: JsonSchema): fc.Arbitrary<unknown> {
  const fields = Object.entries(schema.properties ?? {});
  if (fields.length === 0) {
    return fc.array(likely, { minLength: 1, maxLength: 3 });
  }
  const operation = fc
    .constantFrom(...fields)
    .chain(([name, field]) =>
      fc.oneof(
        { weight: 6, arbitrary: valueOf(field).map((value): object => ({ op: 'replace', path: `/${name}`, value })) },
        { weight: 1, arbitrary: valueOf(field).map((value): object => ({ op: 'add', path: `/${name}`, value })) },
        { weight: 1, arbitrary: fc.constant<object>({ op: 'remove', path: `/${name}` }) },
      ),
    );
  return fc.oneof(
    { weight: 3, arbitrary: fc.array(likely, { minLength: 1, maxLength: 3 }) },
    { weight: 3, arbitrary: fc.array(operation, { minLength: 1, maxLength: 2 }) },
  );
}

/** Operations that are valid for some resource. */
const likely: fc.Arbitrary<object> = fc.oneof(
  fc.string({ maxLength: 30 }).map((value) => ({ op: 'replace', path: '/description', value })),
  fc.string({ minLength: 1, maxLength: 30 }).map((value) => ({ op: 'replace', path: '/name', value })),
  fc.boolean().map((value) => ({ op: 'replace', path: '/requestable', value })),
  fc.boolean().map((value) => ({ op: 'replace', path: '/privileged', value })),
  fc
    .constantFrom('HIGH', 'MEDIUM', 'LOW', 'NONE')
    .map((value) => ({ op: 'replace', path: '/privilegeOverride/level', value })),
  fc
    .nat(60)
    .map((index) => ({ op: 'replace', path: '/owner', value: { type: 'IDENTITY', id: `~identity*${index}~` } })),
  fc.nat(60).map((index) => ({
    op: 'add',
    path: '/additionalOwners',
    value: [{ type: 'IDENTITY', id: `~identity*${index}~` }],
  })),
  fc
    .constantFrom(';', '|', '\\t', 'none')
    .map((value) => ({ op: 'add', path: '/connectorAttributes/group.delimiter', value })),
  fc
    .constantFrom<unknown>([], ['SOURCE_ADMIN'], ['ORG_ADMIN'], null)
    .map((value) => ({ op: 'replace', path: '/capabilities', value })),
  fc
    .constantFrom<unknown>(['sp:scopes:all'], ['idn:entitlement:read'], null)
    .map((value) => ({ op: 'replace', path: '/scope', value })),
  fc.nat(100).map((value) => ({ op: 'replace', path: '/deleteThreshold', value })),
);

/** JSON Patches that mix valid and invalid operations, pointers and values. */
export function badPatch(schema: JsonSchema): fc.Arbitrary<unknown> {
  const names = Object.keys(schema.properties ?? {});
  const name = fc.constantFrom(...names.map((one) => `/${one}`), ...further);
  const pointer = fc.oneof(
    { weight: 3, arbitrary: name },
    {
      weight: 3,
      arbitrary: fc
        .tuple(
          name,
          fc.constantFrom(
            '/0',
            '/-',
            '/-1',
            '/00',
            '/1e3',
            '/99999999999',
            '/a~',
            '/~2',
            '/~0~1',
            '/',
            '//',
            '/__proto__',
            '/constructor/prototype',
            '/length',
            '/id',
          ),
        )
        .map((parts) => parts.join('')),
    },
    { weight: 1, arbitrary: oddText },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '',
        '/',
        'name',
        '#/name',
        '/__proto__/polluted',
        '/constructor/prototype/polluted',
        '/a'.repeat(5000),
      ),
    },
  );
  const operation = fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record(
        {
          op: fc.constantFrom('add', 'remove', 'replace', 'move', 'copy', 'test', 'Replace', '', 'merge'),
          path: pointer,
          from: pointer,
          value: fc.oneof(oddValue, anyJson),
        },
        { requiredKeys: ['op', 'path'], noNullPrototype: true },
      ),
    },
    { weight: 3, arbitrary: likely },
    { weight: 1, arbitrary: oddValue },
  );
  return fc.oneof(
    { weight: 8, arbitrary: fc.array(operation, { maxLength: 4 }) },
    // Doubles the value with every operation.
    {
      weight: 1,
      arbitrary: fc
        .tuple(name, fc.constantFrom(5, 30, 60))
        .map(([path, times]) => [
          { op: 'add', path, value: ['a'] },
          ...Array.from({ length: times }, () => ({ op: 'copy', from: path, path: `${path}/-` })),
        ]),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(likely, fc.constantFrom(500, 5000))
        .map(([one, times]) => Array.from({ length: times }, () => one)),
    },
    { weight: 1, arbitrary: oddValue },
  );
}
