import { readConfig } from '../config.ts';
import { restoreBackup } from '../maintenance.ts';

/** `muniment restore FILE [--force]`: needs the server to be stopped. */
export async function restore(
  file: string,
  { force, ...flags }: Record<string, string | undefined> & { force?: never },
): Promise<void> {
  const config = readConfig(flags, process.env, flags['config'] ?? process.env['MUNIMENT_CONFIG']);
  const restored = await restoreBackup(config, file, force !== undefined);
  console.log(`${restored.file} is what ${file} holds.`);
  if (restored.replaced !== undefined) {
    console.log(`The database that was there is now ${restored.replaced}.`);
  }
  if (restored.pending.length > 0) {
    console.log(`The next start runs its migrations ${restored.pending.join(', ')}.`);
  }
}
