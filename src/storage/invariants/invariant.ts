import type { Session } from '../database.ts';

/** A condition that is true of every database between two transactions, also after crashes of its servers. */
export interface Invariant {
  /** The condition, in a few words. */
  readonly name: string;
  /** Whether the check reads most of the database row by row; other checks are queries. */
  readonly isThorough: boolean;
  /** Returns the violations as texts, at most `mostViolations`; empty if the invariant holds. */
  readonly violations: (session: Session) => Promise<string[]>;
}

/** The maximum number of violations that are reported for one invariant. */
export const mostViolations = 5;
