import type { Catalogue } from './catalogue/describe.ts';
import type { FloorDatabase } from './floors/floor-database.ts';
import type { Engine } from './options.ts';
import type { Target } from './server/target.ts';

/** The target of a measure: for its ratio to the floor if it has one, otherwise for its value. */
export interface Budget {
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** One figure of a scenario, measured several times. */
export interface Measure {
  /** The name of the figure, and of its budget. */
  readonly name: string;
  readonly unit: string;
  /** One value per repetition. */
  readonly measured: readonly number[];
  /** The floor, measured alternately in the same run, in the same unit. */
  readonly floor?: readonly number[];
  /** A note for the reader of the table. */
  readonly note?: string;
}

/** The context of a scenario. */
export interface BenchContext {
  readonly engine: Engine;
  /** The requested number of entitlements. */
  readonly size: number;
  readonly repetitions: number;
  /** The duration of one measurement, in seconds. */
  readonly seconds: number;
  readonly catalogue: Catalogue;
  /** Starts the server on the working copy of the catalogue, with the defaults and these settings. The caller stops it. */
  serve(settings?: Readonly<Record<string, string>>): Promise<Target>;
  /** Starts the server on a new empty database, which is removed when it stops. */
  serveEmpty(): Promise<Target>;
  /** A connection of this process to the working copy; undefined if a different server is measured. */
  openFloor(): Promise<FloorDatabase | undefined>;
  /** Returns the URL of an empty database for a floor. */
  emptyDatabase(): Promise<string>;
  /** Returns the entitlement file of a source, by name. */
  fileOf(sourceName: string): string;
  /** Returns the account file of the largest source; generated on first use. */
  accountsFile(): Promise<string>;
  /** All files, in the order of loading. */
  readonly files: readonly string[];
}

/** One scenario: a file in `scenarios/`, a line in `scenarios.ts`. */
export interface Scenario {
  /** For `--only`. */
  readonly name: string;
  readonly title: string;
  /** A description of the floor. */
  readonly floor: string;
  /** Whether it can run against a different server: it is read-only and needs only HTTP. */
  readonly isPortable: boolean;
  /** By measure. */
  readonly budget: Readonly<Record<string, Budget>>;
  run(context: BenchContext): Promise<readonly Measure[]>;
}
