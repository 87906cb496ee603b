/** Errors for parameters with a syntax of their own. */
import { shortened } from '../../error-text.ts';
import { illegalValue } from '../../errors.ts';
import type { MunimentError } from '../../errors.ts';

/** Returns a 400 for a parameter with an error at `index` (UTF-16 units from 0; shown as a character position from 1). */
export function problemAt(parameter: string, text: string, index: number, problem: string): MunimentError {
  const position = Array.from(text.slice(0, index)).length + 1;
  return illegalValue(`${parameter}, position ${position}: ${problem}`);
}

/** Rejects characters that a database cannot store: NUL and unpaired surrogates. */
export function refuseUnstorable(parameter: string, text: string): void {
  const index = text.search(/\0|\p{Surrogate}/u);
  if (index !== -1) {
    const found = text[index] === '\0' ? 'a NUL character' : 'an unpaired surrogate';
    throw problemAt(parameter, text, index, `found ${found}, which is not allowed. Remove it.`);
  }
}

/** Quotes a part of the caller's text for an error message. */
export function shown(text: string): string {
  return `"${shortened(text)}"`;
}
