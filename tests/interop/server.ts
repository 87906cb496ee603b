import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emptyDatabase, type Engine } from '../fuzz/server/databases.ts';
import type { Program } from '../support/program.ts';
import { administrator, serveProgram } from '../support/served-program.ts';

/** A server process for clients. */
export interface InteropServer {
  /** What a client needs to know: variables of its environment. */
  readonly variables: Readonly<Record<string, string>>;
  /** Stops it as its operator would and removes its data. Throws if it does not stop properly. */
  stop(): Promise<void>;
}

/** Starts `muniment serve` with an empty database of an engine. */
export async function startInteropServer(engine: Engine, flags: readonly string[]): Promise<InteropServer> {
  const folder = mkdtempSync(join(tmpdir(), 'muniment-interop-'));
  const database = await emptyDatabase(engine, folder);
  let program: Program | undefined;
  const remove = async (): Promise<void> => {
    await database.remove();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const served = await serveProgram(
      ['--data-dir', join(folder, 'data'), '--database-url', database.url, ...flags],
      (started) => {
        program = started;
      },
    );
    const limited = await served.api.send('POST', '/v2025/personal-access-tokens', {
      name: 'Without rights',
      scope: ['sp:scopes:default'],
    });
    return {
      variables: {
        SAIL_BASE_URL: served.api.url,
        SAIL_CLIENT_ID: administrator.clientId,
        SAIL_CLIENT_SECRET: administrator.clientSecret,
        INTEROP_LIMITED_ID: limited.body.id,
        INTEROP_LIMITED_SECRET: limited.body.secret,
      },
      stop: async () => {
        served.program.child.kill('SIGTERM');
        const code = await served.program.ended;
        await remove();
        if (code !== 0) {
          throw new Error(`The server exited with ${code}: ${served.program.output()}`);
        }
      },
    };
  } catch (error) {
    program?.child.kill('SIGKILL');
    await program?.ended;
    await remove();
    throw error;
  }
}
