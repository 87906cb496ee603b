import { type ChildProcess, fork } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A server process. */
export interface FuzzedServer {
  readonly url: string;
  readonly dataDir: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Why it exited by itself, or undefined while it runs. */
  readonly death: () => string | undefined;
  /** Its log, and all other output on standard error. */
  readonly log: () => string;
  /** Stops it and waits; returns its exit code, or the signal that was needed. */
  readonly stop: () => Promise<number | string>;
}

/** The administrator's credentials of every server. */
export const credentials = {
  clientId: '0123456789abcdef0123456789abcdef',
  clientSecret: '0123456789abcdef'.repeat(4),
};

const program = fileURLToPath(new URL('server-process.ts', import.meta.url));

/** The maximum duration of a stop, in milliseconds. */
const patience = 30_000;

/** Task threads start faster with compiled code. */
const compiled = fileURLToPath(new URL('../../../node_modules/.cache/muniment-tests', import.meta.url));

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) {
    child.kill('SIGKILL');
  }
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => process.exit(1));
}

/** Starts a server with these folders; throws its output if it does not start. */
export async function startServer(dataDir: string, databaseUrl: string): Promise<FuzzedServer> {
  const file = join(dataDir, '..', 'server.log');
  const environment = {
    MUNIMENT_PORT: '0',
    MUNIMENT_DATA_DIR: dataDir,
    MUNIMENT_DATABASE_URL: databaseUrl,
    MUNIMENT_BOOTSTRAP_CLIENT_ID: credentials.clientId,
    MUNIMENT_BOOTSTRAP_CLIENT_SECRET: credentials.clientSecret,
    MUNIMENT_UPLOAD_LIMIT: String(1024 * 1024),
  };
  const child = fork(program, {
    env: { NODE_COMPILE_CACHE: compiled, ...process.env, ...environment },
    stdio: ['ignore', 'ignore', openSync(file, 'w'), 'ipc'],
  });
  running.add(child);
  let death: string | undefined;
  const ended = new Promise<number | string>((resolve) => {
    child.once('exit', (code, signal) => {
      running.delete(child);
      death = `it ended with ${code ?? signal}`;
      resolve(code ?? signal ?? 'nothing');
    });
  });
  const log = (): string => readFileSync(file, 'utf8');
  const url = await Promise.race([
    new Promise<string>((resolve) => child.once('message', (message) => resolve((message as { url: string }).url))),
    ended.then((code) => {
      throw new Error(`The server ended with ${code} before it was ready: ${log().slice(-2000)}`);
    }),
  ]);
  return {
    url,
    dataDir,
    environment,
    death: () => death,
    log,
    stop: async () => {
      child.disconnect();
      child.kill('SIGTERM');
      const kill = setTimeout(() => child.kill('SIGKILL'), patience);
      const code = await ended;
      clearTimeout(kill);
      return code;
    },
  };
}
