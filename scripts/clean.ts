import { rmSync } from 'node:fs';

/** Removes earlier build output, so that deleted files are not published. */
rmSync(new URL('../dist/', import.meta.url), { recursive: true, force: true });
