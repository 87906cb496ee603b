import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A process that was started. */
export interface ChildHandle {
  readonly pid: number;
  /** Resolves when it has ended. */
  readonly ended: Promise<void>;
  /** The first group of a pattern, once a line of its output matches. Rejects when it ends before. */
  readonly said: Promise<string>;
  signal(name: 'SIGTERM' | 'SIGKILL'): void;
}

/** A process that was started and has said that it is ready. */
export interface Child {
  readonly pid: number;
  /** What it said when it was ready: the first group of the pattern. */
  readonly said: string;
  /** Asks it to end, and waits for that. */
  stop(): Promise<void>;
}

/** Everything started and not ended yet, so that nothing outlives the bench. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) {
    child.kill('SIGKILL');
  }
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => process.exit(1));
}

/** Starts a Node process. Errors and parameters are those of `startChild`. */
export function launchChild(
  args: readonly string[],
  ready: RegExp,
  environment: Readonly<Record<string, string>> = {},
  errors: 'inherit' | number = 'inherit',
): ChildHandle {
  const stdio: StdioOptions = ['ignore', 'pipe', errors];
  const child = spawn(process.execPath, args, { stdio, env: { ...process.env, ...environment } });
  running.add(child);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      running.delete(child);
      resolve();
    });
  });
  const said = new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${args.join(' ')} ended with code ${code} before it was ready.`)));
    if (child.stdout !== null) {
      createInterface(child.stdout).on('line', (line) => {
        const match = ready.exec(line);
        if (match !== null) {
          resolve(match[1] ?? '');
        }
      });
    }
  });
  return { pid: child.pid ?? 0, ended, said, signal: (name) => child.kill(name) };
}

/**
 * Starts a Node process and waits until a line of its output matches.
 * @param errors where its standard error goes: `inherit`, or the descriptor of a file
 * Throws when it ends before.
 */
export async function startChild(...parameters: Parameters<typeof launchChild>): Promise<Child> {
  const { pid, ended, said, signal } = launchChild(...parameters);
  return {
    pid,
    said: await said,
    stop: async () => {
      signal('SIGTERM');
      await ended;
    },
  };
}
