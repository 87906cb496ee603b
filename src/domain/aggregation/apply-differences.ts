import { compareBinary } from '../../storage/query/fold.ts';
import type { Stage, StagedGroup } from '../../storage/stage/stage.ts';
import { newId } from '../ids.ts';
import type { BadObject } from './bad-object.ts';
import { BatchWriter } from './batch-writer.ts';
import type { AggregatedObjects, KnownObject, SourceObject } from './objects.ts';
import { Warnings } from './warnings.ts';
import { type AggregationRun, batchSize, batchWeight, type Progress, showProgress } from './run.ts';

/** How many objects of the catalogue are read at a time. */
const pageSize = 5000;

/** The number of objects after which the thread lets the write of the previous batch proceed. */
const turnLength = 25;

/** Changes to be written together. */
interface Batch<O> {
  creates: { id: string; object: O }[];
  updates: { id: string; object: O }[];
  missing: string[];
  unchanged: number;
  weight: number;
}

/**
 * Merges the staged objects with the catalogue in key order and writes what is new or different. Objects that only the
 * catalogue has are stored in the stage as missing.
 * Unusable objects are skipped: they have been reported already.
 */
export async function applyDifferences<O extends SourceObject>(
  run: AggregationRun,
  objects: AggregatedObjects<O>,
  stage: Stage,
  normalise: (group: StagedGroup) => O | BadObject,
): Promise<void> {
  const { total } = run.report.counts;
  const warnings = new Warnings();
  const batches = new BatchWriter(run);
  let seen = 0;
  let batch = emptyBatch<O>();
  const progress = (): Progress => ({
    text: `Applying: ${seen} of ${total} objects`,
    percent: 50 + (45 * seen) / Math.max(1, total),
  });
  const flush = async (): Promise<void> => {
    const full = batch;
    batch = emptyBatch();
    await batches.written();
    stage.addMissing(full.missing);
    run.report.add({ unchanged: full.unchanged });
    if (full.creates.length + full.updates.length > 0) {
      await batches.begin(progress(), (transaction, now) => objects.write(transaction, full, now));
    }
  };

  const catalogue = new KnownObjects(run, objects);
  let known = await catalogue.nextPage();
  for (const group of stage.groups('all')) {
    seen += 1;
    while (known !== undefined && known.key !== group.key && compareBinary(known.key, group.key) < 0) {
      batch.missing.push(known.id);
      known = catalogue.next() ?? (await catalogue.nextPage());
    }
    const existing = known?.key === group.key ? known : undefined;
    if (existing !== undefined) {
      known = catalogue.next() ?? (await catalogue.nextPage());
    }
    // Most objects have not changed: they are not even read.
    if (existing !== undefined && existing.fingerprint === group.fingerprint) {
      batch.unchanged += 1;
    } else {
      const object = normalise(group);
      if (!('problem' in object)) {
        object.warnings.forEach((warning) => warnings.add(warning));
        place(batch, object, existing);
      } else if (!objects.singleRowsCanBeBad && !group.mayContradictItself) {
        throw new Error(
          `Line ${object.lines.join(', ')} is unusable, which staging should have detected: ${object.problem}`,
        );
      }
    }
    if (isFull(batch)) {
      await flush();
    } else if (seen % batchSize === 0) {
      await batches.written();
      await showProgress(run, progress());
    } else if (seen % turnLength === 0) {
      await batches.turn();
    }
  }
  for (; known !== undefined; known = catalogue.next() ?? (await catalogue.nextPage())) {
    batch.missing.push(known.id);
  }
  await flush();
  await batches.written();
  warnings.reportTo(run.report);
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
    // Created here, not inside the transaction: a repeated transaction must use the same ids.
    batch.creates.push({ id: newId(), object });
  } else {
    batch.updates.push({ id: existing.id, object });
  }
}

/** The objects of the catalogue in key order, read page by page. Concurrent writes affect only keys already passed. */
class KnownObjects<O extends SourceObject> {
  readonly #run: AggregationRun;
  readonly #objects: AggregatedObjects<O>;
  #page: readonly KnownObject[] = [];
  #next = 0;
  #isLast = false;

  constructor(run: AggregationRun, objects: AggregatedObjects<O>) {
    this.#run = run;
    this.#objects = objects;
  }

  /** The next object of the page, or undefined at its end. Not a promise, because a page has thousands of objects. */
  next(): KnownObject | undefined {
    return this.#page[this.#next++];
  }

  /** The first object of the next page, or undefined. */
  async nextPage(): Promise<KnownObject | undefined> {
    if (this.#isLast) {
      return undefined;
    }
    this.#page = await this.#objects.known(this.#run.database.scan, this.#page.at(-1)?.key, pageSize);
    this.#next = 0;
    this.#isLast = this.#page.length < pageSize;
    return this.next();
  }
}
