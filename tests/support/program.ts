import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../src/cli/muniment.ts', import.meta.url));

/** One run of the command line as a process of its own. */
export interface Program {
  readonly child: ChildProcess;
  /** What it has written to both streams so far. */
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
  // `close`: its output has been read to the end by then.
  return { child, output: () => output, ended: new Promise((resolve) => child.once('close', (code) => resolve(code))) };
}

/** Waits until a program has written a text; returns all it has written. Throws when it ends before. */
export async function outputWith(started: Program, text: string): Promise<string> {
  while (!started.output().includes(text)) {
    if (started.child.exitCode !== null) {
      throw new Error(`It ended with ${started.child.exitCode}: ${started.output()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return started.output();
}
