import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Api } from '../bench/server/api.ts';
import type { Figures } from './catalogue-model.ts';
import type { Chance } from './chance.ts';
import { accountsCsv, groupsCsv, nextAccounts, nextGroups, nextPeople } from './files.ts';
import type { World, WorldSources } from './world.ts';

/** A file to load, and its expected result. */
export interface Load {
  readonly path: string;
  readonly file: string;
  readonly figures: Figures;
  /** Its task; undefined while no server has acknowledged it. */
  taskId: string | undefined;
}

/** Chooses the next load, and updates the world's model. */
export function nextLoad(world: World, sources: WorldSources, chance: Chance, size: number): Load {
  const { directory, people } = world;
  const kind = directory.listed.size === 0 ? 0 : chance.below(10);
  if (kind < 5) {
    const file = nextGroups(chance, directory.listed, size);
    const path = `/v2025/sources/${sources.directory}/load-entitlements`;
    return { path, file: groupsCsv(file), figures: directory.loadGroups(file), taskId: undefined };
  }
  if (kind < 8) {
    const file = nextAccounts(chance, directory.accounts, Math.ceil(size / 2), size);
    const path = `/v2025/sources/${sources.directory}/load-accounts`;
    return { path, file: accountsCsv(file), figures: directory.loadAccounts(file), taskId: undefined };
  }
  const file = nextPeople(chance, people.accounts, 200);
  const path = `/v2025/sources/${sources.people}/load-accounts`;
  return { path, file: accountsCsv(file), figures: people.loadAccounts(file), taskId: undefined };
}

/**
 * Uploads a file. Returns the task's id, or undefined if there was no response.
 * @param pause a pause in the middle of the upload, in milliseconds
 */
export async function upload(api: Api, load: Load, pause: number): Promise<string | undefined> {
  const boundary = 'crash-boundary';
  const body = Buffer.from(
    `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="file.csv"\r\ncontent-type: text/csv\r\n\r\n${load.file}\r\n--${boundary}--\r\n`,
  );
  const answer = await new Promise<{ status: number; text: string } | undefined>((resolve) => {
    const sent = request(
      `${api.url}${load.path}`,
      {
        method: 'POST',
        headers: {
          authorization: `Bearer ${api.token}`,
          'content-type': `multipart/form-data; boundary=${boundary}`,
          'content-length': body.length,
        },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (data: string) => (text += data));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
        response.on('error', () => resolve(undefined));
      },
    );
    // The server was killed.
    sent.on('error', () => resolve(undefined));
    const middle = Math.floor(body.length / 2);
    sent.write(body.subarray(0, middle));
    void sleep(pause).then(() => sent.end(body.subarray(middle)));
  });
  if (answer === undefined) {
    return undefined;
  }
  if (answer.status !== 202) {
    throw new Error(`POST ${load.path} answered ${answer.status}: ${answer.text}`);
  }
  const { id, task } = JSON.parse(answer.text) as { id?: string; task?: { id: string } };
  return task?.id ?? id;
}

/**
 * Finds the existing tasks of loads that were not acknowledged.
 * @param earlier the ids of tasks of earlier rounds
 */
export async function findTasks(api: Api, loads: readonly Load[], earlier: ReadonlySet<string>): Promise<void> {
  // Newest first: a world may have more tasks than fit on a page.
  const newest = await api.json<{ id: string }[]>('GET', '/v2025/task-status?limit=250&sorters=-created');
  const acknowledged = new Set(loads.map(({ taskId }) => taskId));
  const unknown = newest.filter(({ id }) => !earlier.has(id) && !acknowledged.has(id));
  for (const load of loads) {
    load.taskId ??= unknown.pop()?.id;
  }
}
