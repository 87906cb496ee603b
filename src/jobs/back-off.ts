/** The delay after the first failure of a job, in milliseconds. It doubles with each further failure. */
const shortest = 1000;
const longest = 60 * 60 * 1000;

/** Returns the delay after this many failures in a row, in milliseconds: from a second to an hour. */
export function backOff(failures: number): number {
  return Math.min(longest, shortest * 2 ** (failures - 1));
}
