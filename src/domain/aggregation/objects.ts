import type { Session, Transaction } from '../../storage/database.ts';
import type { StagedGroup } from '../../storage/stage/stage.ts';
import type { BadObject } from './bad-object.ts';
import type { AttributesSchema } from './read-attributes.ts';
import type { Warning } from './warnings.ts';
import type { AggregationCounts } from './report.ts';
import type { AggregationRun } from './run.ts';

/** An object as read from a source. */
export interface SourceObject {
  /** The fingerprint of its rows, unless there are warnings about them. */
  readonly fingerprint: string;
  /** Problems found in the rows. */
  readonly warnings: readonly Warning[];
  /** About how many rows are written for it. */
  readonly weight: number;
}

/** What the comparison needs to know of an object in the catalogue. */
export interface KnownObject {
  readonly id: string;
  readonly key: string;
  readonly fingerprint: string;
}

/** Objects to be written together, each with its id in the catalogue, or a new id if it is to be created. */
export interface ObjectBatch<O> {
  readonly creates: readonly { readonly id: string; readonly object: O }[];
  readonly updates: readonly { readonly id: string; readonly object: O }[];
}

/** What an aggregation needs to know about one kind of object; the engine is the same for all kinds. */
export interface AggregatedObjects<O extends SourceObject> {
  /** What messages call one object, and several. */
  readonly noun: readonly [one: string, several: string];
  readonly schema: AttributesSchema & { readonly name: string; readonly identityAttribute: string | null };
  /** Whether the values of a column are indexed, which limits their length. */
  isIndexed(column: string): boolean;
  /** Whether an object of a single row can be bad. An object of several rows always can, by contradicting itself. */
  readonly singleRowsCanBeBad: boolean;
  /** A hash of everything else that affects the result. When it changes, every object is read again. */
  mappingHash(columns: readonly string[]): string;
  /** Returns the function that turns the rows of one object into an object of the source. */
  normaliser(columns: readonly string[]): (group: StagedGroup) => O | BadObject;
  /** The objects of the catalogue with keys after `afterKey`, in binary order of their keys. */
  known(session: Session, afterKey: string | undefined, limit: number): Promise<KnownObject[]>;
  write(transaction: Transaction, batch: ObjectBatch<O>, now: number): Promise<Partial<AggregationCounts>>;
  /** Returns those of these objects that must be kept although the input no longer contains them. */
  held(session: Session, ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Deletes objects that a complete input no longer contains; held objects are kept. */
  remove(transaction: Transaction, ids: readonly string[], now: number): Promise<Partial<AggregationCounts>>;
  /** Work that remains after the input was applied. */
  finish?(run: AggregationRun): Promise<void>;
}
