import type { StagedGroup } from '../../storage/stage/stage.ts';

/** An object that cannot be used, and why. */
export interface BadObject {
  readonly lines: readonly number[];
  readonly problem: string;
}

/** The object of these rows, which cannot be used. */
export function badObject(group: StagedGroup, problem: string): BadObject {
  return { lines: group.rows.map((row) => row.line), problem };
}
