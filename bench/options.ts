import { parseArgs } from 'node:util';

export type Engine = 'sqlite' | 'postgres';

/** The options of a run. */
export interface BenchOptions {
  readonly size: number;
  readonly seed: number;
  readonly engine: Engine;
  readonly isSmoke: boolean;
  /** The scenarios to run; empty: all. */
  readonly only: readonly string[];
  readonly repetitions: number;
  readonly seconds: number;
  /** A file to write the figures to, as JSON. */
  readonly json: string | undefined;
  /** A folder for CPU profiles of the server. */
  readonly profile: string | undefined;
  /** A different server to measure. */
  readonly against: { readonly url: string; readonly clientId: string; readonly clientSecret: string } | undefined;
}

export const usage = `npm run bench -- [options]
  --size N                number of entitlements in the catalogue (default 1000000)
  --seed N                seed of the generated data (default 1)
  --engine NAME           sqlite (default) or postgres (needs MUNIMENT_TEST_POSTGRES_URL)
  --smoke                 20000 entitlements and short measurements, to check that everything runs
  --only NAME,NAME        these scenarios only
  --repetitions N         number of measurements of each figure (default 3)
  --seconds N             duration of one measurement (default 5)
  --json FILE             also write the figures to a file
  --profile FOLDER        write CPU profiles of the server
  --against URL --client-id ID --client-secret SECRET
                          measure a different server with the read-only scenarios`;

/** Parses the command line. Throws an Error that says what is wrong. */
export function readOptions(args: readonly string[]): BenchOptions {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      size: text,
      seed: text,
      engine: text,
      smoke: { type: 'boolean' },
      only: text,
      repetitions: text,
      seconds: text,
      json: text,
      profile: text,
      against: text,
      'client-id': text,
      'client-secret': text,
    },
  });
  const isSmoke = values.smoke ?? false;
  return {
    size: positive('size', values.size, isSmoke ? 20_000 : 1_000_000),
    seed: positive('seed', values.seed, 1),
    engine: engineNamed(values.engine ?? 'sqlite'),
    isSmoke,
    only: values.only?.split(',') ?? [],
    repetitions: positive('repetitions', values.repetitions, isSmoke ? 2 : 3),
    seconds: positive('seconds', values.seconds, isSmoke ? 0.5 : 5),
    json: values.json,
    profile: values.profile,
    against: otherServer(values.against, values['client-id'], values['client-secret']),
  };
}

function positive(name: string, value: string | undefined, otherwise: number): number {
  const number = value === undefined ? otherwise : Number(value);
  if (!(number > 0)) {
    throw new Error(`--${name} is ${value}. It must be a number above 0.`);
  }
  return number;
}

function engineNamed(name: string): Engine {
  if (name !== 'sqlite' && name !== 'postgres') {
    throw new Error(`--engine is ${name}. It must be sqlite or postgres.`);
  }
  return name;
}

function otherServer(
  url: string | undefined,
  clientId: string | undefined,
  clientSecret: string | undefined,
): BenchOptions['against'] {
  if (url === undefined) {
    return undefined;
  }
  if (clientId === undefined || clientSecret === undefined) {
    throw new Error('--against needs --client-id and --client-secret.');
  }
  return { url: url.replace(/\/+$/, ''), clientId, clientSecret };
}
