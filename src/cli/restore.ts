import { readConfig } from '../config.ts';
import { restoreBackup } from '../maintenance.ts';
import type { LocalFlags } from './local-flags.ts';

/** `muniment restore FILE [--force]`: needs the server to be stopped. */
export async function restore(file: string, { json, force, ...flags }: LocalFlags): Promise<void> {
  const config = readConfig(flags, process.env, flags['config'] ?? process.env['MUNIMENT_CONFIG']);
  const restored = await restoreBackup(config, file, force === true);
  if (json === true) {
    console.log(JSON.stringify({ ...restored, from: file }));
    return;
  }
  console.log(`${restored.file} is what ${file} holds.`);
  if (restored.replaced !== undefined) {
    console.log(`The database that was there is now ${restored.replaced}.`);
  }
  if (restored.pending.length > 0) {
    console.log(`The next start runs its migrations ${restored.pending.join(', ')}.`);
  }
}
