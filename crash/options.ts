import { parseArgs } from 'node:util';
import type { Engine } from '../bench/options.ts';

/** The options of a run. */
export interface CrashOptions {
  readonly engine: Engine;
  readonly rounds: number;
  readonly seed: number;
  /** The approximate number of entitlements of a catalogue. */
  readonly size: number;
  /** Whether to report failed rounds only. */
  readonly quiet: boolean;
  /** Whether to print the result as one JSON document. */
  readonly json: boolean;
}

export const usage = `npm run crash -- [options]
  --rounds N      the number of rounds (default 10)
  --engine NAME   sqlite (default) or postgres (needs MUNIMENT_TEST_POSTGRES_URL)
  --seed N        the seed of all decisions (default: taken from the clock)
  --size N        the approximate number of entitlements (default 2500)
  --quiet         print failed rounds and the summary only
  --json          print the result as JSON`;

/** Parses the command line. Throws an Error that says what is wrong. */
export function readOptions(args: readonly string[]): CrashOptions {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: text,
      engine: text,
      seed: text,
      size: text,
      quiet: { type: 'boolean' },
      json: { type: 'boolean' },
    },
  });
  const { engine = 'sqlite' } = values;
  if (engine !== 'sqlite' && engine !== 'postgres') {
    throw new Error(`--engine is ${engine}. It must be sqlite or postgres.`);
  }
  return {
    engine,
    rounds: positive('rounds', values.rounds, 10),
    seed: positive('seed', values.seed, (Date.now() % 1_000_000) + 1),
    size: positive('size', values.size, 2500),
    quiet: values.quiet ?? false,
    json: values.json ?? false,
  };
}

function positive(name: string, value: string | undefined, otherwise: number): number {
  const number = value === undefined ? otherwise : Number(value);
  if (!Number.isInteger(number) || number < 1) {
    throw new Error(`--${name} is ${value}. It must be a whole number above 0.`);
  }
  return number;
}
