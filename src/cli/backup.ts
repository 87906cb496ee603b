import { readConfig } from '../config.ts';
import { backUp } from '../maintenance.ts';

/** `muniment backup FILE`: works beside a running server. */
export async function backup(file: string, flags: Record<string, string | undefined>): Promise<void> {
  const config = readConfig(flags, process.env, flags['config'] ?? process.env['MUNIMENT_CONFIG']);
  const { size, openTasks } = await backUp(config, file);
  console.log(
    `${file} holds the database (${(size / 1024 / 1024).toFixed(1)} MiB). It contains secrets: keep it safe.`,
  );
  if (openTasks.length > 0) {
    console.log(`Open tasks whose uploads are not in it: ${openTasks.join(', ')}.`);
  }
}
