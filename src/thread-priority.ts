import { setPriority } from 'node:os';

/** How much the processors are left to others by the threads that work beside requests: from 0, not at all, to 19. */
export const niceness = {
  /** Lists and counts, which take long where reads by key do not. */
  scans: 5,
  tasks: 10,
} as const;

/** Lowers the priority of the calling thread, so that others go first where processors are short. Linux only. */
export function yieldToOthers(by: number): void {
  // Linux takes 0 for the calling thread; elsewhere it would be the whole process.
  if (process.platform === 'linux') {
    setPriority(0, by);
  }
}
