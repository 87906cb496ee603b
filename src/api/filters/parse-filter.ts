import type { Condition } from '../../list-query.ts';
import { checkSyntax } from './check.ts';
import type { FilterFields } from './check.ts';
import { parseSyntax } from './parser.ts';

/**
 * Reads a `filters` parameter (contract §0, "Collections") against the fields its operation documents.
 * A blank text is refused: callers treat a blank parameter as absent. Every error is a 400: a syntax error with its
 * position (characters, from 1), what was found and what was expected; a field, operator or value that is not
 * allowed with what is; more than 500 terms or 64 levels.
 */
export function parseFilter(text: string, fields: FilterFields): Condition {
  return checkSyntax(parseSyntax(text), text, fields);
}
