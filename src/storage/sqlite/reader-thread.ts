import { parentPort, workerData } from 'node:worker_threads';
import SqliteConnection from 'better-sqlite3';
import { openReader } from './connection.ts';
import type { ReaderAnswer, ReaderRequest } from './reader-pool.ts';

/** A thread that runs statements which may take long, on a read-only connection, one after the other. */
const file = String(workerData.file);
const connection = openReader(file);
// Checkpoints need a connection that may write; here they hold up nobody who serves requests.
const checkpointer = new SqliteConnection(file, { timeout: 1000 });

parentPort?.on('message', (request: ReaderRequest) => {
  if (request.kind === 'close') {
    connection.close();
    checkpointer.close();
    // The port kept the thread alive.
    parentPort?.close();
  } else {
    parentPort?.postMessage(answer(request));
  }
});

function answer(request: Exclude<ReaderRequest, { kind: 'close' }>): ReaderAnswer {
  try {
    if (request.kind === 'checkpoint') {
      checkpointer.pragma('wal_checkpoint(PASSIVE)');
      return { number: request.number, result: { rows: [], changes: 0 } };
    }
    return { number: request.number, result: connection.run(request.text, request.parameters) };
  } catch (error) {
    const { message, code } =
      error instanceof Error ? { code: '', ...error, message: error.message } : { message: String(error), code: '' };
    return { number: request.number, error: { message, code: String(code) } };
  }
}
