import { parentPort, workerData } from 'node:worker_threads';
import SqliteConnection from 'better-sqlite3';
import { sqliteDialect } from '../dialect.ts';
import type { TextJob } from '../database.ts';
import { cacheSizes, openReader } from './connection.ts';
import { sessionOver } from './kysely-driver.ts';
import type { ReaderAnswer, ReaderRequest } from './reader-pool.ts';

/** A thread that does reading which may take long, on a read-only connection. */
const file = String(workerData.file);
const connection = openReader(file, cacheSizes.scanning);
const session = sessionOver((text, parameters) => connection.run(text, parameters));
const reads = { dialect: sqliteDialect, keyed: session, scan: session };
// Checkpoints need a connection that may write; here they hold up nobody who serves requests.
const checkpointer = new SqliteConnection(file, { timeout: 1000 });
const encoder = new TextEncoder();

parentPort?.on('message', async (request: ReaderRequest) => {
  if (request.kind === 'close') {
    connection.close();
    checkpointer.close();
    // The port kept the thread alive.
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

async function resultOf(request: Exclude<ReaderRequest, { kind: 'close' }>): Promise<unknown> {
  switch (request.kind) {
    case 'checkpoint':
      checkpointer.pragma('wal_checkpoint(PASSIVE)');
      return undefined;
    case 'statement':
      return connection.run(request.text, request.parameters);
    case 'text': {
      const exported = (await import(request.module)) as Readonly<Record<string, TextJob<unknown>>>;
      const job = exported[request.name];
      if (job === undefined) {
        throw new Error(`${request.module} does not export ${request.name}.`);
      }
      return encoder.encode(await job.run(reads, request.argument));
    }
  }
}
