import { Type } from 'typebox';
import type { Condition } from '../list-query.ts';
import type { FilterFields } from './filters/check.ts';
import { parseFilter } from './filters/parse-filter.ts';

/** What lists of personal access tokens and of OAuth clients can be filtered by (contract B.8). */
const fields: FilterFields = { lastUsed: { type: 'date', operators: ['le', 'isnull'] } };

/** The `filters` parameter of lists that have neither pages nor an order to choose. */
export const clientFilters = Type.String({
  description: 'A filter such as lastUsed le 2026-05-31T12:00:00Z. Field and operators: lastUsed (le, isnull).',
});

/** Reads the parameter; undefined when there is no filter. Throws a 400 with the position of an error. */
export function readClientFilters(text: string | undefined): Condition | undefined {
  return text === undefined || text.trim() === '' ? undefined : parseFilter(text, fields);
}
