import type { Stage } from '../../storage/stage/stage.ts';
import type { AggregatedObjects, SourceObject } from './objects.ts';
import { inputWords } from './input-words.ts';
import { type AggregationRun, batchSize, writeBatch } from './run.ts';

/**
 * Deletes the objects that are missing from a complete input, within the source's threshold. Objects that an account of
 * the source still holds are kept. A possibly incomplete input deletes nothing, and the report says why.
 */
export async function applyDeletions<O extends SourceObject>(
  run: AggregationRun,
  objects: AggregatedObjects<O>,
  stage: Stage,
): Promise<void> {
  const { report } = run;
  const { deletable, held } = await countMissing(run, objects, stage);
  report.add({ kept: held });
  if (held > 0) {
    report.inform(
      'entitlements_held',
      `${count(held, objects)} missing from the ${run.input} ${held === 1 ? 'is' : 'are'} still held by accounts of the source and kept.`,
      [String(held)],
    );
  }
  const obstacle = obstacleToDeleting(run, objects, deletable);
  if (obstacle !== undefined) {
    report.warn(obstacle.key, obstacle.text, obstacle.parameters);
    return;
  }
  for (const ids of stage.missing(batchSize)) {
    const progress = { text: `Deleting: ${report.counts.deleted} of ${deletable}`, percent: 96 };
    await writeBatch(run, progress, (transaction, now) => objects.remove(transaction, ids, now));
  }
}

/** Why nothing may be deleted, as a message of the task. */
interface Obstacle {
  readonly key: string;
  readonly text: string;
  readonly parameters: readonly string[];
}

async function countMissing<O extends SourceObject>(
  run: AggregationRun,
  objects: AggregatedObjects<O>,
  stage: Stage,
): Promise<{ deletable: number; held: number }> {
  let deletable = 0;
  let held = 0;
  for (const ids of stage.missing(batchSize)) {
    const heldHere = (await objects.held(run.database.scan, ids)).size;
    held += heldHere;
    deletable += ids.length - heldHere;
  }
  return { deletable, held };
}

/** Returns why nothing may be deleted in this run, or undefined. */
function obstacleToDeleting(
  run: AggregationRun,
  objects: Pick<AggregatedObjects<SourceObject>, 'noun'>,
  deletable: number,
): Obstacle | undefined {
  const { counts } = run.report;
  const words = inputWords[run.input];
  const wouldBe =
    deletable > 0
      ? `${count(deletable, objects)} missing from it ${deletable === 1 ? 'was' : 'were'} kept`
      : 'Nothing was missing from it';
  if (counts.badRows > 0) {
    const rows = `${counts.badRows} ${words.row[counts.badRows === 1 ? 0 : 1]}`;
    return {
      key: 'rows_not_usable',
      text: `${rows} could not be used, so nothing was deleted: ${words.mayBeIncomplete}. ${wouldBe}. ${words.correct}`,
      parameters: [String(counts.badRows), String(deletable)],
    };
  }
  if (counts.total === 0) {
    return {
      key: 'no_rows',
      text: `${words.isEmpty}, so nothing was deleted. ${wouldBe}. If the source is really empty, delete it.`,
      parameters: [String(deletable)],
    };
  }
  // An interrupted attempt may have deleted some already: the percentage is that of the whole task.
  const deletions = counts.deleted + deletable;
  if (run.deleteThreshold < 100 && deletions * 100 > run.deleteThreshold * run.countBefore) {
    const needed = Math.min(100, Math.ceil((deletions * 100) / run.countBefore));
    return {
      key: 'deletions_over_threshold',
      text:
        `${count(deletable, objects)} of ${run.countBefore} ${deletable === 1 ? 'is' : 'are'} missing from the ${words.input}, more than the ${run.deleteThreshold} % that deleteThreshold ` +
        `allows, so nothing was deleted. If that is right, set the source's deleteThreshold to ${needed} (100 allows everything), ${words.again}, and set it back.`,
      parameters: [String(deletable), String(run.countBefore), String(run.deleteThreshold)],
    };
  }
  return undefined;
}

function count(number: number, { noun: [one, several] }: Pick<AggregatedObjects<SourceObject>, 'noun'>): string {
  return `${number} ${number === 1 ? one : several}`;
}
