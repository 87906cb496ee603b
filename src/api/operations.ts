import type { Operation } from './operation.ts';

/** Every operation that is served: the table of contents of the API. */
export const operations: readonly Operation[] = [];
