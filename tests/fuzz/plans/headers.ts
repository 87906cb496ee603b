import fc from 'fast-check';
import type { Caller } from './plan.ts';
import { known } from './texts.ts';

export type Header = readonly [name: string, value: string];

/** Headers of ordinary clients. */
export const goodHeaders: fc.Arbitrary<Header[]> = fc.subarray<Header>([
  ['Accept', 'application/json'],
  ['Accept-Language', 'de-CH,de;q=0.9'],
  ['X-SailPoint-Experimental', 'true'],
  ['User-Agent', 'fuzz/1'],
]);

const value = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '*',
    '"1"',
    'W/"1"',
    '""',
    '"a"',
    '"99999999999999999999"',
    '-1',
    'a'.repeat(9000),
    '\u00ff\u00fe',
    '{}',
    ';;;',
    ',,,',
    'a=b;c="',
    '../..',
    'text/html',
    'identity',
    'gzip',
  ),
  fc.string({ maxLength: 20 }).map(headerText),
);

function headerText(text: string): string {
  return text.replaceAll(/[^\t\x20-\x7e]/g, '.');
}

const names = [
  'If-Match',
  'If-Match',
  'If-None-Match',
  'Content-Type',
  'Content-Type',
  'Accept',
  'Accept-Language',
  'Accept-Encoding',
  'Content-Encoding',
  'X-SailPoint-Experimental',
  'Range',
  'Cookie',
  'Origin',
  'X-Forwarded-For',
  'X-HTTP-Method-Override',
  'Slpt-Request-Id',
  'X-Request-Id',
  '__proto__',
  'constructor',
  'Authorization',
  'Authorization',
];

const authorization: fc.Arbitrary<Header> = fc
  .constantFrom(
    'Bearer',
    'Bearer ',
    'bearer a.b.c',
    'Basic YTpi',
    'Digest x',
    'Bearer eyJhbGciOiJub25lIn0.eyJleHAiOjk5OTk5OTk5OTl9.',
    `Bearer ${'a'.repeat(20_000)}`,
    'Bearer ..',
    'Bearer \u00ff',
    'null',
  )
  .map((text) => ['Authorization', text]);

/** Invalid headers. */
export const badHeaders: fc.Arbitrary<Header[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.tuple(fc.constantFrom(...names), value) },
    { weight: 2, arbitrary: authorization },
    {
      weight: 2,
      arbitrary: fc
        .oneof(known('version'), fc.nat(9).map(String))
        .map((version): Header => ['If-Match', `"${version}"`]),
    },
  ),
  { minLength: 1, maxLength: 3 },
);

export const goodCaller: fc.Arbitrary<Caller> = fc.constant<Caller>('administrator');

export const badCaller: fc.Arbitrary<Caller> = fc.constantFrom<Caller[]>(
  'narrow',
  'source-administrator',
  'source-subadministrator',
  'nobody',
  'application',
  'expired',
  'revoked',
  'tampered',
  'none',
);
