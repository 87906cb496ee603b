import type { StagedGroup } from '../../storage/stage/stage.ts';

/** An unusable object, and why. */
export interface BadObject {
  readonly lines: readonly number[];
  readonly problem: string;
}

/** Returns the unusable object of these rows. */
export function badObject(group: StagedGroup, problem: string): BadObject {
  return { lines: group.rows.map((row) => row.line), problem };
}
