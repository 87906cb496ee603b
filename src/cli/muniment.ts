#!/usr/bin/env node
import { unsupportedVersion } from './node-version.ts';

const problem = unsupportedVersion(process.versions.node);
if (problem === undefined) {
  // Before any other import: the compile cache halves the start time.
  const { enableCompileCache } = await import('node:module');
  const { directory } = enableCompileCache();
  if (directory !== undefined) {
    // Worker threads do not inherit it by themselves.
    process.env['NODE_COMPILE_CACHE'] ??= directory;
  }
  await import('./run.ts');
} else {
  // Load nothing else: an older Node.js may not be able to parse it.
  console.error(problem);
  process.exitCode = 2;
}
