import { Stage, type StagedGroup } from '../../storage/stage/stage.ts';
import type { BadObject } from './bad-object.ts';
import { applyDeletions } from './apply-deletions.ts';
import { applyDifferences } from './apply-differences.ts';
import type { AggregatedObjects, SourceObject } from './objects.ts';
import { inputWords } from './input-words.ts';
import { type AggregationRun, batchSize, RunRefused, showProgress } from './run.ts';
import { type InputBatch, stageInput } from './stage-input.ts';

/** The highest percentage of bad rows with which a file is accepted. */
const mostBadRows = 20;

/**
 * Makes the catalogue's objects match the input: stage, compare, apply, record.
 * Idempotent: the same input again changes nothing, and an interrupted run is simply repeated.
 * The results are in `run.report`.
 * @throws RunRefused if the input is implausible; then nothing was applied
 * @throws RunInterrupted if `run.signal` was aborted
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

/** Reports unusable objects before anything is applied. */
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
      await showProgress(run, { text: `Checking: ${checked} possibly invalid objects`, percent: 50 });
    }
  }
}
