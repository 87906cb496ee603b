import { compareBinary } from '../../storage/fold.ts';
import type { Stage, StagedGroup } from '../../storage/stage.ts';
import { newId } from '../ids.ts';
import type { AggregatedObjects, BadObject, KnownObject, SourceObject } from './objects.ts';
import { Remarks } from './remarks.ts';
import { type AggregationRun, batchSize, batchWeight, writeBatch } from './run.ts';

/** Changes waiting to be written together. */
interface Batch<O> {
  creates: { id: string; object: O }[];
  updates: { id: string; object: O }[];
  missing: string[];
  unchanged: number;
  weight: number;
}

/**
 * Walks the staged objects and the catalogue side by side in the order of their keys, and writes what is new or
 * different. What only the catalogue has is remembered in the stage as missing.
 * Objects that cannot be used are passed over: they were reported before.
 */
export async function applyDifferences<O extends SourceObject>(
  run: AggregationRun,
  objects: AggregatedObjects<O>,
  stage: Stage,
  normalise: (group: StagedGroup) => O | BadObject,
): Promise<void> {
  const { total } = run.report.counts;
  const remarks = new Remarks();
  let seen = 0;
  let batch = emptyBatch<O>();
  const flush = async (): Promise<void> => {
    const full = batch;
    batch = emptyBatch();
    stage.addMissing(full.missing);
    run.report.add({ unchanged: full.unchanged });
    if (full.creates.length + full.updates.length > 0) {
      const progress = {
        text: `Applying: ${seen} of ${total} objects`,
        percent: 50 + (45 * seen) / Math.max(1, total),
      };
      await writeBatch(run, progress, (transaction, now) => objects.write(transaction, full, now));
    }
  };

  const catalogue = knownObjects(run, objects);
  let known = await catalogue.next();
  for (const group of stage.groups()) {
    seen += 1;
    while (!known.done && compareBinary(known.value.key, group.key) < 0) {
      batch.missing.push(known.value.id);
      known = await catalogue.next();
    }
    const existing = !known.done && known.value.key === group.key ? known.value : undefined;
    if (existing !== undefined) {
      known = await catalogue.next();
    }
    const object = normalise(group);
    if (!('problem' in object)) {
      object.remarks.forEach((remark) => remarks.add(remark));
      place(batch, object, existing);
    }
    if (isFull(batch)) {
      await flush();
    }
  }
  for (; !known.done; known = await catalogue.next()) {
    batch.missing.push(known.value.id);
  }
  await flush();
  remarks.reportTo(run.report);
}

function emptyBatch<O>(): Batch<O> {
  return { creates: [], updates: [], missing: [], unchanged: 0, weight: 0 };
}

function isFull<O>(batch: Batch<O>): boolean {
  return (
    batch.creates.length + batch.updates.length >= batchSize ||
    batch.weight >= batchWeight ||
    batch.missing.length >= batchSize
  );
}

function place<O extends SourceObject>(batch: Batch<O>, object: O, existing: KnownObject | undefined): void {
  if (existing?.fingerprint === object.fingerprint) {
    batch.unchanged += 1;
    return;
  }
  batch.weight += object.weight;
  if (existing === undefined) {
    // Made here, not inside the transaction: a repeated transaction must not use up other ids.
    batch.creates.push({ id: newId(), object });
  } else {
    batch.updates.push({ id: existing.id, object });
  }
}

/** The objects of the catalogue in the order of their keys, read page by page: what is written meanwhile lies behind. */
async function* knownObjects<O extends SourceObject>(
  run: AggregationRun,
  objects: AggregatedObjects<O>,
): AsyncGenerator<KnownObject, undefined> {
  let last: string | undefined;
  for (;;) {
    const found = await objects.known(run.database.scan, last, batchSize);
    yield* found;
    last = found.at(-1)?.key;
    if (found.length < batchSize) {
      return undefined;
    }
  }
}
