/** The maximum nesting of a value in a patch. */
export const deepestValue = 64;

/** Call it before any recursion over received values: the JSON parser accepts millions of levels. */
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

/** A received value as JSON for an error, at most 100 characters; `missing` for undefined. */
export function shownValue(value: unknown): string {
  if (isTooDeep(value)) {
    return `a value of more than ${deepestValue} levels`;
  }
  const text = Array.from(JSON.stringify(value)?.slice(0, 202) ?? 'missing');
  return text.length > 100 ? `${text.slice(0, 100).join('')}…` : text.join('');
}
