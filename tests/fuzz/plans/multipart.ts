import fc from 'fast-check';
import { badFile, goodAccountFile, goodDetailsFile, goodEntitlementFile } from './csv.ts';
import type { PlannedBody } from './plan.ts';
import { oddText } from './texts.ts';

const boundary = 'fuzz-boundary-7f3a';

interface Part {
  readonly disposition: string;
  readonly content: string | Uint8Array;
}

function filePart(name: string, content: string | Uint8Array, fileName = 'file.csv'): Part {
  return { disposition: `form-data; name="${name}"; filename="${fileName}"`, content };
}

function textPart(name: string, content: string): Part {
  return { disposition: `form-data; name="${name}"`, content };
}

function bodyOf(parts: readonly Part[], end = `--${boundary}--\r\n`): Buffer {
  return Buffer.concat([
    ...parts.flatMap(({ disposition, content }) => [
      Buffer.from(`--${boundary}\r\nContent-Disposition: ${disposition}\r\n\r\n`),
      Buffer.from(content as string),
      Buffer.from('\r\n'),
    ]),
    Buffer.from(end),
  ]);
}

const announced = `multipart/form-data; boundary=${boundary}`;

/** What an upload contains. */
export type FileKind = 'accounts' | 'entitlements' | 'details';

/** Valid uploads. */
export function goodUpload(field: string, kind: FileKind): fc.Arbitrary<PlannedBody> {
  const file = { accounts: goodAccountFile, entitlements: goodEntitlementFile, details: goodDetailsFile }[kind];
  const more =
    kind === 'accounts'
      ? fc.constantFrom<Part[][]>([], [], [textPart('disableOptimization', 'true')])
      : fc.constantFrom<Part[][]>([], [textPart('objectType', 'group')]);
  return fc
    .tuple(file, more)
    .map(([content, parts]) => ({ contentType: announced, content: bodyOf([...parts, filePart(field, content)]) }));
}

/** Uploads with a damaged file, part or multipart body. Few of them start a task. */
export function badUpload(field: string): fc.Arbitrary<PlannedBody> {
  const part = fc.oneof(
    fc
      .tuple(fc.constantFrom(field, 'file', 'csvFile', 'other', '__proto__', ''), badFile)
      .map(([name, content]) => filePart(name, content)),
    fc
      .tuple(fc.constantFrom('objectType', 'disableOptimization', field, '__proto__', 'x'), oddText)
      .map(([name, content]) => textPart(name, content)),
    fc.constantFrom<Part[]>(
      { disposition: 'form-data', content: 'a' },
      { disposition: '', content: 'a' },
      { disposition: `form-data; name=${field}; filename=`, content: 'a' },
      { disposition: `form-data; name="${field}"; filename="../../../etc/passwd"`, content: 'id\n' },
      { disposition: `form-data; name="${field}"; filename*=UTF-8''%ff%00`, content: 'id\n' },
      { disposition: `attachment; name="${field}"; filename="a\0b"`, content: 'id\n' },
      { disposition: `form-data; name="${'n'.repeat(9000)}"`, content: 'a' },
      {
        disposition: `form-data; name="${field}"; filename="a"\r\nContent-Type: multipart/mixed; boundary=in`,
        content: '--in--',
      },
      { disposition: `form-data; name="${field}"; filename="a"\r\nContent-Transfer-Encoding: base64`, content: '!!!' },
    ),
  );
  const content = fc.oneof(
    { weight: 5, arbitrary: fc.array(part, { maxLength: 3 }).map((parts) => bodyOf(parts)) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(
          fc.array(part, { maxLength: 2 }),
          fc.constantFrom('', `--${boundary}`, `--${boundary}-`, '\r\n', `--${boundary}--junk`),
        )
        .map(([parts, end]) => bodyOf(parts, end)),
    },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(12, 101)
        .map((times) => bodyOf(Array.from({ length: times }, (_, index) => textPart(`f${index}`, 'a')))),
    },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(2, 12)
        .map((times) => bodyOf(Array.from({ length: times }, () => filePart(field, 'nothing\n')))),
    },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)) },
    { weight: 1, arbitrary: fc.constant(Buffer.alloc(0)) },
  );
  const contentType = fc.oneof(
    { weight: 6, arbitrary: fc.constant<string | undefined>(announced) },
    {
      weight: 3,
      arbitrary: fc.constantFrom<(string | undefined)[]>(
        undefined,
        'multipart/form-data',
        'multipart/form-data; boundary=',
        'multipart/form-data; boundary=other',
        `multipart/form-data; boundary="${boundary}`,
        `multipart/form-data; boundary=${'b'.repeat(300)}`,
        `multipart/mixed; boundary=${boundary}`,
        'text/csv',
        'application/json',
        'application/octet-stream',
      ),
    },
  );
  return fc.record({ contentType, content }).map((body) => ({ contentType: body.contentType, content: body.content }));
}
