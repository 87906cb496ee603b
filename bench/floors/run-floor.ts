import { fileURLToPath } from 'node:url';
import { startChild } from '../server/child.ts';

/** Runs a floor as a separate process and returns the duration that it prints, in seconds. */
export async function secondsOfFloor(
  name: 'parse-csv' | 'import' | 'import-accounts',
  args: readonly string[],
): Promise<number> {
  const program = fileURLToPath(new URL(`./${name}-process.ts`, import.meta.url));
  const child = await startChild([program, ...args], /^seconds: (\S+)/);
  await child.stop();
  return Number(child.said);
}
