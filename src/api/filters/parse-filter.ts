import type { Condition } from '../../list-query.ts';
import { checkSyntax } from './check.ts';
import type { FilterFields } from './check.ts';
import { parseSyntax } from './parser.ts';

/**
 * Parses a `filters` parameter (contract §0, "Collections") and checks it against the fields of its operation.
 * Rejects a blank text: callers treat a blank parameter as absent. Throws a 400 for a syntax error, with its position
 * (in characters, from 1), what was found and what was expected; for a field, operator or value that is not allowed, with
 * those allowed; and for more than 500 terms or 64 levels.
 */
export function parseFilter(text: string, fields: FilterFields): Condition {
  return checkSyntax(parseSyntax(text), text, fields);
}
