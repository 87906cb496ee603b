/** How a parameter that is written in a little language says where and why it could not be read. */
import { shortened } from '../../error-text.ts';
import { illegalValue } from '../../errors.ts';
import type { MunimentError } from '../../errors.ts';

/** 400: the parameter cannot be read at `index` (UTF-16 units from 0; shown as a character's position from 1). */
export function problemAt(parameter: string, text: string, index: number, problem: string): MunimentError {
  const position = Array.from(text.slice(0, index)).length + 1;
  return illegalValue(`${parameter}, position ${position}: ${problem}`);
}

/** Refuses the characters that a database cannot hold: NUL, and halves of surrogate pairs. */
export function refuseUnstorable(parameter: string, text: string): void {
  const index = text.search(/\0|\p{Surrogate}/u);
  if (index !== -1) {
    const found = text[index] === '\0' ? 'a NUL character' : 'half of a surrogate pair';
    throw problemAt(parameter, text, index, `found ${found}, which no text can hold. Leave it out.`);
  }
}

/** A piece of the caller's text for an error message, in double quotes. */
export function shown(text: string): string {
  return `"${shortened(text)}"`;
}
