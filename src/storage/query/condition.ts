/**
 * Compiles a condition to portable SQL.
 *
 * Logic is two-valued: a comparison with null is false, so its negation is true. Negations are pushed down to the tests,
 * where they only need "or … is null". Columns are never wrapped in functions, so that indexes can be used.
 */
import { sql } from 'kysely';
import type { Expression, RawBuilder, SqlBool } from 'kysely';
import type { Condition, Value } from '../../list-query.ts';
import { fold, foldMember, prefixEnd } from './fold.ts';
import { packId } from '../changes/packed-id.ts';

/**
 * How a column stores its values:
 * - `text`: folded text (`fold`); - `id`: exact, lower case; - `code`: exact, upper case;
 * - `set`: folded members (`foldSet`); these four have binary collation (on PostgreSQL they are declared COLLATE "C");
 * - `packedId`: the bytes of an id (`packId`), in the order of its text;
 * - `number`: an integer or a double; - `time`: UTC milliseconds, an integer; - `boolean`: the integers 0 and 1.
 */
export type ColumnType = 'text' | 'id' | 'packedId' | 'code' | 'number' | 'time' | 'boolean' | 'set';

/**
 * A column for conditions and orders. `expression` is its reference, e.g. `sql.ref('entitlement.name_folded')`.
 *
 * If the column belongs to another table, `expression` (a correlated subquery, for orders) cannot use an index of the
 * listed table. `lookup` then defines how it is tested: on the other table's column; `among` turns that test into a
 * condition on the listed table, which is true for rows that belong to a selected row and false for all others.
 */
export type Column = {
  readonly expression: Expression<unknown>;
  readonly type: ColumnType;
  readonly nullable: boolean;
  readonly lookup?: {
    readonly expression: Expression<unknown>;
    readonly among: (test: RawBuilder<SqlBool>) => RawBuilder<SqlBool>;
  };
  /** The value, as it is stored, in place of which the column is null; clients see the value. Only for `eq`. */
  readonly nullIs?: string;
  /** Where the column holds another table's integer key in place of the values: turns a value into its key. */
  readonly keyOf?: (value: RawBuilder<unknown>) => RawBuilder<unknown>;
};

/** The columns for the field names of conditions and sorters. */
export type Columns = Readonly<Record<string, Column>>;

type Test = Extract<Condition, { kind: 'test' }>;

const ALWAYS = sql<SqlBool>`1 = 1`;
const NEVER = sql<SqlBool>`1 = 0`;

/**
 * Returns the SQL of a condition for a WHERE clause. It is never true for a row that does not match, but may be unknown
 * instead of false.
 * Throws a plain Error if the condition has a field without a column or an operator that its type does not support: then
 * the operation's collection and the storage's columns disagree.
 */
export function compileCondition(condition: Condition, columns: Columns): RawBuilder<SqlBool> {
  return compile(condition, columns, false);
}

/** Returns whether a condition, which may be undefined, only uses these fields. */
export function namesOnly(condition: Condition | undefined, columns: Columns): boolean {
  if (condition === undefined) {
    return true;
  }
  switch (condition.kind) {
    case 'not':
      return namesOnly(condition.condition, columns);
    case 'test':
      return Object.hasOwn(columns, condition.field);
    default:
      return condition.conditions.every((part) => namesOnly(part, columns));
  }
}

/** Returns the column of a field. Throws a plain Error if there is none. */
export function columnOf(columns: Columns, field: string): Column {
  const column = Object.hasOwn(columns, field) ? columns[field] : undefined;
  if (column === undefined) {
    throw new Error(`There is no column for the field "${field}".`);
  }
  return column;
}

/** Returns a value as a parameter, in the stored form of the column. */
export function parameterOf(column: Column, value: Value): RawBuilder<unknown> {
  const stored = storedValue(column, value);
  if (column.type === 'boolean') {
    // Written out: a partial index serves only where the engine sees the value.
    return sql`${sql.lit(stored)}`;
  }
  if (column.type === 'number' && typeof stored === 'number' && !isInt32(stored)) {
    // PostgreSQL gives a parameter the column's type; this value may not fit into an integer column.
    return sql`cast(${stored} as double precision)`;
  }
  return column.keyOf === undefined ? sql`${stored}` : column.keyOf(sql`${stored}`);
}

function storedValue(column: Column, value: Value): string | number | Buffer {
  if (typeof value === 'boolean') {
    return value ? 1 : 0;
  }
  if (typeof value === 'number') {
    return value;
  }
  switch (column.type) {
    case 'text':
      return fold(value);
    case 'set':
      return foldMember(value);
    case 'code':
      return value.toUpperCase();
    case 'packedId':
      return packId(value.toLowerCase());
    default:
      return value.toLowerCase();
  }
}

function isInt32(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) < 2 ** 31;
}

function compile(condition: Condition, columns: Columns, negated: boolean): RawBuilder<SqlBool> {
  switch (condition.kind) {
    case 'not':
      return compile(condition.condition, columns, !negated);
    case 'test':
      return compileTest(condition, columnOf(columns, condition.field), negated);
    default: {
      const parts = condition.conditions.map((part) => compile(part, columns, negated));
      return (condition.kind === 'and') === negated ? anyOf(parts) : allOf(parts);
    }
  }
}

/** True if all conditions are true, or if there are none. */
export function allOf(parts: readonly Expression<SqlBool>[]): RawBuilder<SqlBool> {
  return parts.length === 0 ? ALWAYS : sql`(${sql.join(parts, sql` and `)})`;
}

