import fc from 'fast-check';

const entitlementColumns = 'id,name,displayName,created,description,modified,entitlements,groups,permissions';
const accountColumns = 'id,name,givenName,familyName,e-mail,location,manager,groups';

const row = fc.nat(60).map((index) => `e${index},Name ${index},Shown ${index},,What ${index} is for,,,e${index % 7},`);
const person = fc
  .nat(60)
  .map(
    (index) =>
      `p${index},Person ${index},Given ${index},Family ${index},p${index}@x.example,Bern,p${index % 5},e${index}`,
  );

/** Files like those of real sources. */
export const goodEntitlementFile: fc.Arbitrary<string> = fc
  .array(row, { minLength: 1, maxLength: 60 })
  .map((rows) => [entitlementColumns, ...rows, ''].join('\n'));

/** Details of entitlements that may exist. */
export const goodDetailsFile: fc.Arbitrary<string> = fc
  .uniqueArray(fc.nat(60), { minLength: 1, maxLength: 60 })
  .map((numbers) =>
    [
      'attributeName,attributeValue,schema,displayName,description,privileged',
      ...numbers.map((index) => `groups,e${index},group,Other ${index},,${index % 2 === 0 ? 'true' : ''}`),
      '',
    ].join('\n'),
  );

export const goodAccountFile: fc.Arbitrary<string> = fc
  .array(person, { minLength: 1, maxLength: 60 })
  .map((rows) => [accountColumns, ...rows, ''].join('\n'));

const field = fc.constantFrom(
  '',
  'a',
  ' a ',
  '"',
  '""',
  '"a',
  'a"b',
  '"a""b"',
  '"a\nb"',
  '"a"b',
  '\0',
  '\uFEFF',
  '#',
  "'",
  '\\',
  '\t',
  '🔑',
  '\u0085',
  '=cmd()',
  '__proto__',
  'x'.repeat(70_000),
  '"' + 'y\n'.repeat(3000) + '"',
);
const lineEnd = fc.constantFrom('\n', '\r\n', '\r', '\n\n', '\u2028', '');
const header = fc.oneof(
  fc.constantFrom(entitlementColumns, accountColumns),
  fc.constantFrom(
    '',
    '\uFEFF' + entitlementColumns,
    entitlementColumns.replaceAll(',', ';'),
    'id,id',
    'id',
    'ID,NAME',
    '"id,name',
    `${entitlementColumns},extra`,
    ',,,',
    '__proto__,constructor',
    'a,'.repeat(3000),
  ),
  fc.array(field, { maxLength: 4 }).map((fields) => fields.join(',')),
);

/** Bytes that may or may not be a valid file. */
export const badFile: fc.Arbitrary<Uint8Array> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .tuple(header, fc.array(fc.tuple(fc.array(field, { maxLength: 10 }), lineEnd), { maxLength: 6 }), lineEnd)
      .map(([first, lines, end]) =>
        Buffer.from(first + end + lines.map(([fields, close]) => fields.join(',') + close).join('')),
      ),
  },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('utf16le', 'latin1')
      .map((encoding) => Buffer.from(`${entitlementColumns}\né,ü,,,,,,,\n`, encoding as BufferEncoding)),
  },
  {
    weight: 1,
    arbitrary: fc
      .uint8Array({ maxLength: 12 })
      .map((bytes) =>
        Buffer.concat([Buffer.from(`${entitlementColumns}\n`), bytes, Buffer.from(',\xff\xfe,\n', 'latin1')]),
      ),
  },
);
