import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder of the repository, with a slash at its end. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** The files that a pattern finds, relative to the repository, in order. */
export function filesOf(...patterns: readonly string[]): string[] {
  const exclude = ['node_modules/**', 'dist/**'];
  return globSync([...patterns], { cwd: root, exclude }).toSorted();
}

/** The text of a file of the repository. */
export function textOf(path: string): string {
  return readFileSync(`${root}${path}`, 'utf8');
}
