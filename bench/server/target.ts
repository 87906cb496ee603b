import { openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Api } from './api.ts';
import { startChild } from './child.ts';

/** A server that is measured. */
export interface Target {
  readonly url: string;
  readonly api: Api;
  /** From the start of the process to its first answer on /health/ready, in seconds; 0 for a server that ran before. */
  readonly startSeconds: number;
  /** The most memory it has held so far, in MB; undefined where that cannot be known. */
  peakMemory(): number | undefined;
  stop(): Promise<void>;
}

/** The administrator's credentials of every server that is started here. */
export const credentials = {
  clientId: '0123456789abcdef0123456789abcdef',
  clientSecret: '0123456789abcdef'.repeat(4),
};

const program = fileURLToPath(new URL('../../src/cli/muniment.ts', import.meta.url));

export interface ServeOptions {
  readonly dataDir: string;
  readonly databaseUrl: string;
  /** Environment variables beyond these; everything else is at its default. */
  readonly settings: Readonly<Record<string, string>>;
  /** A folder for CPU profiles. */
  readonly profile: string | undefined;
}

/** What the real server is started with: the parameters of Node, and the environment. */
export function serverCommand(options: ServeOptions): { args: string[]; environment: Record<string, string> } {
  const flags = options.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${options.profile}`];
  return {
    args: [...flags, program, 'serve'],
    environment: {
      MUNIMENT_PORT: '0',
      MUNIMENT_DATA_DIR: options.dataDir,
      MUNIMENT_DATABASE_URL: options.databaseUrl,
      MUNIMENT_BOOTSTRAP_CLIENT_ID: credentials.clientId,
      MUNIMENT_BOOTSTRAP_CLIENT_SECRET: credentials.clientSecret,
      ...options.settings,
    },
  };
}

/** What the server says when clients reach it: where. */
export const listening = /listens on (\S+)/;

/** Starts the real server as a process of its own on a free port, with a log as long as it is by default. */
export async function startServer(options: ServeOptions): Promise<Target> {
  const begun = performance.now();
  const log = join(options.dataDir, 'server.log');
  const { args, environment } = serverCommand(options);
  const child = await startChild(args, listening, environment, openSync(log, 'a')).catch((error: unknown) => {
    throw new Error(`The server did not start: ${readFileSync(log, 'utf8').slice(-1000)}`, { cause: error });
  });
  const url = child.said;
  const ready = await fetch(`${url}/health/ready`);
  if (!ready.ok) {
    throw new Error(`${url}/health/ready answered ${ready.status}.`);
  }
  const startSeconds = (performance.now() - begun) / 1000;
  return {
    url,
    api: await Api.open(url, credentials.clientId, credentials.clientSecret),
    startSeconds,
    peakMemory: () => peakMemoryOf(child.pid),
    stop: () => child.stop(),
  };
}

/** Uses a server that runs somewhere. */
export async function useServer(url: string, clientId: string, clientSecret: string): Promise<Target> {
  return {
    url,
    api: await Api.open(url, clientId, clientSecret),
    startSeconds: 0,
    peakMemory: () => undefined,
    stop: async () => undefined,
  };
}

/** The high-water mark of a process's resident memory, which Linux keeps. */
function peakMemoryOf(pid: number): number | undefined {
  if (process.platform !== 'linux') {
    return undefined;
  }
  const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
}
