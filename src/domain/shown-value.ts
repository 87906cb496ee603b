/** The most levels of a value that a client may send in a patch. */
export const deepestValue = 64;

/** Asked before any recursion over what a client sent: the parser of JSON takes millions of levels. */
export function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepestValue) {
      return true;
    }
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []));
  }
  return false;
}

/** A received value as JSON for an error, at most 100 characters of it; `missing` for undefined. */
export function shownValue(value: unknown): string {
  if (isTooDeep(value)) {
    return `a value of more than ${deepestValue} levels`;
  }
  const text = Array.from(JSON.stringify(value)?.slice(0, 202) ?? 'missing');
  return text.length > 100 ? `${text.slice(0, 100).join('')}…` : text.join('');
}
