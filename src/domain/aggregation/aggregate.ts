import { Stage, type StagedGroup } from '../../storage/stage/stage.ts';
import type { BadObject } from './bad-object.ts';
import { applyDeletions } from './apply-deletions.ts';
import { applyDifferences } from './apply-differences.ts';
import type { AggregatedObjects, SourceObject } from './objects.ts';
import { inputWords } from './input-words.ts';
import { type AggregationRun, batchSize, RunRefused, showProgress } from './run.ts';
import { type InputBatch, stageInput } from './stage-input.ts';

/** The largest share of bad rows, in percent, with which a file is still believed. */
const mostBadRows = 20;

/**
 * Brings the catalogue's objects to what the input says: stage, diff, apply, record.
 * A function of its input: the same input again changes nothing, and a run that was interrupted is simply run again.
 * What happened is in `run.report`.
 * @throws RunRefused when the input cannot be believed; then nothing was applied
 * @throws RunInterrupted when `run.signal` was aborted
 */
export async function aggregate<O extends SourceObject>(
  run: AggregationRun,
  objects: AggregatedObjects<O>,
  batches: AsyncIterable<InputBatch>,
): Promise<void> {
  const stage = new Stage(run.stageFile);
  try {
    const { columns, rowsSeen } = await stageInput(run, objects, stage, batches);
    const normalise = objects.normaliser(columns);
    run.report.add({ total: stage.count() });
    await checkObjects(run, stage.groups(objects.singleRowsCanBeBad ? 'all' : 'inconsistent'), normalise);
    const { badRows } = run.report.counts;
    if (badRows * 100 > rowsSeen * mostBadRows) {
      throw new RunRefused(
        `${badRows} of ${rowsSeen} rows cannot be used, more than ${mostBadRows} %: ${inputWords[run.input].isWrong}. Nothing was applied.`,
      );
    }
    await applyDifferences(run, objects, stage, normalise);
    await applyDeletions(run, objects, stage);
    await objects.finish?.(run);
  } finally {
    stage.close();
  }
}

/** Reports the objects that cannot be used, before anything is applied. */
async function checkObjects<O extends SourceObject>(
  run: AggregationRun,
  groups: Iterable<StagedGroup>,
  normalise: (group: StagedGroup) => O | BadObject,
): Promise<void> {
  let checked = 0;
  for (const group of groups) {
    checked += 1;
    const object = normalise(group);
    if ('problem' in object) {
      run.report.addProblem(object);
    }
    if (checked % batchSize === 0) {
      await showProgress(run, { text: `Checking: ${checked} objects that may be wrong`, percent: 50 });
    }
  }
}
