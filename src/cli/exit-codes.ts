/** How a command may end. */
export const exitCodes = {
  done: { code: 0, meaning: 'Done.' },
  failed: { code: 1, meaning: 'Something unexpected happened, or `doctor` found something wrong.' },
  wrongUse: { code: 2, meaning: 'A parameter, a setting or a file that was named is wrong.' },
  notAllowed: { code: 3, meaning: 'No or wrong credentials, or they do not allow it (401, 403).' },
  notFound: { code: 4, meaning: 'What was named does not exist (404).' },
  refused: { code: 5, meaning: 'The server refused the request (400, 409, 412 and the like).' },
  taskFailed: { code: 6, meaning: 'The task ended with ERROR or was terminated.' },
  taskWarned: { code: 7, meaning: 'The task ended with WARNING: what it could do is done, its messages say what not.' },
  unreachable: {
    code: 8,
    meaning: 'The server, or its database, cannot be reached, failed (5xx), or took too long. Try again.',
  },
  interrupted: { code: 130, meaning: 'Interrupted (Ctrl+C).' },
} as const;

/** A failure that a command foresaw: what to print, and the exit code. */
export class CommandFailure extends Error {
  readonly exitCode: number;

  constructor(kind: keyof typeof exitCodes, message: string) {
    super(message);
    this.exitCode = exitCodes[kind].code;
  }
}
