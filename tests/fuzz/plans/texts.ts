import fc from 'fast-check';

/** Kinds of objects that requests refer to: each has a pool in the world. */
export type PoolName =
  | 'source'
  | 'spareSource'
  | 'schema'
  | 'entitlement'
  | 'account'
  | 'connection'
  | 'identity'
  | 'administrator'
  | 'segment'
  | 'task'
  | 'tag'
  | 'personalAccessToken'
  | 'oauthClient'
  | 'workgroup'
  | 'version'
  | 'name'
  | 'value';

/** A placeholder for an object of that kind. It is the same in a URL, in JSON and in CSV. */
export function known(pool: PoolName): fc.Arbitrary<string> {
  return fc.nat(40).map((index) => `~${pool}*${index}~`);
}

const curious = [
  '',
  ' ',
  '.',
  '..',
  '../../etc/passwd',
  '%',
  '%00',
  '%2e%2e%2f',
  '\0',
  'a\0b',
  '\r\n',
  '\t',
  '\u2028',
  '\uFEFF',
  '\uD800',
  '\uDFFF\uD800',
  '😀'.repeat(30),
  'é',
  'e\u0301',
  'ﬀ',
  'İıſ',
  '\u202Eabc',
  'null',
  'undefined',
  'true',
  '0',
  '-1',
  '1e309',
  '9'.repeat(40),
  'NaN',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  "' OR 1=1 --",
  '"; DROP TABLE entitlement; --',
  '$1',
  '?',
  '%s%n',
  '${7*7}',
  '{{7*7}}',
  '<script>alert(1)</script>',
  '=1+1',
  '2024-02-30T00:00:00Z',
  '2024-01-01T00:00:00Z',
  '+275760-09-13T00:00:00.001Z',
  'f'.repeat(32),
  'F'.repeat(31),
  '00000000-0000-0000-0000-000000000000',
  '*',
  'me',
  '~1~0',
  '\\',
  '/',
  '//',
  '"',
  "'",
  ',',
  ';',
  '|',
];

/** Includes unpaired surrogates. */
const codeUnits = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 })
  .map((units) => String.fromCharCode(...units));

/** Texts that are difficult for parsers and databases. */
export const oddText: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...curious) },
  { weight: 2, arbitrary: codeUnits },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 20 }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('a', '😀', '(', '"', ' ', '%'), fc.constantFrom(201, 501, 4097, 30_000))
      .map(([unit, times]) => unit.repeat(times)),
  },
);

/** Ordinary texts. */
export const plainText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('Admins', 'Payroll readers', 'group', 'account', 'Ada Lovelace', 'memberOf', 'id', 'name', 'email'),
  fc.string({ maxLength: 12 }),
  known('name'),
);

/** Encodes a text for a URL; unpaired surrogates are replaced. */
export function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

/** Unusual percent-encoding. */
export const brokenEncoding: fc.Arbitrary<string> = fc.constantFrom(
  '%',
  '%zz',
  '%C3',
  '%C3%28',
  '%ED%A0%80',
  '%FF%FE',
  '%00',
  '%0D%0A',
  '%2F..%2F..',
  '%252e',
  '%u0041',
  '\u00FF',
  '..;',
  ';a=b',
);
