import { shortened } from '../error-text.ts';
import { illegalValue } from '../errors.ts';
import { isTooLong, longestText } from './text-limit.ts';
import { shownValue } from './shown-value.ts';

/** The most levels of what clients may send; beyond thousands, reading and writing it would exhaust the stack. */
const deepestValue = 64;

/**
 * Refuses what cannot be stored, anywhere in plain JSON: NUL characters, halves of surrogate pairs, and more than
 * 64 levels. Throws a 400 that names the field.
 * @param field the name of the field that holds the value; '' for a whole body
 */
export function refuseUnstorable(value: unknown, field: string, depth: number = 0): void {
  if (depth > deepestValue) {
    throw illegalValue(`Field "${shortened(field)}" has more than ${deepestValue} levels.`);
  }
  if (typeof value === 'string') {
    if (/\0|\p{Surrogate}/u.test(value)) {
      throw illegalValue(
        `Field "${shortened(field)}" holds a NUL character or half of a surrogate pair, which no text can hold. Leave it out.`,
      );
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      const path = field === '' ? name : `${field}.${name}`;
      refuseUnstorable(name, path, depth);
      refuseUnstorable(member, path, depth + 1);
    }
  }
}

/** Refuses a name that is blank or longer than an index entry. Throws a 400 that names the field. */
export function refuseBadName(name: string, field: string): void {
  if (name.trim() === '') {
    throw illegalValue(`Field "${field}" is ${shownValue(name)}. It must not be blank.`);
  }
  if (isTooLong(name)) {
    throw illegalValue(`Field "${field}" has ${Buffer.byteLength(name)} bytes. At most ${longestText} are allowed.`);
  }
}
