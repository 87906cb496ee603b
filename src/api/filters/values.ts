/** The types of fields in filters and orders, and how their values are written. */
import type { Value } from '../../list-query.ts';
import { parseDate } from './dates.ts';

/**
 * What a field holds. `string`: text, compared without case; `id`: an identifier; `date`: a date-time;
 * `set`: several texts, e.g. the features of a source.
 */
export type FieldType = 'string' | 'id' | 'date' | 'number' | 'boolean' | 'set';

const NUMBER = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;

/**
 * The value of that type which a text stands for: a date as UTC milliseconds, text and ids as they are.
 * Undefined when it stands for none.
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

/** What a value of a type looks like, for error messages. */
export function formOf(type: FieldType): string {
  switch (type) {
    case 'date':
      return 'a date and time of the calendar in ISO-8601, e.g. 2026-05-31T12:30:00Z or 2026-05-31';
    case 'boolean':
      return 'true or false';
    case 'number':
      return 'a number, e.g. 7 or -1.5';
    case 'id':
      return 'an id';
    default:
      return 'a text between double quotes';
  }
}
