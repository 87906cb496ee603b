import { setTimeout as sleep } from 'node:timers/promises';
import type { Api } from '../bench/server/api.ts';
import { pendingMigrations } from '../src/storage/migrate.ts';
import { filesInUse } from '../src/storage/tasks/tasks.ts';
import type { Chance } from './chance.ts';
import type { World } from './world.ts';

/** The activity of a server when it was killed. */
export const moments = [
  'migrating',
  'starting',
  'uploading',
  'queued',
  'parsing and staging',
  'applying',
  'deleting',
  'finishing',
  'patching',
  'idle',
] as const;
export type Moment = (typeof moments)[number];

/** The intended activity of a kill. The actual one is determined afterwards. */
export const aims = [
  'starting',
  'uploading',
  'parsing and staging',
  'applying',
  'applying',
  'finishing',
  'patching',
  'idle',
  'anything',
] as const;
export type Aim = (typeof aims)[number];

/** The approximate maximum time to process a file on a slow machine, in milliseconds. */
const longestRun = 2500;

/** Waits for the moment to kill the server, which is processing the loads just started. */
export async function takeAim(aim: Aim, world: World, api: Api, chance: Chance): Promise<void> {
  switch (aim) {
    case 'parsing and staging':
      await until(() => world.spool().some((file) => file.endsWith('.stage')));
      return sleep(moreOrLess(chance));
    case 'applying':
      await until(async () => (await progressOf(api)).some((text) => /^(Applying|Deleting)/.test(text)));
      return sleep(moreOrLess(chance));
    case 'finishing':
      await until(() => world.spool().some((file) => file.endsWith('.stage')));
      await until(() => !world.spool().some((file) => file.endsWith('.stage')));
      return sleep(chance.below(8));
    case 'uploading':
      await until(() => world.spool().some((file) => file.endsWith('.part')));
      return sleep(chance.below(100));
    case 'starting':
    case 'idle':
    case 'patching':
      return sleep(20 + chance.below(200));
    default:
      return sleep(chance.below(longestRun));
  }
}

/** A delay in milliseconds: short, or up to the duration of a batch. */
function moreOrLess(chance: Chance): number {
  return chance.below(chance.isTrue(0.5) ? 40 : 400);
}

async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 2 * longestRun;
  while (Date.now() < end && !(await isTrue())) {
    await sleep(1);
  }
}

async function progressOf(api: Api): Promise<string[]> {
  const open = await api.json<{ progress: string | null }[]>(
    'GET',
    `/v2025/task-status?filters=${encodeURIComponent('completionStatus isnull')}`,
  );
  return open.map(({ progress }) => progress ?? '');
}

/** Returns the activities of the killed server, judging by what it left behind, and by whether patches were pending. */
export async function momentsOf(world: World, wasReady: boolean, isPatching: boolean): Promise<Moment[]> {
  const spool = world.spool();
  if (!world.isDatabaseMade()) {
    return ['starting'];
  }
  const left = await world.inspect(async (session) => {
    if ((await pendingMigrations(session)).length > 0) {
      return undefined;
    }
    const { query } = session;
    return {
      used: await filesInUse(session),
      open: await query.selectFrom('task').select(['worker', 'progress']).where('completed', 'is', null).execute(),
    };
  });
  if (left === undefined) {
    return ['migrating'];
  }
  const found = new Set<Moment>(wasReady ? [] : ['starting']);
  for (const { worker, progress } of left.open) {
    const isStaged = spool.some((file) => file.endsWith('.stage'));
    if (worker === null || (progress === null && !isStaged)) {
      found.add('queued');
    } else if (!isStaged) {
      found.add('finishing');
    } else if (progress?.startsWith('Applying')) {
      found.add('applying');
    } else {
      found.add(progress?.startsWith('Deleting') ? 'deleting' : 'parsing and staging');
    }
  }
  const unused = spool.filter((file) => !file.endsWith('.stage') && !left.used.has(file));
  if (unused.length > 0 && wasReady) {
    found.add(unused.some((file) => file.endsWith('.part')) ? 'uploading' : 'finishing');
  }
  if (isPatching) {
    found.add('patching');
  }
  return found.size === 0 ? ['idle'] : [...found];
}
