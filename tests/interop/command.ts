import { spawn } from 'node:child_process';

/** A program with its parameters and the variables that it gets besides those of this process. */
export interface Command {
  readonly program: string;
  readonly parameters: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
}

/** How long a client may take, in milliseconds. */
const patience = 8 * 60_000;

/** Runs a command and shows its output. Returns its exit code; null if it was stopped because it took too long. */
export function runCommand(
  { program, parameters, variables }: Command,
  more: Readonly<Record<string, string>>,
): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, {
      env: { ...process.env, ...variables, ...more },
      stdio: ['ignore', 'inherit', 'inherit'],
      timeout: patience,
      killSignal: 'SIGKILL',
    });
    child.once('error', reject);
    child.once('close', resolve);
  });
}
