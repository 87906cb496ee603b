import { makeSource } from '../server/make-source.ts';
import type { Target } from '../server/target.ts';

/** Makes the sources of the generated files on an empty server and loads them, one after the other. Returns the seconds the loads took. */
export async function fill(target: Target, files: ReadonlyMap<string, string>): Promise<number> {
  let seconds = 0;
  for (const [name, file] of files) {
    seconds += await target.api.loadEntitlements(await makeSource(target.api, name), file);
  }
  return seconds;
}
