/** A table with a column of every type, its rows, and a naive implementation of the query language. */
import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { sql } from 'kysely';
import type { FilterFields } from '../../src/api/filters/check.ts';
import type { Condition, Sort, Value } from '../../src/list-query.ts';
import type { Columns } from '../../src/storage/query/condition.ts';
import { fold, foldSet } from '../../src/storage/query/fold.ts';

export type Thing = {
  id: string;
  name: string;
  description: string | null;
  'owner.id': string | null;
  size: number | null;
  created: number;
  lastUsed: number | null;
  requestable: boolean;
  healthy: boolean | null;
  features: string[] | null;
};

export type Field = keyof Thing;

export const TABLE = {
  id: 'text',
  name_folded: 'text',
  description_folded: 'text',
  owner_id: 'text',
  size: 'integer',
  created: 'bigint',
  last_used: 'bigint',
  requestable: 'integer',
  healthy: 'integer',
  features_folded: 'text',
} as const;

export const columns: Columns = {
  id: { expression: sql.ref('id'), type: 'id', nullable: false },
  name: { expression: sql.ref('name_folded'), type: 'text', nullable: false },
  description: { expression: sql.ref('description_folded'), type: 'text', nullable: true },
  'owner.id': { expression: sql.ref('owner_id'), type: 'id', nullable: true },
  size: { expression: sql.ref('size'), type: 'number', nullable: true },
  created: { expression: sql.ref('created'), type: 'time', nullable: false },
  lastUsed: { expression: sql.ref('last_used'), type: 'time', nullable: true },
  requestable: { expression: sql.ref('requestable'), type: 'boolean', nullable: false },
  healthy: { expression: sql.ref('healthy'), type: 'boolean', nullable: true },
  features: { expression: sql.ref('features_folded'), type: 'set', nullable: true },
};

const TEXT = ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'sw', 'co', 'in', 'isnull', 'pr'] as const;
const ORDERED = ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'in', 'isnull', 'pr'] as const;
const PLAIN = ['eq', 'ne', 'in', 'isnull', 'pr'] as const;

export const fields = {
  id: { type: 'id', operators: TEXT },
  name: { type: 'string', operators: TEXT },
  description: { type: 'string', operators: TEXT },
  'owner.id': { type: 'id', operators: TEXT },
  size: { type: 'number', operators: ORDERED },
  created: { type: 'date', operators: ORDERED },
  lastUsed: { type: 'date', operators: ORDERED },
  requestable: { type: 'boolean', operators: PLAIN },
  healthy: { type: 'boolean', operators: PLAIN },
  features: { type: 'set', operators: ['ca', 'co', 'isnull', 'pr'] },
} as const satisfies FilterFields & Record<Field, unknown>;

export function rowOf(thing: Thing): Record<keyof typeof TABLE, string | number | null> {
  return {
    id: thing.id,
    name_folded: fold(thing.name),
    description_folded: thing.description === null ? null : fold(thing.description),
    owner_id: thing['owner.id'],
    size: thing.size,
    created: thing.created,
    last_used: thing.lastUsed,
    requestable: Number(thing.requestable),
    healthy: thing.healthy === null ? null : Number(thing.healthy),
    features_folded: thing.features === null ? null : foldSet(thing.features),
  };
}

// The naive implementation.

function plain(value: string): string {
  return fold(value).replaceAll('\n', ' ');
}

/** Compares two values; texts by their folded bytes. */
function compare(a: Value, b: Value): number {
  return typeof a === 'string'
    ? Buffer.compare(Buffer.from(fold(a)), Buffer.from(fold(String(b))))
    : Number(a) - Number(b);
}

export function matches(thing: Thing, condition: Condition): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.conditions.every((part) => matches(thing, part));
    case 'or':
      return condition.conditions.some((part) => matches(thing, part));
    case 'not':
      return !matches(thing, condition.condition);
    default:
      return meets(thing[condition.field as Field], condition);
  }
}

function meets(held: Thing[Field], { operator, values }: Extract<Condition, { kind: 'test' }>): boolean {
  if (operator === 'isnull' || operator === 'pr') {
    return (held === null) === (operator === 'isnull');
  }
  const [value = ''] = values;
  if (held === null) {
    return operator === 'ne';
  }
  if (Array.isArray(held)) {
    const members = held.map(plain);
    return operator === 'ca'
      ? values.every((one) => members.includes(plain(String(one))))
      : value === '' || members.some((member) => member.includes(plain(String(value))));
  }
  switch (operator) {
    case 'eq':
      return compare(held, value) === 0;
    case 'ne':
      return compare(held, value) !== 0;
    case 'gt':
      return compare(held, value) > 0;
    case 'ge':
      return compare(held, value) >= 0;
    case 'lt':
      return compare(held, value) < 0;
    case 'le':
      return compare(held, value) <= 0;
    case 'in':
      return values.some((one) => compare(held, one) === 0);
    case 'sw':
      return fold(String(held)).startsWith(fold(String(value)));
    case 'co':
      return fold(String(held)).includes(fold(String(value)));
    default:
      throw new Error(`${operator} has no meaning here.`);
  }
}

