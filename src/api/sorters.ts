/** The `sorters` parameter (contract §0, "Collections"). */
import { illegalValue } from '../errors.ts';
import type { Sort } from '../list-query.ts';
import { shown } from './filters/problem.ts';

/**
 * Reads a comma list of fields, "-" before a field for descending. Blank text is no sorters.
 * 400 when a field is not among the allowed ones or stands twice; the text names it and lists the allowed.
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
        `sorters: ${problemOf(field)} The fields are ${allowed.join(', ')}; "-" before one sorts descending.`,
      );
    }
    if (sorts.some((sort) => sort.field === field)) {
      throw illegalValue(`sorters: "${field}" stands there twice. Name every field once.`);
    }
    sorts.push({ field, descending });
  }
  return sorts;
}

function problemOf(field: string): string {
  return field === '' ? 'a field is missing.' : `${shown(field)} is no field to sort by here.`;
}
