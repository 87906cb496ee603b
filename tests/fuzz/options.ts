import { parseArgs } from 'node:util';
import type { Engine } from './server/databases.ts';

/** The options of a run. */
export interface FuzzOptions {
  readonly requests: number;
  readonly seed: number;
  readonly engine: Engine;
  /** The number of requests after which a new server with a new catalogue is started. */
  readonly perServer: number;
  readonly connections: number;
}

export const usage = `npm run fuzz -- [options]
  --requests N     number of requests (default 20000)
  --seed S         seed of the generated requests (default: random; it is printed)
  --engine NAME    sqlite (default) or postgres (needs MUNIMENT_TEST_POSTGRES_URL)
  --per-server N   number of requests per server and catalogue (default 20000)
  --connections N  number of concurrent connections (default 8)`;

/** Parses the command line. Throws an Error that says what is wrong. */
export function readOptions(args: readonly string[]): FuzzOptions {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { requests: text, seed: text, engine: text, 'per-server': text, connections: text },
  });
  const engine = values.engine ?? 'sqlite';
  if (engine !== 'sqlite' && engine !== 'postgres') {
    throw new Error(`--engine is ${engine}. It must be sqlite or postgres.`);
  }
  return {
    requests: positive('requests', values.requests, 20_000),
    seed: positive('seed', values.seed, 1 + Math.floor(Math.random() * 2 ** 30)),
    engine,
    perServer: positive('per-server', values['per-server'], 20_000),
    connections: positive('connections', values.connections, 8),
  };
}

function positive(name: string, value: string | undefined, otherwise: number): number {
  const number = value === undefined ? otherwise : Number(value);
  if (!Number.isInteger(number) || number < 1) {
    throw new Error(`--${name} is ${value}. It must be a whole number above 0.`);
  }
  return number;
}