export function inOrder(things: readonly Thing[], sorts: readonly Sort[]): Thing[] {
  return things.toSorted((a, b) => {
    for (const { field, descending } of sorts) {
      const [left, right] = [a[field as Field] as Value | null, b[field as Field] as Value | null];
      const order =
        left === null || right === null ? Number(left !== null) - Number(right !== null) : compare(left, right);
      if (order !== 0) {
        return descending ? -order : order;
      }
    }
    return 0;
  });
}

// Random values. Few texts are used both as values and in conditions, so that conditions often match.

/** Difficult cases for folding, UTF-8 and UTF-16, LIKE, quoting and the separators of sets and CSV. */
const TRICKY = [...'aAbBéÉßẞſsσςΣİIiıKﬁ𝒜😀\uffff\ue000\u{10ffff}\ud7ff%_\\"\',()* \n\t', '\u0301', 'e\u0301'];

const text = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: fc.constantFrom(...TRICKY), maxLength: 4 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }).map((value) => value.replaceAll('\0', '')) },
);

export type Pool = { texts: string[]; ids: string[]; times: number[]; sizes: number[] };

export const pools: fc.Arbitrary<Pool> = fc.record({
  texts: fc.array(text, { minLength: 2, maxLength: 5 }),
  ids: fc.array(fc.stringMatching(/^[0-9a-f]{1,4}$/), { minLength: 2, maxLength: 4 }),
  times: fc.array(fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }), { minLength: 2, maxLength: 4 }),
  sizes: fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), { minLength: 2, maxLength: 4 }),
});

function orNull<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.option(arbitrary, { freq: 2 });
}

export function thingsOf(pool: Pool): fc.Arbitrary<Thing[]> {
  const someText = fc.constantFrom(...pool.texts);
  const thing = fc.record({
    name: fc.oneof(
      someText,
      fc.tuple(someText, someText).map((parts) => parts.join('')),
    ),
    description: orNull(someText),
    'owner.id': orNull(fc.constantFrom(...pool.ids)),
    size: orNull(fc.constantFrom(...pool.sizes)),
    created: fc.constantFrom(...pool.times),
    lastUsed: orNull(fc.constantFrom(...pool.times)),
    requestable: fc.boolean(),
    healthy: orNull(fc.boolean()),
    features: orNull(fc.array(someText, { maxLength: 3 })),
  });
  return fc
    .uniqueArray(fc.stringMatching(/^[0-9a-f]{1,3}$/), { minLength: 4, maxLength: 15 })
    .chain((ids) => fc.tuple(...ids.map((id) => thing.map((rest): Thing => ({ id, ...rest })))));
}

export function conditionsOf(pool: Pool): fc.Arbitrary<Condition> {
  const someText = fc.oneof(
    fc.constantFrom(...pool.texts),
    fc.constantFrom(...pool.texts).map((value) => value.toUpperCase()),
    fc.constantFrom(...pool.texts).map((value) => Array.from(value).slice(0, 1).join('')),
  );
  const someId = fc.constantFrom(...pool.ids, ...pool.ids.map((id) => id.toUpperCase()));
  const someTime = fc.constantFrom(...pool.times);
  const someSize = fc.constantFrom(...pool.sizes, 1.5, -1e9 - 0.5, 1e12);
  const values: Record<Field, fc.Arbitrary<Value>> = {
    id: someId,
    name: someText,
    description: someText,
    'owner.id': someId,
    size: someSize,
    created: someTime,
    lastUsed: someTime,
    requestable: fc.boolean(),
    healthy: fc.boolean(),
    features: someText,
  };
  const leaf = fc.constantFrom(...(Object.keys(fields) as Field[])).chain((field) =>
    fc.constantFrom(...fields[field].operators).chain((operator): fc.Arbitrary<Condition> => {
      const [minLength, maxLength] =
        operator === 'isnull' || operator === 'pr' ? [0, 0] : operator === 'in' || operator === 'ca' ? [1, 3] : [1, 1];
      return fc
        .array(values[field], { minLength, maxLength })
        .map((chosen) => ({ kind: 'test', field, operator, values: chosen }));
    }),
  );
  const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      leaf,
      fc.record({ kind: fc.constant('not' as const), condition: tie('condition') }),
      fc.record({
        kind: fc.constantFrom('and' as const, 'or' as const),
        conditions: fc.array(tie('condition'), { minLength: 2, maxLength: 3 }),
      }),
    ),
  }));
  return condition;
}

export const sorters: fc.Arbitrary<Sort[]> = fc
  .record({
    names: fc.shuffledSubarray(
      ['name', 'description', 'owner.id', 'size', 'created', 'lastUsed', 'requestable', 'healthy'],
      { maxLength: 3 },
    ),
    directions: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
  })
  .map(({ names, directions }) => names.map((field, index) => ({ field, descending: directions[index] === true })));
