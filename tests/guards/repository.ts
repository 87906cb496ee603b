import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder of the repository, with a trailing slash. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Returns the files that match a pattern, relative to the repository, sorted. */
export function filesOf(...patterns: readonly string[]): string[] {
  const exclude = ['node_modules/**', 'dist/**'];
  return globSync([...patterns], { cwd: root, exclude }).toSorted();
}

/** Returns the text of a file in the repository. */
export function textOf(path: string): string {
  return readFileSync(`${root}${path}`, 'utf8');
}
