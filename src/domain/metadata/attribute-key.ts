import { illegalValue } from '../../errors.ts';
import { shownValue } from '../shown-value.ts';

/** The maximum length of a key, in UTF-16 units. */
const longestKey = 128;

/**
 * Returns the key of a new attribute or value: the given one, or else the name in camel case, as ISC derives it (Back
 * Office: `backOffice`).
 * @param field the name of the key in the API, for errors
 * @throws 400 for a key with other characters than letters, digits, "-" and "_", and if none can be derived
 */
export function keyOf(given: string | null | undefined, name: string, field: string): string {
  const key = given ?? camelCase(name);
  if (key === '' && (given === undefined || given === null)) {
    throw illegalValue(
      `Field "${field}" cannot be derived from the name ${shownValue(name)}, which has no letters. Send it.`,
    );
  }
  if (!isKey(key)) {
    throw illegalValue(
      `Field "${field}" is ${shownValue(key)}. It must consist of 1 to ${longestKey} letters, digits, "-" and "_", and begin with a letter or digit.`,
    );
  }
  return key;
}

/** Returns whether an attribute or value can have this key. */
export function isKey(key: string): boolean {
  return /^[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]*$/u.test(key) && key.length <= longestKey;
}

/** Returns a name in camel case; words are separated by anything but letters and digits, or begin with a capital. */
function camelCase(name: string): string {
  const words = name
    .normalize('NFC')
    .replaceAll(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})/gu, ' ')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
  return words.map((word, index) => (index === 0 ? word : capitalised(word))).join('');
}

function capitalised(word: string): string {
  const [first = ''] = word;
  return first.toUpperCase() + word.slice(first.length);
}
