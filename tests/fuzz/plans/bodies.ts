import fc from 'fast-check';
import type { OperationFacts } from '../../../src/api/operation.ts';
import type { Operation } from '../../../src/api/operation.ts';
import { badUpload, type FileKind, goodUpload } from './multipart.ts';
import { badPatch, goodPatch } from './patches.ts';
import type { PlannedBody } from './plan.ts';
import { recipes } from './recipes.ts';
import { type JsonSchema, mutated, mutation, oddValue, valueOf } from './values.ts';

type Body = fc.Arbitrary<PlannedBody | undefined>;

/** The number of damaged files per valid one: each valid one starts a task. */
const loadShare = 25;

/** Bodies that are valid for the operation's schema. */
export function goodBody(operation: Operation, facts: OperationFacts): Body {
  switch (facts.body?.mediaType) {
    case undefined:
      return fc.constant(undefined);
    case 'multipart/form-data':
      return fc.oneof(
        { weight: 1, arbitrary: goodUpload(fileField(facts), fileKind(operation)) },
        { weight: loadShare, arbitrary: badUpload(fileField(facts)) },
      );
    default:
      return document(operation, facts).map((value) => ({
        contentType: facts.body?.mediaType,
        content: JSON.stringify(value),
      }));
  }
}

function document(operation: Operation, facts: OperationFacts): fc.Arbitrary<unknown> {
  const recipe = recipes[operation.operationId];
  const bySchema =
    facts.body?.mediaType === 'application/json-patch+json'
      ? goodPatch((facts.success.schema ?? {}) as JsonSchema)
      : valueOf((facts.body?.schema ?? {}) as JsonSchema);
  return recipe === undefined
    ? bySchema
    : fc.oneof({ weight: 3, arbitrary: recipe }, { weight: 1, arbitrary: bySchema });
}

function fileKind({ operationId, path }: Operation): FileKind {
  return operationId === 'importEntitlementDetails' ? 'details' : /accounts/.test(path) ? 'accounts' : 'entitlements';
}

function fileField(facts: OperationFacts): string {
  const { properties = {} } = (facts.body?.schema ?? {}) as JsonSchema;
  return Object.keys(properties).find((name) => properties[name]?.format === 'binary') ?? 'file';
}

/** Invalid bodies. */
export function badBody(operation: Operation, facts: OperationFacts): Body {
  const mediaType = facts.body?.mediaType;
  switch (mediaType) {
    case undefined:
      // The operation has no body, but some clients send one.
      return fc.oneof(garbage(undefined), fc.constant({ contentType: 'application/json', content: '' }));
    case 'multipart/form-data':
      return fc.oneof(
        { weight: 4, arbitrary: badUpload(fileField(facts)) },
        { weight: 1, arbitrary: garbage(undefined) },
      );
    case 'application/json-patch+json':
      return fc.oneof(
        {
          weight: 4,
          arbitrary: badPatch((facts.success.schema ?? {}) as JsonSchema).map((patch) => json(patch, facts)),
        },
        { weight: 1, arbitrary: garbage(mediaType) },
      );
    default:
      return fc.oneof(
        {
          weight: 4,
          arbitrary: fc
            .tuple(document(operation, facts), mutation)
            .map(([value, change]) => json(mutated(value, change), facts)),
        },
        { weight: 1, arbitrary: oddValue.map((value) => json(value, facts)) },
        {
          weight: 2,
          arbitrary: document(operation, facts).chain((value) =>
            damaged(JSON.stringify(value)).map((content) => ({ contentType: facts.body?.mediaType, content })),
          ),
        },
        { weight: 1, arbitrary: garbage(mediaType) },
      );
  }
}

function json(value: unknown, facts: OperationFacts): PlannedBody {
  return { contentType: facts.body?.mediaType, content: JSON.stringify(value) ?? '' };
}

/** A JSON text that is truncated, damaged or has trailing text. */
function damaged(text: string): fc.Arbitrary<string | Uint8Array> {
  return fc.oneof(
    fc.nat(text.length).map((at) => text.slice(0, at)),
    fc.constantFrom('}', ' ', '\0', ']', '//', text).map((tail) => text + tail),
    fc
      .constantFrom(
        '{"__proto__":{"polluted":true},',
        '{"constructor":{"prototype":{}},',
        '{"name":1,"name":"a",',
        '{"":"",',
      )
      .map((head) => text.replace('{', head)),
    fc
      .tuple(fc.nat(text.length), fc.constantFrom('\\ud800', '\\u0000', '\n', '\u2028', '1e999', '-', '"', '\\'))
      .map(([at, put]) => text.slice(0, at) + put + text.slice(at)),
    fc
      .tuple(fc.nat(text.length), fc.constantFrom([0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0]))
      .map(([at, bytes]) =>
        Buffer.concat([Buffer.from(text.slice(0, at)), Buffer.from(bytes), Buffer.from(text.slice(at))]),
      ),
  );
}

/** Any kind of body with any content type. */
export function garbage(mediaType: string | undefined): fc.Arbitrary<PlannedBody> {
  return fc.record({
    contentType: fc.oneof(
      { weight: 3, arbitrary: fc.constant(mediaType) },
      {
        weight: 2,
        arbitrary: fc.constantFrom<(string | undefined)[]>(
          'application/json',
          'application/json; charset=utf-16',
          'text/plain',
          'text/xml',
          'application/x-www-form-urlencoded',
          'multipart/form-data; boundary=x',
          'application/json-patch+json',
          '',
          'a',
          '/',
          'application/json;'.repeat(50),
          undefined,
        ),
      },
    ),
    content: fc.oneof<fc.Arbitrary<string | Uint8Array>[]>(
      fc.constantFrom(
        '',
        '{',
        '[',
        'null',
        '0',
        '""',
        '[]',
        '{}',
        '{"a":',
        '\uFEFF{}',
        'a=b&c=d',
        '<a/>',
        '1e999',
        '-',
        '['.repeat(20_000),
        '{"a":'.repeat(5000),
        `[${'1,'.repeat(20_000)}1]`,
        `"${'a'.repeat(100_000)}"`,
        '{"__proto__":null}',
      ),
      fc.uint8Array({ maxLength: 50 }),
    ),
  });
}
