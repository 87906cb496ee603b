/**
 * Writes every generated file. With `--check` it writes nothing, but lists the outdated files and exits with 1.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generatedFiles } from './generate/generated-files.ts';

const root = new URL('../', import.meta.url);
const isCheck = process.argv.includes('--check');
const drifted: string[] = [];

for (const { path, make } of generatedFiles) {
  const file = fileURLToPath(new URL(path, root));
  const text = await make();
  if (textOf(file) === text) {
    continue;
  }
  drifted.push(path);
  if (!isCheck) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

if (isCheck && drifted.length > 0) {
  console.error(
    `Generated files are not up to date:\n  ${drifted.join('\n  ')}\nRun "npm run generate" and commit them.`,
  );
  process.exitCode = 1;
} else if (!isCheck) {
  console.log(drifted.length === 0 ? 'Everything is up to date.' : `Wrote ${drifted.join(', ')}.`);
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}
