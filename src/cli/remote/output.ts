import { once } from 'node:events';
import { jsonText, printable } from './printable.ts';

/** Ends the process quietly when whoever reads its output has read enough, as `head` does. */
export function endWhenNobodyReads(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') {
        throw error;
      }
      process.exit(process.exitCode ?? 0);
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
