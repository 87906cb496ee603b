import { setPriority } from 'node:os';

/** How much the processors are left to others: from 0, not at all, to 19. */
const niceness = 10;

/** Lowers the priority of the calling thread, so that requests go first where processors are short. Linux only. */
export function yieldToOthers(): void {
  // Linux takes 0 for the calling thread; elsewhere it would be the whole process.
  if (process.platform === 'linux') {
    setPriority(0, niceness);
  }
}
