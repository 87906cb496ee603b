import { hash } from 'node:crypto';

/** What is stored in place of the content of a creation: 66 bits of its SHA-256. A content begins with a brace. */
export function digestOf(content: string): string {
  return `#${hash('sha256', content, 'base64').slice(0, 11)}`;
}

/** Whether the stored `after` of a change is a digest. */
export function isDigest(after: string | null): after is string {
  return after?.startsWith('#') === true;
}
