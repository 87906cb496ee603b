import { hash } from 'node:crypto';

/** Returns the digest that is stored instead of the content of a creation: `#` and 66 bits of its SHA-256. */
export function digestOf(content: string): string {
  return `#${hash('sha256', content, 'base64').slice(0, 11)}`;
}

/** Returns whether the stored `after` of a change is a digest: JSON content begins with a brace. */
export function isDigest(after: string | null): after is string {
  return after?.startsWith('#') === true;
}
