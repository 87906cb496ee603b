import { restoreBackup } from '../maintenance.ts';
import type { LocalFlags } from './local-flags.ts';
import { settingsOf } from './settings.ts';

/** `muniment restore FILE [--force]`: needs the server to be stopped. */
export async function restore(file: string, { json, force, ...flags }: LocalFlags): Promise<void> {
  const config = settingsOf(flags);
  const restored = await restoreBackup(config, file, force === true);
  if (json === true) {
    console.log(JSON.stringify({ ...restored, from: file }));
    return;
  }
  console.log(`${restored.file} was restored from ${file}.`);
  if (restored.replaced !== undefined) {
    console.log(`The previous database was renamed to ${restored.replaced}.`);
  }
  if (restored.pending.length > 0) {
    console.log(`The next start runs the migrations ${restored.pending.join(', ')}.`);
  }
}
