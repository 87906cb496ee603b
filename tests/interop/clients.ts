/** The clients of `npm run interop`: what each needs, how it is installed, and what it runs. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from './command.ts';

/** One run of a client against a server. */
interface Run {
  readonly title: string;
  readonly command: Command;
  /** Flags that the server needs for it; without any it may share one with other runs. */
  readonly serverFlags?: readonly string[];
}

/** A client that is not part of this project. */
export interface Client {
  readonly name: string;
  /** What is missing on this machine, and how to install it; undefined if nothing is. */
  missing(): string | undefined;
  /** Installs it into the cache, unless it is there. Throws if that fails. */
  install(): void;
  readonly runs: readonly Run[];
}

const folder = fileURLToPath(new URL('.', import.meta.url));
const cache = fileURLToPath(new URL('../../node_modules/.cache/muniment-interop/', import.meta.url));

/** The Python SDK in one version: a virtual environment of its own, and a run for each family. */
function pythonClient(name: string, families: readonly string[]): Client {
  const requirements = join(folder, 'python', `${name}.txt`);
  const environment = join(cache, name);
  const stamp = join(environment, 'installed.txt');
  const program = join(environment, 'bin', 'python');
  const command = (family: string, ...parameters: readonly string[]): Command => ({
    program,
    parameters: [join(folder, 'python', 'run.py'), ...parameters],
    variables: { INTEROP_FAMILY: family, PYTHONDONTWRITEBYTECODE: '1' },
  });
  return {
    name,
    missing: () =>
      succeeds('python3', '-c', 'import venv, ensurepip')
        ? undefined
        : 'Python 3 with its module venv (Debian: apt-get install python3-venv)',
    install: () => {
      const wanted = readFileSync(requirements, 'utf8');
      if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
        return;
      }
      rmSync(environment, { recursive: true, force: true });
      mkdirSync(cache, { recursive: true });
      run('python3', '-m', 'venv', environment);
      run(program, '-m', 'pip', 'install', '--quiet', '--requirement', requirements);
      writeFileSync(stamp, wanted);
    },
    runs: families.flatMap((family, index) => [
      { title: `${name} ${family}`, command: command(family) },
      ...(index === 0
        ? [
            {
              title: `${name} ${family}, a server with a rate limit`,
              command: command(family, 'rate-limit'),
              serverFlags: ['--rate-limit', '20'],
            },
          ]
        : []),
    ]),
  };
}

/** The Go SDK: `go test` builds it. */
const goClient: Client = {
  name: 'go',
  missing: () => (succeeds('go', 'version') ? undefined : 'Go (Debian: apt-get install golang-go)'),
  install: () => run('go', '-C', join(folder, 'go'), 'test', '-run', 'XXX', './...'),
  runs: [
    {
      title: 'go v2025',
      command: {
        program: 'go',
        parameters: ['-C', join(folder, 'go'), 'test', '-count=1', './...'],
        variables: {},
      },
    },
  ],
};

/** All clients. The TypeScript SDK is a dependency: its tests are in tests/acceptance and paginator.test.ts. */
export const clients: readonly Client[] = [
  pythonClient('python-sdk-1', ['v2025', 'beta']),
  pythonClient('python-sdk-2', ['v1']),
  goClient,
];

function succeeds(program: string, ...parameters: readonly string[]): boolean {
  try {
    execFileSync(program, parameters, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function run(program: string, ...parameters: readonly string[]): void {
  execFileSync(program, parameters, { stdio: ['ignore', 'ignore', 'inherit'] });
}
