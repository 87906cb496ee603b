import { once } from 'node:events';
import { exitCodes } from '../exit-codes.ts';
import { jsonText, printable } from './printable.ts';

/**
 * Exits if the output cannot be written: silently if its reader has closed the pipe, as `head` does; with a message for
 * any other reason, such as a full disk.
 */
export function exitOnOutputError(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') {
        process.exit(process.exitCode ?? 0);
      }
      if (stream === process.stdout) {
        inform(`Standard output cannot be written: ${error.message}.`);
      }
      process.exit(exitCodes.failed.code);
    });
  }
}

/** Writes to standard output, and waits while the reader is slow. */
export async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) {
    await once(process.stdout, 'drain');
  }
}

/** Writes one JSON document. */
export async function writeJson(value: unknown): Promise<void> {
  await write(`${jsonText(value, 2)}\n`);
}

/** Writes a message that is not a result to standard error. */
export function inform(text: string): void {
  process.stderr.write(`${printable(text)}\n`);
}
