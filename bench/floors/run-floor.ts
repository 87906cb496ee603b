import { fileURLToPath } from 'node:url';
import { startChild } from '../server/child.ts';

/** Runs one of the floors that are processes of their own to its end and returns the seconds it says it took. */
export async function secondsOfFloor(
  name: 'parse-csv' | 'import' | 'import-accounts',
  args: readonly string[],
): Promise<number> {
  const program = fileURLToPath(new URL(`./${name}-process.ts`, import.meta.url));
  const child = await startChild([program, ...args], /^seconds: (\S+)/);
  await child.stop();
  return Number(child.said);
}
