import { backUp } from '../maintenance.ts';
import type { LocalFlags } from './local-flags.ts';
import { settingsOf } from './settings.ts';

/** `muniment backup FILE`: works while a server runs. */
export async function backup(file: string, { json, ...flags }: LocalFlags): Promise<void> {
  const config = settingsOf(flags);
  const made = await backUp(config, file);
  if (json === true) {
    console.log(JSON.stringify({ file, ...made }));
    return;
  }
  const { size, openTasks } = made;
  console.log(
    `The database was backed up to ${file} (${(size / 1024 / 1024).toFixed(1)} MiB). It contains secrets: keep it safe.`,
  );
  if (openTasks.length > 0) {
    console.log(`Open tasks whose uploads are not included: ${openTasks.join(', ')}.`);
  }
}
