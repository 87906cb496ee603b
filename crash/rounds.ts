import type { Engine } from '../bench/options.ts';
import type { Chance } from './chance.ts';
import { checks } from './checks.ts';
import { type Aim, aims, type Moment } from './moments.ts';
import { Round } from './round.ts';
import { World } from './world.ts';

/** The result of one round. */
export interface RoundReport {
  readonly number: number;
  /** The initial state: the previous world, an empty database, or one with the previous schema. */
  readonly beginning: 'continued' | 'empty' | 'previous schema';
  readonly aim: Aim;
  /** The activities of the server at each kill. */
  readonly kills: readonly (readonly Moment[])[];
  readonly loads: number;
  readonly resumedTasks: number;
  readonly acknowledgedPatches: number;
  readonly unacknowledgedPatches: number;
  readonly checks: number;
  /** Failures, each with the name of its check. */
  readonly failures: readonly string[];
  readonly seconds: number;
  /** The folder with the data of a failed round. */
  readonly kept: string | undefined;
}

/** Runs rounds one after another, and replaces the world from time to time. */
export class Rounds {
  readonly #engine: Engine;
  readonly #size: number;
  #world: World | undefined;
  #worlds = 0;
  /** The next targets: each is used once before any is repeated. */
  #aims: Aim[] = [];

  constructor(engine: Engine, size: number) {
    this.#engine = engine;
    this.#size = size;
  }

  async play(number: number, chance: Chance): Promise<RoundReport> {
    const began = performance.now();
    const round = new Round(this.#size, chance);
    const failures: string[] = [];
    let beginning: RoundReport['beginning'] = 'continued';
    try {
      if (this.#world === undefined || chance.isTrue(0.12)) {
        await this.close();
        beginning = chance.isTrue(0.5) ? 'empty' : 'previous schema';
        this.#world = beginning === 'empty' ? await this.#make() : await this.#makePrevious(chance);
        await round.playStart(this.#world);
      } else {
        this.#aims = this.#aims.length > 0 ? this.#aims : chance.shuffled(aims);
        await round.playKill(this.#world, this.#aims.pop() ?? 'anything');
      }
      failures.push(...(await round.check(this.#world)));
    } catch (error) {
      failures.push(`the round completes: ${(error as Error).stack}`);
    }
    const kept = failures.length > 0 ? await this.#keep() : undefined;
    return {
      number,
      beginning,
      ...round.figures,
      checks: checks.length,
      failures,
      seconds: (performance.now() - began) / 1000,
      kept,
    };
  }

  /** Removes the world. */
  async close(): Promise<void> {
    await this.#world?.remove();
    this.#world = undefined;
  }

  async #make(original?: World): Promise<World> {
    return World.make(this.#engine, (this.#worlds += 1), original);
  }

  async #makePrevious(chance: Chance): Promise<World> {
    const original = await this.#make();
    try {
      await new Round(this.#size, chance).load(original);
      await original.server.stop();
      return await this.#make(original);
    } finally {
      await original.remove();
    }
  }

  /** Keeps the world for inspection. */
  async #keep(): Promise<string | undefined> {
    const world = this.#world;
    this.#world = undefined;
    await world?.server.kill();
    return world === undefined ? undefined : `${world.folder} (${world.databaseUrl})`;
  }
}
