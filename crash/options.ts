import { parseArgs } from 'node:util';
import type { Engine } from '../bench/options.ts';

/** What a run of the harness is asked for. */
export interface CrashOptions {
  readonly engine: Engine;
  readonly rounds: number;
  readonly seed: number;
  /** About how many entitlements a catalogue has. */
  readonly size: number;
  /** Whether rounds are told of only where something failed. */
  readonly quiet: boolean;
  /** Whether the outcome is printed as one JSON document. */
  readonly json: boolean;
}

export const usage = `npm run crash -- [options]
  --rounds N      how often the server is killed and looked at (default 10)
  --engine NAME   sqlite (default) or postgres (needs MUNIMENT_TEST_POSTGRES_URL)
  --seed N        decides what is loaded, patched and aimed at (default: taken from the clock)
  --size N        entitlements in a catalogue, about (default 2500)
  --quiet         print failed rounds and the summary only
  --json          print the outcome as JSON`;

/** Reads the command line. Throws an Error that says what is wrong. */
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
