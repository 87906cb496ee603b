#!/usr/bin/env node
import { tooOld } from './node-version.ts';

const problem = tooOld(process.versions.node);
if (problem === undefined) {
  // Before anything else is imported: with the code of the last start at hand, a start takes half the time.
  const { enableCompileCache } = await import('node:module');
  const { directory } = enableCompileCache();
  if (directory !== undefined) {
    // Threads do not take it over by themselves.
    process.env['NODE_COMPILE_CACHE'] ??= directory;
  }
  await import('./run.ts');
} else {
  // Nothing else is loaded: an older Node.js need not even understand it.
  console.error(problem);
  process.exitCode = 2;
}
