import { Type } from 'typebox';
import type { Condition } from '../list-query.ts';
import type { FilterFields } from './filters/check.ts';
import { parseFilter } from './filters/parse-filter.ts';

/** The filter fields of lists of personal access tokens and OAuth clients (contract B.8). */
const fields: FilterFields = { lastUsed: { type: 'date', operators: ['le', 'isnull'] } };

/** The `filters` parameter of lists without paging and sorters. */
export const clientFilters = Type.String({
  description: 'A filter such as lastUsed le 2026-05-31T12:00:00Z. Fields and operators: lastUsed (le, isnull).',
});

/** Parses the parameter; returns undefined if there is no filter. Throws a 400 with the position of an error. */
export function readClientFilters(text: string | undefined): Condition | undefined {
  return text === undefined || text.trim() === '' ? undefined : parseFilter(text, fields);
}
