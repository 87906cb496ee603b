import type { Session } from '../database.ts';

/** Something that is true of every database between two transactions, whatever happened to the servers on it. */
export interface Invariant {
  /** What is true, in a few words. */
  readonly name: string;
  /** Whether finding out reads most of the database row by row; the others are left to the engine. */
  readonly isThorough: boolean;
  /** What contradicts it, in words, at most `mostViolations`; empty when it is true. */
  readonly violations: (session: Session) => Promise<string[]>;
}

/** The most violations that are told about one invariant. */
export const mostViolations = 5;
