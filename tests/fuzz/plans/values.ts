import fc from 'fast-check';
import { known, oddText, plainText } from './texts.ts';

/** The JSON Schema keywords that the operations' schemas use. */
export interface JsonSchema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly format?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>;
}

/** Texts that refer to an object, or to none. */
const someText = fc.oneof(
  { weight: 3, arbitrary: plainText },
  { weight: 1, arbitrary: known('identity') },
  { weight: 1, arbitrary: known('source') },
);

/** Any small JSON value. */
export const anyJson: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
  { weight: 1, arbitrary: oddText },
);

/** Unusual values for a field. */
export const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: oddText },
  {
    weight: 4,
    arbitrary: fc.constantFrom<unknown>(
      null,
      0,
      -1,
      1.5,
      2 ** 31,
      2 ** 53,
      1e308,
      -1e-308,
      true,
      false,
      [],
      {},
      [null],
      [[]],
      { '': '' },
      { toString: 1 },
      { constructor: { prototype: {} } },
      { length: 1e9 },
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom(20, 400, 4000).map(nested) },
  { weight: 1, arbitrary: anyJson },
);

function nested(depth: number): unknown {
  let value: unknown = null;
  for (let level = 0; level < depth; level++) {
    value = level % 2 === 0 ? [value] : { a: value };
  }
  return value;
}

const made = new WeakMap<object, fc.Arbitrary<unknown>>();

/** Values that are valid for a schema. */
export function valueOf(schema: JsonSchema): fc.Arbitrary<unknown> {
  const before = made.get(schema);
  if (before !== undefined) {
    return before;
  }
  const arbitrary = makeValue(schema);
  made.set(schema, arbitrary);
  return arbitrary;
}

function makeValue(schema: JsonSchema): fc.Arbitrary<unknown> {
  if (schema.anyOf !== undefined) {
    return fc.oneof(...schema.anyOf.map(valueOf));
  }
  if (schema.enum !== undefined) {
    return fc.constantFrom(...schema.enum);
  }
  if (schema.const !== undefined) {
    return fc.constant(schema.const);
  }
  switch (schema.type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -(2 ** 31), max: schema.maximum ?? 2 ** 31 - 1 });
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case 'string':
      return schema.format === 'date-time' ? someDate : someText;
    case 'array':
      return fc.array(valueOf(schema.items ?? {}), { minLength: schema.minItems ?? 0, maxLength: 4 });
    case 'object':
      return objectOf(schema);
    default:
      return anyJson;
  }
}

const someDate = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());

function objectOf(schema: JsonSchema): fc.Arbitrary<unknown> {
  const rest = Object.values(schema.patternProperties ?? {})[0];
  if (rest !== undefined) {
    const settings = fc.constantFrom('delimiter', 'group.delimiter', 'group.quote', 'encoding', 'alias', 'email');
    return fc.dictionary(fc.oneof(plainText, settings), valueOf(rest), { maxKeys: 3, noNullPrototype: true });
  }
  const fields = Object.fromEntries(
    Object.entries(schema.properties ?? {}).map(([name, field]) => [name, valueOf(field)]),
  );
  return fc.record(fields, { requiredKeys: [...(schema.required ?? [])], noNullPrototype: true });
}

/** One change to a document: the place and the change. */
export interface Mutation {
  readonly place: number;
  readonly kind: 'replace' | 'remove' | 'add' | 'wrap' | 'repeat';
  readonly value: unknown;
}

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  place: fc.nat(60),
  kind: fc.constantFrom('replace', 'replace', 'replace', 'remove', 'add', 'wrap', 'repeat'),
  value: oddValue,
});

/** A copy of a document with one change. */
export function mutated(document: unknown, { place, kind, value }: Mutation): unknown {
  const paths = pathsOf(document, []);
  const path = paths[place % paths.length] ?? [];
  return changeAt(document, path, (present) => {
    switch (kind) {
      case 'replace':
        return value;
      case 'remove':
        return undefined;
      case 'add':
        return typeof present === 'object' && present !== null && !Array.isArray(present)
          ? { ...present, [typeof value === 'string' ? value : 'unknown']: value }
          : value;
      case 'wrap':
        return [present];
      default:
        return Array.isArray(present) ? Array.from({ length: 300 }, () => present).flat() : [present, present];
    }
  });
}

function pathsOf(value: unknown, path: readonly string[]): string[][] {
  const below =
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, member]) => pathsOf(member, [...path, key]))
      : [];
  return [[...path], ...below];
}

function changeAt(value: unknown, path: readonly string[], change: (present: unknown) => unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) {
    return change(value);
  }
  if (Array.isArray(value)) {
    return value.map((member, index) => (String(index) === key ? changeAt(member, rest, change) : member));
  }
  return Object.fromEntries(
    Object.entries(value as object).map(([name, member]) => [
      name,
      name === key ? changeAt(member, rest, change) : member,
    ]),
  );
}
