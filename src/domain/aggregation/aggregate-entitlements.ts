import { countUnknownParents } from '../../storage/aggregation.ts';
import { Stage } from '../../storage/stage.ts';
import { applyDeletions } from './apply-deletions.ts';
import { applyDifferences } from './apply-differences.ts';
import { entitlementNormaliser } from './normalise.ts';
import { type AggregationRun, RunRefused } from './run.ts';
import { type InputBatch, stageInput } from './stage-input.ts';

/** The largest share of bad rows, in percent, with which a file is still believed. */
const mostBadRows = 20;

/**
 * Brings the catalogue's entitlements of one type on one source to what the input says: stage, diff, apply, record.
 * A function of its input: the same input again changes nothing, and a run that was interrupted is simply run again.
 * What happened is in `run.report`.
 * @throws RunRefused when the input cannot be believed; then nothing was applied
 * @throws RunInterrupted when `run.signal` was aborted
 */
export async function aggregateEntitlements(run: AggregationRun, batches: AsyncIterable<InputBatch>): Promise<void> {
  const stage = new Stage(run.stageFile);
  try {
    const { columns, rowsSeen } = await stageInput(run, stage, batches);
    run.report.add({ total: stage.countKeys() });
    const normalise = entitlementNormaliser(run.schema, columns);
    // A single row cannot contradict itself; it can only hold a permission that cannot be read.
    for (const group of stage.groups(!run.schema.includePermissions)) {
      const object = normalise(group);
      if ('problem' in object) {
        run.report.addProblem(object);
      }
    }
    const { badRows } = run.report.counts;
    if (badRows * 100 > rowsSeen * mostBadRows) {
      throw new RunRefused(
        `${badRows} of ${rowsSeen} rows cannot be used, more than ${mostBadRows} %: this is not the file it should be. Nothing was applied.`,
      );
    }
    await applyDifferences(run, stage, normalise);
    await applyDeletions(run, stage);
    await tellUnknownParents(run);
  } finally {
    stage.close();
  }
}

/** Parents may come later, with another file; a wrong hierarchy attribute shows here too. */
async function tellUnknownParents(run: AggregationRun): Promise<void> {
  const unknown = run.schema.hierarchyAttribute === null ? 0 : await countUnknownParents(run.database.scan, run.scope);
  if (unknown > 0) {
    run.report.inform(
      'parents_not_in_catalogue',
      `${unknown === 1 ? '1 parent named by entitlements is' : `${unknown} parents named by entitlements are`} not in the catalogue yet.`,
      [String(unknown)],
    );
  }
}
