import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../src/cli/muniment.ts', import.meta.url));

/** One run of the command line as a separate process. */
export interface Program {
  readonly child: ChildProcess;
  /** Its output on both streams so far. */
  readonly output: () => string;
  /** Its exit code; null after a signal. */
  readonly ended: Promise<number | null>;
}

/** Starts `muniment` with these parameters and no settings in the environment. */
export function runProgram(...parameters: readonly string[]): Program {
  const child = spawn(process.execPath, [program, ...parameters], { env: { PATH: process.env['PATH'] ?? '' } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data: Buffer) => {
      output += data.toString();
    });
  }
  // `close`: by then its output has been read completely.
  return { child, output: () => output, ended: new Promise((resolve) => child.once('close', (code) => resolve(code))) };
}

/** The output and exit code of a command. */
interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A run of the command line with its outcome. */
interface Run {
  readonly child: ChildProcess;
  /** Its output on standard error so far. */
  readonly stderr: () => string;
  readonly outcome: Promise<Outcome>;
}

/** Starts `muniment` with these variables and this standard input (null: it stays open), with separate output streams. */
export function runCommand(
  parameters: readonly string[],
  variables: Readonly<Record<string, string>>,
  input: string | null = '',
): Run {
  const child = spawn(process.execPath, [program, ...parameters], {
    env: { PATH: process.env['PATH'] ?? '', ...variables },
  });
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (data: Buffer) => {
      written[name] += data.toString();
    });
  }
  // It may exit without reading its input.
  child.stdin.on('error', () => undefined);
  if (input !== null) {
    child.stdin.end(input);
  }
  const outcome = new Promise<Outcome>((resolve) => child.once('close', (code) => resolve({ code, ...written })));
  return { child, stderr: () => written.stderr, outcome };
}

/** Waits until a program has written a text; returns its whole output. Throws if it exits before. */
export async function outputWith(started: Program, text: string): Promise<string> {
  while (!started.output().includes(text)) {
    if (started.child.exitCode !== null) {
      throw new Error(`It exited with ${started.child.exitCode}: ${started.output()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return started.output();
}
