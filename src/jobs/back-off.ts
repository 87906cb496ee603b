/** How long a job waits after its first failure, in milliseconds; twice as long after each further one. */
const shortest = 1000;
const longest = 60 * 60 * 1000;

/** How long a job waits that has failed so many times in a row, in milliseconds: from a second to an hour. */
export function backOff(failures: number): number {
  return Math.min(longest, shortest * 2 ** (failures - 1));
}
