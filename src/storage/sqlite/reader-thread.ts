import { parentPort, workerData } from 'node:worker_threads';
import { niceness, yieldToOthers } from '../../thread-priority.ts';
import { sqliteDialect } from '../dialect.ts';
import type { TextJob } from '../database.ts';
import { cacheSizes, openReader } from './connection.ts';
import { sessionOver } from './kysely-driver.ts';
import { WalCheckpointer } from './wal-checkpointer.ts';
import type { ReaderAnswer, ReaderRequest } from './reader-pool.ts';

/** A thread that runs long reads on a read-only connection, and checkpoints on request. */
yieldToOthers(niceness.scans);
const { file, descriptor } = workerData as { readonly file: string; readonly descriptor: number };
/** Opened by the first request, which fails if the file cannot be opened; the next request tries again. */
let connections: ReturnType<typeof open> | undefined;
const encoder = new TextEncoder();

parentPort?.on('message', async (request: ReaderRequest) => {
  if (request.kind === 'close') {
    connections?.reader.close();
    connections?.walCheckpointer.close();
    // The port keeps the thread alive.
    parentPort?.close();
    return;
  }
  const { number } = request;
  try {
    const result = await resultOf(request);
    const moved = result instanceof Uint8Array && result.buffer instanceof ArrayBuffer ? [result.buffer] : [];
    parentPort?.postMessage({ number, result } satisfies ReaderAnswer, moved);
  } catch (error) {
    const { message, code } =
      error instanceof Error ? { code: '', ...error, message: error.message } : { message: String(error), code: '' };
    parentPort?.postMessage({ number, error: { message, code: String(code) } } satisfies ReaderAnswer);
  }
});

function open() {
  const reader = openReader(file, cacheSizes.scanning);
  const session = sessionOver((text, parameters) => reader.run(text, parameters));
  return {
    reader,
    reads: { dialect: sqliteDialect, keyed: session, scan: session },
    walCheckpointer: new WalCheckpointer(file, descriptor),
  };
}

async function resultOf(request: Exclude<ReaderRequest, { kind: 'close' }>): Promise<unknown> {
  connections ??= open();
  const { reader, reads, walCheckpointer } = connections;
  switch (request.kind) {
    case 'checkpoint':
      walCheckpointer.checkpoint();
      return undefined;
    case 'statement':
      return reader.run(request.text, request.parameters);
    case 'text': {
      const exported = (await import(request.module)) as Readonly<Record<string, TextJob<unknown>>>;
      const job = exported[request.name];
      if (job === undefined) {
        throw new Error(`${request.module} does not export ${request.name}.`);
      }
      const text = await job.run(reads, request.argument);
      const { buffer } = request;
      return buffer !== undefined && Buffer.byteLength(text) <= buffer.byteLength
        ? Buffer.from(buffer).write(text)
        : encoder.encode(text);
    }
  }
}
