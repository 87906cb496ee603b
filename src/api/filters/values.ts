/** The types of filter and sort fields, and the syntax of their values. */
import type { Value } from '../../list-query.ts';
import { parseDate } from './dates.ts';

/**
 * The type of a field. `string`: text, compared case-insensitively; `id`: an identifier; `date`: a date-time;
 * `set`: several strings, e.g. the features of a source.
 */
export type FieldType = 'string' | 'id' | 'date' | 'number' | 'boolean' | 'set';

const NUMBER = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;

/**
 * Parses a value of a type: a date to UTC milliseconds, strings and ids as they are. Returns undefined if it is invalid.
 */
export function valueOf(type: FieldType, text: string): Value | undefined {
  switch (type) {
    case 'date':
      return parseDate(text) ?? undefined;
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : undefined;
    case 'number': {
      const value = Number(text);
      return NUMBER.test(text) && Number.isFinite(value) ? value : undefined;
    }
    default:
      return text;
  }
}

/** Describes the syntax of a type, for error messages. */
export function formOf(type: FieldType): string {
  switch (type) {
    case 'date':
      return 'a valid ISO 8601 date and time, e.g. 2026-05-31T12:30:00Z or 2026-05-31';
    case 'boolean':
      return 'true or false';
    case 'number':
      return 'a number, e.g. 7 or -1.5';
    case 'id':
      return 'an id';
    default:
      return 'a string in double quotes';
  }
}
