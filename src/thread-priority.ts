import { setPriority } from 'node:os';

/** The niceness of the threads that do not answer requests: from 0, normal priority, to 19, lowest. */
export const niceness = {
  /** Lists and counts, which take longer than reads by key. */
  scans: 5,
  tasks: 10,
} as const;

/** Lowers the priority of the calling thread, so that others run first if the CPUs are busy. Linux only. */
export function yieldToOthers(by: number): void {
  // On Linux, 0 is the calling thread; elsewhere it is the whole process.
  if (process.platform === 'linux') {
    setPriority(0, by);
  }
}
