import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { Api } from '../bench/server/api.ts';
import { type ChildHandle, launchChild } from '../bench/server/child.ts';
import { credentials, listening, serverCommand } from '../bench/server/target.ts';

/** A real server process that may be killed at any time. */
export interface ServerProcess {
  /** Resolves when the server is ready. Rejects if it exits before. */
  readonly ready: Promise<Api>;
  kill(): Promise<void>;
  /** Stops the server and waits for its exit. */
  stop(): Promise<void>;
}

/** Starts it. Its standard error is appended to `server.log` next to the data directory. */
export function launchServer(folder: string, databaseUrl: string): ServerProcess {
  const dataDir = join(folder, 'data');
  const settings = {
    MUNIMENT_LOG_LEVEL: 'warn',
    MUNIMENT_READERS: '1',
    // So that on PostgreSQL a task is resumed soon after its server was killed.
    MUNIMENT_TASK_LEASE: '1',
  };
  const { args, environment } = serverCommand({ dataDir, databaseUrl, settings, profile: undefined });
  const log = openSync(join(folder, 'server.log'), 'a');
  const child: ChildHandle = launchChild(args, listening, environment, log);
  closeSync(log);
  const ready = child.said.then((url) => Api.open(url, credentials.clientId, credentials.clientSecret));
  // A kill does not wait for this promise.
  ready.catch(() => undefined);
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    child.signal(signal);
    await child.ended;
  };
  return { ready, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
}
