/** The `searchAfter` parameter (contract §0, "Collections"). */
import { badRequestContent, illegalValue } from '../errors.ts';
import type { Sort, Value } from '../list-query.ts';
import { problemAt, refuseUnstorable, shown } from './filters/problem.ts';
import { formOf, valueOf } from './filters/values.ts';
import type { FieldType } from './filters/values.ts';

/**
 * Parses `searchAfter`: the values of the sort fields in the last row of the previous page, as one line of CSV
 * (RFC 4180). A value with a comma or a leading double quote is quoted. An empty value is null; `""` is the empty string.
 * `fields` contains the type of every sort field. `key` is the unique sort field, which must come last.
 * Throws a 400 if the sorters do not end in it, if the number of values is not the number of sorters, or if a value does
 * not match the type of its field.
 */
export function parseSearchAfter(
  text: string,
  sorts: readonly Sort[],
  fields: Readonly<Record<string, { readonly type: FieldType }>>,
  key: string = 'id',
): (Value | null)[] {
  refuseUnstorable('searchAfter', text);
  if (sorts.at(-1)?.field !== key) {
    const written = sorts.map((sort) => (sort.descending ? `-${sort.field}` : sort.field)).join(',');
    throw badRequestContent(
      `searchAfter requires sorters that end in ${key}, which is unique; ${written === '' ? 'there are none' : `sorters is ${shown(written)}`}. ` +
        `Send sorters=${written === '' ? key : `${written},${key}`}.`,
    );
  }
  const values = splitLine(text);
  if (values.length !== sorts.length) {
    const names = sorts.map((sort) => sort.field).join(',');
    throw illegalValue(
      `searchAfter has ${count(values.length, 'value')} for ${count(sorts.length, 'sorter')} (${names}): each sorter needs one value. ` +
        'Put a value with a comma in double quotes.',
    );
  }
  return sorts.map(({ field }, index) => typedValue(field, fields[field]?.type, values[index] ?? null));
}

function typedValue(field: string, type: FieldType | undefined, text: string | null): Value | null {
  if (type === undefined) {
    throw new Error(`The sort field "${field}" has no type.`);
  }
  if (text === null) {
    return null;
  }
  const value = valueOf(type, text);
  if (value === undefined) {
    throw illegalValue(`searchAfter: the value of "${field}" is ${shown(text)}, expected ${formOf(type)}.`);
  }
  return value;
}

const BARE = /[^,]*/y;
const QUOTED = /"((?:[^"]|"")*)"/y;

/** Returns the values of a line of CSV; null for an empty one. */
function splitLine(text: string): (string | null)[] {
  const values: (string | null)[] = [];
  for (let index = 0; ; index += 1) {
    const isQuoted = text[index] === '"';
    const pattern = isQuoted ? QUOTED : BARE;
    pattern.lastIndex = index;
    const match = pattern.exec(text);
    if (match === null) {
      throw problemAt('searchAfter', text, index, 'the value that starts here has no closing double quote.');
    }
    values.push(isQuoted ? (match[1] ?? '').replaceAll('""', '"') : match[0] || null);
    index += match[0].length;
    if (index >= text.length) {
      return values;
    }
    if (text[index] !== ',') {
      throw problemAt(
        'searchAfter',
        text,
        index,
        `found ${shown(text.slice(index))}, expected "," or the end. Double a double quote within a quoted value.`,
      );
    }
  }
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
