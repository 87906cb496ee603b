import type { Api } from '../bench/server/api.ts';
import type { Load } from './loads.ts';
import type { World, WorldSources } from './world.ts';

/** The input of the checks, once the server runs again and every task has ended. */
export interface Outcome {
  readonly world: World;
  readonly sources: WorldSources;
  readonly api: Api;
  readonly loads: readonly Load[];
}
