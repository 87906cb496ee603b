import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const results = process.env['MUNIMENT_TEST_RESULTS'];

// The tests start hundreds of task threads: compiled code is kept for them.
process.env['NODE_COMPILE_CACHE'] ??= fileURLToPath(new URL('node_modules/.cache/muniment-tests', import.meta.url));

// oxlint-disable-next-line import/no-default-export -- Vitest reads the default export
export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // .ci/run asks for a report that it can count.
    reporters: results === undefined ? ['default'] : ['default', ['json', { outputFile: results }]],
  },
});
