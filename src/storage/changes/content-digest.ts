import { hash } from 'node:crypto';

/** What is stored in place of the content of a creation: a JSON string, where a content is a JSON object. */
export function digestOf(content: string): string {
  return `"${hash('sha256', content, 'hex').slice(0, 16)}"`;
}

/** Whether the stored `after` of a change is a digest. */
export function isDigest(after: string | null): after is string {
  return after?.startsWith('"') === true;
}
