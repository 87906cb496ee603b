import { setTimeout as sleep } from 'node:timers/promises';
import type { Api } from '../bench/server/api.ts';
import { readAll } from './check-catalogue.ts';
import { checks } from './checks.ts';
import type { Chance } from './chance.ts';
import { findTasks, type Load, nextLoad, upload } from './loads.ts';
import { type Aim, type Moment, momentsOf, takeAim } from './moments.ts';
import type { World } from './world.ts';

/** The maximum time for tasks to end after a kill, in milliseconds. */
const patience = 60_000;
/** The maximum delay of a kill during a start, in milliseconds. */
const longestStart = 900;

/** One round: the work, the kills, and the checks afterwards. */
export class Round {
  readonly #size: number;
  readonly #chance: Chance;
  readonly #loads: Load[] = [];
  readonly #kills: Moment[][] = [];
  #aim: Aim = 'starting';
  #resumed = 0;
  #acknowledged = 0;
  #unacknowledged = 0;

  constructor(size: number, chance: Chance) {
    this.#size = size;
    this.#chance = chance;
  }

  get figures() {
    return {
      aim: this.#aim,
      kills: this.#kills,
      loads: this.#loads.length,
      resumedTasks: this.#resumed,
      acknowledgedPatches: this.#acknowledged,
      unacknowledgedPatches: this.#unacknowledged,
    };
  }

  /** Kills a server during its first start; the next start is not disturbed. */
  async playStart(world: World): Promise<void> {
    await this.#killStart(world);
    await this.load(world);
  }

  /** Starts work, kills the server during it, and starts it again; sometimes that start is killed, too. */
  async playKill(world: World, aim: Aim): Promise<void> {
    const chance = this.#chance;
    const api = await world.server.ready;
    this.#aim = aim;
    const { patching } = world;
    const [acknowledged, unacknowledged] = [patching.acknowledged, patching.unacknowledged];
    let uploads: Promise<void> | undefined;
    if (this.#aim !== 'idle' && this.#aim !== 'starting') {
      await this.#startPatching(world, api);
      uploads = this.#aim === 'patching' ? undefined : this.#startLoads(world, api);
    }
    await takeAim(this.#aim, world, api, chance);
    const isPatching = patching.inFlight > 0;
    const stopped = patching.stop();
    await world.server.kill();
    this.#kills.push(await momentsOf(world, true, isPatching));
    await Promise.all([uploads, stopped]);
    this.#acknowledged = patching.acknowledged - acknowledged;
    this.#unacknowledged = patching.unacknowledged - unacknowledged;
    if (this.#aim === 'starting' || chance.isTrue(0.25)) {
      world.launch();
      await this.#killStart(world);
    }
    world.launch();
  }

  /** Creates missing sources, loads a file, and waits for its task. */
  async load(world: World): Promise<void> {
    if (this.#kills.length > 0) {
      world.launch();
    }
    const api = await world.server.ready;
    const sources = world.sources ?? (await world.makeSources(api));
    this.#loads.push(nextLoad(world, sources, this.#chance, this.#size));
    await this.#finishLoads(world, api);
  }

  /** Waits until the server runs and every task has ended, then runs all checks. Returns the failures. */
  async check(world: World): Promise<string[]> {
    const api = await world.server.ready;
    const sources = world.sources ?? (await world.makeSources(api));
    await this.#finishLoads(world, api);
    const failures: string[] = [];
    for (const { name, run } of checks) {
      const found = await run({ world, sources, api, loads: this.#loads });
      failures.push(...found.map((contradiction) => `${name}: ${contradiction}`));
    }
    return failures;
  }

  async #killStart(world: World): Promise<void> {
    const isReady = await Promise.race([
      world.server.ready.then(() => true),
      sleep(this.#chance.below(longestStart)).then(() => false),
    ]);
    await world.server.kill();
    this.#kills.push(await momentsOf(world, isReady, false));
  }

  async #startPatching(world: World, api: Api): Promise<void> {
    const ids = (await readAll<{ id: string }>(api, 'entitlements', undefined)).map(({ id }) => id);
    const owners = (await api.json<{ id: string }[]>('GET', '/v2025/identities?limit=20')).map(({ id }) => id);
    world.patching.start(api, ids, owners, this.#chance);
  }

  async #startLoads(world: World, api: Api): Promise<void> {
    const sources = world.sources ?? (await world.makeSources(api));
    for (let count = 1 + this.#chance.below(2); count > 0; count -= 1) {
      this.#loads.push(nextLoad(world, sources, this.#chance, this.#size));
    }
    for (const load of this.#loads) {
      load.taskId = await upload(api, load, this.#aim === 'uploading' ? 400 : 0);
      if (load.taskId === undefined) {
        return;
      }
    }
  }

  /** Repeats loads that were not acknowledged and do not exist, and waits for all tasks. */
  async #finishLoads(world: World, api: Api): Promise<void> {
    await findTasks(api, this.#loads, world.tasks);
    const taskIds: string[] = [];
    for (const load of this.#loads) {
      load.taskId ??= await upload(api, load, 0);
      if (load.taskId === undefined) {
        throw new Error(`POST ${load.path} got no response although no server was killed.`);
      }
      taskIds.push(load.taskId);
      world.tasks.add(load.taskId);
    }
    const end = Date.now() + patience;
    for (const taskId of taskIds) {
      while ((await api.json<{ completed: string | null }>('GET', `/v2025/task-status/${taskId}`)).completed === null) {
        if (Date.now() > end) {
          throw new Error(`Task ${taskId} did not end within ${patience / 1000} s.`);
        }
        await sleep(10);
      }
    }
    // The file of a task is removed shortly after its end.
    for (const give = Date.now() + 2000; world.spool().length > 0 && Date.now() < give;) {
      await sleep(5);
    }
    const attempts = await world.inspect(({ query }) =>
      query
        .selectFrom('task')
        .select('attempts')
        .where('id', 'in', [...taskIds, ''])
        .execute(),
    );
    this.#resumed = attempts.filter((task) => task.attempts > 1).length;
  }
}
