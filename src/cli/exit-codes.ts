/** The exit codes of all commands. */
export const exitCodes = {
  done: { code: 0, meaning: 'Done.' },
  failed: { code: 1, meaning: 'Unexpected error, or `doctor` or `sources test` found a problem.' },
  wrongUse: { code: 2, meaning: 'Invalid parameter, setting or input file.' },
  notAllowed: { code: 3, meaning: 'Missing or wrong credentials, or insufficient rights (401, 403).' },
  notFound: { code: 4, meaning: 'Not found (404).' },
  refused: { code: 5, meaning: 'The server rejected the request (400, 409, 412 and similar).' },
  taskFailed: { code: 6, meaning: 'The task ended with ERROR or was terminated.' },
  taskWarned: { code: 7, meaning: 'The task ended with WARNING: partially applied, see its messages.' },
  unreachable: {
    code: 8,
    meaning: 'The server or its database is unreachable, failed (5xx), or timed out. Try again.',
  },
  interrupted: { code: 130, meaning: 'Interrupted (Ctrl+C).' },
} as const;

/** An expected failure of a command: the message to print, and the exit code. */
export class CommandFailure extends Error {
  readonly exitCode: number;

  constructor(kind: keyof typeof exitCodes, message: string) {
    super(message);
    this.exitCode = exitCodes[kind].code;
  }
}
