import { rmSync } from 'node:fs';

/** Removes what a former build left: a file that is no longer there must not be published. */
rmSync(new URL('../dist/', import.meta.url), { recursive: true, force: true });
