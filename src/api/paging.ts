/** The `searchAfter` parameter (contract §0, "Collections"). */
import { badRequestContent, illegalValue } from '../errors.ts';
import type { Sort, Value } from '../list-query.ts';
import { problemAt, refuseUnstorable, shown } from './filters/problem.ts';
import { formOf, valueOf } from './filters/values.ts';
import type { FieldType } from './filters/values.ts';

/**
 * Reads `searchAfter`: the values of the sorted fields in the last row seen, as that row showed them, in one line of
 * CSV (RFC 4180). A value with a comma or a leading double quote stands between double quotes. An empty value is null;
 * `""` is the empty text. `fields` has the type of every field that can be sorted by.
 * `key` is the sorter that no two rows share, which has to be the last.
 * 400 when the sorters do not end in it, when there are not as many values as sorters, or when a value is not of its
 * field's type.
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
      `searchAfter needs sorters that end in ${key}, so that no two rows are alike; ${written === '' ? 'there are none' : `sorters is ${shown(written)}`}. ` +
        `Send sorters=${written === '' ? key : `${written},${key}`}.`,
    );
  }
  const values = splitLine(text);
  if (values.length !== sorts.length) {
    const names = sorts.map((sort) => sort.field).join(',');
    throw illegalValue(
      `searchAfter has ${count(values.length, 'value')} for ${count(sorts.length, 'sorter')} (${names}): one each is needed. ` +
        'A value with a comma stands between double quotes.',
    );
  }
  return sorts.map(({ field }, index) => typedValue(field, fields[field]?.type, values[index] ?? null));
}

function typedValue(field: string, type: FieldType | undefined, text: string | null): Value | null {
  if (type === undefined) {
    throw new Error(`The field "${field}" can be sorted by but has no type.`);
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

/** The values of a line of CSV; null for one with nothing in it. */
function splitLine(text: string): (string | null)[] {
  const values: (string | null)[] = [];
  for (let index = 0; ; index += 1) {
    const isQuoted = text[index] === '"';
    const pattern = isQuoted ? QUOTED : BARE;
    pattern.lastIndex = index;
    const match = pattern.exec(text);
    if (match === null) {
      throw problemAt('searchAfter', text, index, 'the value that begins here has no closing double quote.');
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
        `found ${shown(text.slice(index))}, expected "," or the end. A double quote in a quoted value is written twice.`,
      );
    }
  }
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
