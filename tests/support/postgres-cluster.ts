import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A PostgreSQL server for one test, which may be stopped. */
export interface PostgresCluster {
  readonly url: string;
  start(): void;
  /** Stops it immediately, like a crash. */
  stop(): void;
  remove(): void;
}

/** Creates and starts one in a temporary folder. Throws if PostgreSQL is not installed. */
export async function startPostgresCluster(): Promise<PostgresCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'muniment-cluster-'));
  const port = await freePort();
  const run = (command: string, ...parameters: string[]): void => {
    // PostgreSQL refuses to run as root.
    const [program, ...rest] =
      process.getuid?.() === 0
        ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups', join(binaries(), command)]
        : [join(binaries(), command)];
    execFileSync(program ?? '', [...rest, ...parameters], { stdio: 'ignore' });
  };
  if (process.getuid?.() === 0) {
    execFileSync('chown', ['postgres', folder]);
  }
  const data = join(folder, 'data');
  const options = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1`;
  const start = (): void => run('pg_ctl', '-D', data, '-w', '-l', join(folder, 'log'), '-o', options, 'start');
  const stop = (): void => run('pg_ctl', '-D', data, '-m', 'immediate', 'stop');
  run('initdb', '-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8');
  start();
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    start,
    stop,
    remove: () => {
      if (existsSync(join(data, 'postmaster.pid'))) {
        stop();
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Returns Debian's folder of the newest PostgreSQL programs. */
function binaries(): string {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).toSorted((a, b) => Number(a) - Number(b)) : [];
  const newest = versions.at(-1);
  if (newest === undefined) {
    throw new Error(`PostgreSQL is not installed: ${root} is empty.`);
  }
  return join(root, newest, 'bin');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
