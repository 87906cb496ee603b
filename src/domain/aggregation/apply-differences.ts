import {
  createEntitlements,
  entitlementsByValue,
  type KnownEntitlement,
  updateEntitlements,
} from '../../storage/aggregation.ts';
import type { SourceTruth } from '../../storage/entitlement-record.ts';
import { compareBinary } from '../../storage/fold.ts';
import type { Stage, StagedGroup } from '../../storage/stage.ts';
import { newId } from '../ids.ts';
import type { BadObject, SourceEntitlement } from './normalise.ts';
import { Remarks } from './remarks.ts';
import { type AggregationRun, batchSize, writeBatch } from './run.ts';

/** Changes waiting to be written together. */
interface Batch {
  creates: SourceTruth[];
  updates: { id: string; truth: SourceTruth }[];
  missing: string[];
  unchanged: number;
}

/**
 * Walks the staged objects and the catalogue side by side in the order of their keys, and writes what is new or
 * different. What only the catalogue has is remembered in the stage as missing.
 * Objects that cannot be used are passed over: they were reported before.
 */
export async function applyDifferences(
  run: AggregationRun,
  stage: Stage,
  normalise: (group: StagedGroup) => SourceEntitlement | BadObject,
): Promise<void> {
  const objects = run.report.counts.total;
  const remarks = new Remarks();
  let seen = 0;
  let batch = emptyBatch();
  const flush = async (): Promise<void> => {
    const full = batch;
    batch = emptyBatch();
    stage.addMissing(full.missing);
    run.report.add({ groupsUnchanged: full.unchanged });
    if (full.creates.length + full.updates.length > 0) {
      await write(run, full, {
        text: `Applying: ${seen} of ${objects} objects`,
        percent: 50 + (45 * seen) / Math.max(1, objects),
      });
    }
  };

  const catalogue = knownEntitlements(run);
  let known = await catalogue.next();
  for (const group of stage.groups()) {
    seen += 1;
    while (!known.done && compareBinary(known.value.value, group.key) < 0) {
      batch.missing.push(known.value.id);
      known = await catalogue.next();
    }
    const existing = !known.done && known.value.value === group.key ? known.value : undefined;
    if (existing !== undefined) {
      known = await catalogue.next();
    }
    const object = normalise(group);
    if (!('problem' in object)) {
      object.remarks.forEach((remark) => remarks.add(remark));
      place(batch, object, existing);
    }
    if (batch.creates.length + batch.updates.length >= batchSize || batch.missing.length >= batchSize) {
      await flush();
    }
  }
  for (; !known.done; known = await catalogue.next()) {
    batch.missing.push(known.value.id);
  }
  await flush();
  remarks.reportTo(run.report);
}

function emptyBatch(): Batch {
  return { creates: [], updates: [], missing: [], unchanged: 0 };
}

function place(batch: Batch, object: SourceEntitlement, existing: KnownEntitlement | undefined): void {
  if (existing === undefined) {
    batch.creates.push(toTruth(object));
  } else if (existing.fingerprint === object.fingerprint) {
    batch.unchanged += 1;
  } else {
    batch.updates.push({ id: existing.id, truth: toTruth(object) });
  }
}

function toTruth({ remarks: _remarks, ...object }: SourceEntitlement): SourceTruth {
  return {
    ...object,
    attributes: JSON.stringify(object.attributes),
    permissions: object.permissions === null ? null : JSON.stringify(object.permissions),
  };
}

async function write(run: AggregationRun, batch: Batch, progress: { text: string; percent: number }): Promise<void> {
  // Made here, not inside the transaction: a repeated transaction must not use up other ids.
  const ids = batch.creates.map(() => newId());
  await writeBatch(run, progress, async (transaction, now) => {
    let restored = 0;
    if (batch.creates.length > 0) {
      ({ restored } = await createEntitlements(transaction, run.scope, batch.creates, ids, run.context, now));
    }
    if (batch.updates.length > 0) {
      await updateEntitlements(transaction, run.scope, batch.updates, run.context, now);
    }
    return { groupsCreated: batch.creates.length, groupsRestored: restored, groupsUpdated: batch.updates.length };
  });
}

/** The entitlements of the scope in the order of their values, read page by page: what is written meanwhile lies behind. */
async function* knownEntitlements(run: AggregationRun): AsyncGenerator<KnownEntitlement, undefined> {
  let last: string | undefined;
  for (;;) {
    const found = await entitlementsByValue(run.database.scan, run.scope, last, batchSize);
    yield* found;
    last = found.at(-1)?.value;
    if (found.length < batchSize) {
      return undefined;
    }
  }
}
