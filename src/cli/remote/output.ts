import { once } from 'node:events';
import { exitCodes } from '../exit-codes.ts';
import { jsonText, printable } from './printable.ts';

/**
 * Ends the process when its output cannot be written: quietly when whoever reads it has read enough, as `head` does;
 * with a line about anything else, such as a full disk.
 */
export function endWhenNobodyReads(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') {
        process.exit(process.exitCode ?? 0);
      }
      if (stream === process.stdout) {
        tell(`Standard output cannot be written: ${error.message}.`);
      }
      process.exit(exitCodes.failed.code);
    });
  }
}

/** Writes to standard output and waits while its reader is slower than we are. */
export async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) {
    await once(process.stdout, 'drain');
  }
}

/** Writes one JSON document. */
export async function writeJson(value: unknown): Promise<void> {
  await write(`${jsonText(value, 2)}\n`);
}

/** Tells something that is no result, on standard error. */
export function tell(text: string): void {
  process.stderr.write(`${printable(text)}\n`);
}
