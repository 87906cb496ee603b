import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { Api } from '../bench/server/api.ts';
import { type ChildHandle, launchChild } from '../bench/server/child.ts';
import { credentials, listening, serverCommand } from '../bench/server/target.ts';

/** The real server as a process that may be killed at any time. */
export interface ServerProcess {
  /** Resolves when clients reach it. Rejects when it ends before. */
  readonly ready: Promise<Api>;
  kill(): Promise<void>;
  /** Asks it to stop, and waits for that. */
  stop(): Promise<void>;
}

/** Starts it. Whatever it says on its standard error is added to `server.log` beside the data directory. */
export function launchServer(folder: string, databaseUrl: string): ServerProcess {
  const dataDir = join(folder, 'data');
  const settings = {
    MUNIMENT_LOG_LEVEL: 'warn',
    MUNIMENT_READERS: '1',
    // So that a task on PostgreSQL is taken up again soon after its server died.
    MUNIMENT_TASK_LEASE: '1',
  };
  const { args, environment } = serverCommand({ dataDir, databaseUrl, settings, profile: undefined });
  const log = openSync(join(folder, 'server.log'), 'a');
  const child: ChildHandle = launchChild(args, listening, environment, log);
  closeSync(log);
  const ready = child.said.then((url) => Api.open(url, credentials.clientId, credentials.clientSecret));
  // Whoever kills it does not wait for it.
  ready.catch(() => undefined);
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    child.signal(signal);
    await child.ended;
  };
  return { ready, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
}
