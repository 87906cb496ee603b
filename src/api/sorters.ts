/** The `sorters` parameter (contract §0, "Collections"). */
import { illegalValue } from '../errors.ts';
import type { Sort } from '../list-query.ts';
import { shown } from './filters/problem.ts';

/**
 * Parses a comma-separated list of fields, prefixed with "-" for descending order. Blank text means no sorters.
 * Throws a 400 if a field is not allowed or repeated; the message lists the allowed fields.
 */
export function parseSorters(text: string, allowed: readonly string[]): Sort[] {
  if (text.trim() === '') {
    return [];
  }
  const sorts: Sort[] = [];
  for (const part of text.split(',')) {
    const name = part.trim();
    const descending = name.startsWith('-');
    const field = descending ? name.slice(1) : name;
    if (!allowed.includes(field)) {
      throw illegalValue(
        `sorters: ${problemOf(field)} The fields are ${allowed.join(', ')}. The prefix "-" sorts in descending order.`,
      );
    }
    if (sorts.some((sort) => sort.field === field)) {
      throw illegalValue(`sorters: "${field}" is repeated. Use every field at most once.`);
    }
    sorts.push({ field, descending });
  }
  return sorts;
}

function problemOf(field: string): string {
  return field === '' ? 'a field is missing.' : `${shown(field)} is not a sort field here.`;
}
