import { ApiClient, tokenOf } from './api-client.ts';
import { outputWith, type Program, runProgram } from './program.ts';

/** A real server process, and a client of it. */
export interface ServedProgram {
  readonly program: Program;
  /** Calls the API as the administrator. */
  readonly api: ApiClient;
  /** The administrator. */
  readonly identityId: string;
}

/** The credentials of the administrator. */
export const administrator = { clientId: 'a'.repeat(32), clientSecret: 'b'.repeat(64) };

/**
 * Starts `muniment serve` on a free port and waits until it is reachable.
 * @param started called with the process immediately, so that it can be killed in any case
 */
export async function serveProgram(
  flags: readonly string[],
  started: (program: Program) => void,
): Promise<ServedProgram> {
  const { clientId, clientSecret } = administrator;
  const credentials = ['--bootstrap-client-id', clientId, '--bootstrap-client-secret', clientSecret];
  const program = runProgram('serve', '--port', '0', '--log-level', 'warn', ...credentials, ...flags);
  started(program);
  const [, url = ''] = /listens on (\S+)/.exec(await outputWith(program, 'reference:')) ?? [];
  const api = new ApiClient(url, await tokenOf(url, clientId, clientSecret));
  const claims = JSON.parse(Buffer.from(api.token.split('.')[1] ?? '', 'base64url').toString()) as {
    identity_id: string;
  };
  return { program, api, identityId: claims.identity_id };
}

/** Creates a delimited-file source. Returns its id. */
export async function addSourceBy({ api, identityId }: ServedProgram, name: string): Promise<string> {
  const { body } = await api.send('POST', '/v2025/sources', {
    name,
    connector: 'delimited-file-angularsc',
    owner: { type: 'IDENTITY', id: identityId },
  });
  return body.id;
}

/** Returns a file with a number of entitlements, each row of about `length` characters. */
export function fileOf(rows: number, length = 0): Blob {
  const lines = Array.from({ length: rows }, (_, row) => `id-${row},Name ${row},${'x'.repeat(length)}\n`);
  return new Blob(['id,name,description\n', ...lines]);
}

/** Returns a form that uploads a file. */
export function uploadOf(file: Blob): FormData {
  const form = new FormData();
  form.append('file', file, 'groups.csv');
  return form;
}

/** Waits until a task's progress starts with a word. */
export async function untilProgress(api: ApiClient, taskId: string, word: string): Promise<void> {
  for (;;) {
    const { body } = await api.get(`/v2025/task-status/${taskId}`);
    if (String(body.progress).startsWith(word) || body.completed !== null) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
