import { makeSource } from '../server/make-source.ts';
import type { Target } from '../server/target.ts';

/** Creates the sources of the generated files on an empty server and loads them in turn. Returns the duration of the loads in seconds. */
export async function fill(target: Target, files: ReadonlyMap<string, string>): Promise<number> {
  let seconds = 0;
  for (const [name, file] of files) {
    seconds += await target.api.loadEntitlements(await makeSource(target.api, name), file);
  }
  return seconds;
}