/** True if any condition is true; false if there are none. */
export function anyOf(parts: readonly Expression<SqlBool>[]): RawBuilder<SqlBool> {
  return parts.length === 0 ? NEVER : sql`(${sql.join(parts, sql` or `)})`;
}

/** True if the column is null; false if it is not nullable. */
export function isNull(column: Column): RawBuilder<SqlBool> {
  return column.nullable ? sql`${column.expression} is null` : NEVER;
}

/** True if the column is not null, or not nullable. */
export function isNotNull(column: Column): RawBuilder<SqlBool> {
  return column.nullable ? sql`${column.expression} is not null` : ALWAYS;
}

function compileTest(test: Test, column: Column, negated: boolean): RawBuilder<SqlBool> {
  if (column.lookup !== undefined) {
    return compileLookup(test, column, column.lookup, negated);
  }
  switch (test.operator) {
    case 'isnull':
      return negated ? isNotNull(column) : isNull(column);
    case 'pr':
      return negated ? isNull(column) : isNotNull(column);
    case 'ne':
      return compileTest({ ...test, operator: 'eq' }, column, !negated);
    case 'eq':
      if (column.nullIs !== undefined && storedValue(column, onlyValue(test)) === column.nullIs) {
        return negated ? isNotNull(column) : isNull(column);
      }
      return compareOrNull(test, column, negated);
    default:
      return compareOrNull(test, column, negated);
  }
}

function compareOrNull(test: Test, column: Column, negated: boolean): RawBuilder<SqlBool> {
  const comparison = compare(test, column, negated);
  return negated && column.nullable ? anyOf([comparison, isNull(column)]) : comparison;
}

/** Only positive tests are looked up; a negation matches the rows that are not found. */
function compileLookup(
  test: Test,
  { type, nullable }: Column,
  { expression, among }: NonNullable<Column['lookup']>,
  negated: boolean,
): RawBuilder<SqlBool> {
  const isOpposite = test.operator === 'isnull' || test.operator === 'ne';
  const holding = test.operator === 'isnull' ? 'pr' : test.operator === 'ne' ? 'eq' : test.operator;
  const found = among(compileTest({ ...test, operator: holding }, { expression, type, nullable }, false));
  return negated === isOpposite ? found : sql`not ${found}`;
}

const COMPARISONS = {
  eq: { holds: sql`=`, fails: sql`<>` },
  gt: { holds: sql`>`, fails: sql`<=` },
  ge: { holds: sql`>=`, fails: sql`<` },
  lt: { holds: sql`<`, fails: sql`>=` },
  le: { holds: sql`<=`, fails: sql`>` },
} as const;

/** A comparison for non-null values, or its negation. For null the result is unknown. */
function compare(test: Test, column: Column, negated: boolean): RawBuilder<SqlBool> {
  const { expression } = column;
  switch (test.operator) {
    case 'in': {
      if (test.values.length === 0) {
        return negated ? ALWAYS : NEVER;
      }
      const list = sql.join(test.values.map((value) => parameterOf(column, value)));
      return negated ? sql`${expression} not in (${list})` : sql`${expression} in (${list})`;
    }
    case 'ca': {
      requireType(test, column, ['set']);
      const parts = test.values.map((value) => contains(column, `\n${storedValue(column, value)}\n`, negated));
      return negated ? anyOf(parts) : allOf([isNotNull(column), ...parts]);
    }
    case 'co':
      requireType(test, column, ['text', 'id', 'set']);
      return contains(column, String(storedValue(column, onlyValue(test))), negated);
    case 'sw':
      requireType(test, column, ['text', 'id', 'code']);
      return startsWith(column, String(storedValue(column, onlyValue(test))), negated);
    case 'isnull':
    case 'pr':
    case 'ne':
      throw new Error(`"${test.operator}" is not a comparison.`);
    default: {
      requireType(test, column, ['text', 'id', 'packedId', 'code', 'number', 'time', 'boolean']);
      const sign = COMPARISONS[test.operator][negated ? 'fails' : 'holds'];
      return sql`${expression} ${sign} ${parameterOf(column, onlyValue(test))}`;
    }
  }
}

/** Uses a range instead of LIKE, which would need escapes and cannot always use a binary index on either engine. */
function startsWith(column: Column, prefix: string, negated: boolean): RawBuilder<SqlBool> {
  const { expression } = column;
  if (prefix === '') {
    return negated ? NEVER : isNotNull(column);
  }
  const end = prefixEnd(prefix);
  if (end === null) {
    return negated ? sql`${expression} < ${prefix}` : sql`${expression} >= ${prefix}`;
  }
  return negated
    ? sql`(${expression} < ${prefix} or ${expression} >= ${end})`
    : sql`(${expression} >= ${prefix} and ${expression} < ${end})`;
}

/** Uses `replace`, which works on both engines; their search functions have different names but do the same work. */
function contains(column: Column, part: string, negated: boolean): RawBuilder<SqlBool> {
  const { expression } = column;
  if (part === '') {
    return negated ? NEVER : isNotNull(column);
  }
  return negated
    ? sql`replace(${expression}, ${part}, '') = ${expression}`
    : sql`replace(${expression}, ${part}, '') <> ${expression}`;
}

function onlyValue(test: Test): Value {
  const [value, ...others] = test.values;
  if (value === undefined || others.length > 0) {
    throw new Error(`"${test.field} ${test.operator}" takes one value, not ${test.values.length}.`);
  }
  return value;
}

function requireType(test: Test, column: Column, types: readonly ColumnType[]): void {
  if (!types.includes(column.type)) {
    throw new Error(`"${test.field}", a column of type ${column.type}, does not support "${test.operator}".`);
  }
}
