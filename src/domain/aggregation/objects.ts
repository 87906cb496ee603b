import type { Session, Transaction } from '../../storage/database.ts';
import type { StagedGroup } from '../../storage/stage/stage.ts';
import type { BadObject } from './bad-object.ts';
import type { AttributesSchema } from './read-attributes.ts';
import type { Warning } from './warnings.ts';
import type { AggregationCounts } from './report.ts';
import type { AggregationRun } from './run.ts';

/** What a source says of one object. */
export interface SourceObject {
  /** That of the rows it was made of, unless something was warned about them. */
  readonly fingerprint: string;
  /** What was odd about the rows. */
  readonly warnings: readonly Warning[];
  /** About how many rows it takes to write it. */
  readonly weight: number;
}

/** What the diff needs to know of an object in the catalogue. */
export interface KnownObject {
  readonly id: string;
  readonly key: string;
  readonly fingerprint: string;
}

/** Objects to be written together, each with its id in the catalogue: a new one for those to be created. */
export interface ObjectBatch<O> {
  readonly creates: readonly { readonly id: string; readonly object: O }[];
  readonly updates: readonly { readonly id: string; readonly object: O }[];
}

/** One kind of objects, as far as an aggregation must know it: the engine is the same for all of them. */
export interface AggregatedObjects<O extends SourceObject> {
  /** What messages call one of them, and several. */
  readonly noun: readonly [one: string, several: string];
  readonly schema: AttributesSchema & { readonly name: string; readonly identityAttribute: string | null };
  /** Whether an index holds the values of a column: those may not be long. */
  isIndexed(column: string): boolean;
  /** Whether an object of a single row can be bad: that of several can contradict itself. */
  readonly singleRowsCanBeBad: boolean;
  /** Whatever decides, besides the rows of an object, what it becomes: when it changes, every object is looked at again. */
  mappingHash(columns: readonly string[]): string;
  /** Makes the function that turns the rows of one object into what the source says of it. */
  normaliser(columns: readonly string[]): (group: StagedGroup) => O | BadObject;
  /** The objects of the catalogue with keys after `afterKey`, by key in the order of bytes. */
  known(session: Session, afterKey: string | undefined, limit: number): Promise<KnownObject[]>;
  write(transaction: Transaction, batch: ObjectBatch<O>, now: number): Promise<Partial<AggregationCounts>>;
  /** Of these objects, those that must be kept although the input no longer has them. */
  held(session: Session, ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Takes out of the catalogue what a complete input no longer has; those that are held stay. */
  remove(transaction: Transaction, ids: readonly string[], now: number): Promise<Partial<AggregationCounts>>;
  /** What remains to be done when the input was applied. */
  finish?(run: AggregationRun): Promise<void>;
}
