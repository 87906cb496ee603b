import type { Catalogue } from './catalogue/describe.ts';
import type { FloorDatabase } from './floors/floor-database.ts';
import type { Engine } from './options.ts';
import type { Target } from './server/target.ts';

/** What a measure has to reach: its ratio to the floor where it has one, else its value. */
export interface Budget {
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** One figure of a scenario, taken several times. */
export interface Measure {
  /** Which figure: the name under which the scenario has its budget. */
  readonly name: string;
  readonly unit: string;
  /** One value for each repetition. */
  readonly measured: readonly number[];
  /** What it is held against, taken in turn with it in the same run, in the same unit. */
  readonly floor?: readonly number[];
  /** Something the reader of the table should know. */
  readonly note?: string;
}

/** What a scenario works with. */
export interface BenchContext {
  readonly engine: Engine;
  /** How many entitlements were asked for. */
  readonly size: number;
  readonly repetitions: number;
  /** How long one measurement lasts, in seconds. */
  readonly seconds: number;
  readonly catalogue: Catalogue;
  /** Starts the server on the working copy of the catalogue, with its defaults and these settings. Stop it afterwards. */
  serve(settings?: Readonly<Record<string, string>>): Promise<Target>;
  /** Starts the server on an empty database of its own, which goes when it stops. */
  serveEmpty(): Promise<Target>;
  /** A connection of this process to the working copy; undefined when another server is measured. */
  openFloor(): Promise<FloorDatabase | undefined>;
  /** The URL of an empty database for a floor that fills one. */
  emptyDatabase(): Promise<string>;
  /** The file of entitlements of one source, by the source's name. */
  fileOf(sourceName: string): string;
  /** The file of accounts of the largest source; made when it is first asked for. */
  accountsFile(): Promise<string>;
  /** All the files, in the order in which they are loaded. */
  readonly files: readonly string[];
}

/** One scenario: a file in `scenarios/`, a line in `scenarios.ts`. */
export interface Scenario {
  /** For `--only`. */
  readonly name: string;
  readonly title: string;
  /** What the figures are held against, in words. */
  readonly floor: string;
  /** Whether it can be run on a server that is not ours: it reads only, and needs nothing but HTTP. */
  readonly isPortable: boolean;
  /** By measure. */
  readonly budget: Readonly<Record<string, Budget>>;
  run(context: BenchContext): Promise<readonly Measure[]>;
}
