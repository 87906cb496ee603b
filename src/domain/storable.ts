import { shortened } from '../error-text.ts';
import { illegalValue } from '../errors.ts';
import { isTooLong, longestText } from './text-limit.ts';
import { shownValue } from './shown-value.ts';

/** The maximum nesting of received values; with thousands of levels, reading and writing would exhaust the stack. */
const deepestValue = 64;

/**
 * Rejects values that cannot be stored, anywhere in plain JSON: NUL characters, lone surrogates, and more than 64 levels
 * of nesting. Throws a 400 that names the field.
 * @param field the name of the field; '' for a whole body
 */
export function refuseUnstorable(value: unknown, field: string, depth: number = 0): void {
  if (depth > deepestValue) {
    throw illegalValue(`Field "${shortened(field)}" has more than ${deepestValue} levels.`);
  }
  if (typeof value === 'string') {
    if (/\0|\p{Surrogate}/u.test(value)) {
      throw illegalValue(
        `Field "${shortened(field)}" contains a NUL character or a lone surrogate, which cannot be stored. Remove it.`,
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

/** Rejects a name that is blank or too long for an index. Throws a 400 that names the field. */
export function refuseBadName(name: string, field: string): void {
  if (name.trim() === '') {
    throw illegalValue(`Field "${field}" is ${shownValue(name)}. It must not be blank.`);
  }
  if (isTooLong(name)) {
    throw illegalValue(`Field "${field}" has ${Buffer.byteLength(name)} bytes. At most ${longestText} are allowed.`);
  }
}
