/** The environment of a run: the catalogue, a working copy of it, and servers on them. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { benchDatabase, type BenchDatabase, catalogueName, removeLeftOvers } from './catalogue/databases.ts';
import { describeCatalogue } from './catalogue/describe.ts';
import { accountsFile, cacheFolder, csvFiles } from './catalogue/files.ts';
import { fill } from './catalogue/fill.ts';
import { openFloorDatabase } from './floors/floor-database.ts';
import type { BenchOptions } from './options.ts';
import type { BenchContext } from './scenario.ts';
import { startServer, type Target, useServer } from './server/target.ts';

/** A prepared run. */
export interface BenchRun {
  readonly context: BenchContext;
  /** Removes everything except the cache for the next run. */
  close(): Promise<void>;
}

/** Prepares a run against our own server. Builds the catalogue if it is not cached. */
export async function prepareRun(options: BenchOptions, say: (line: string) => void): Promise<BenchRun> {
  const { engine, size, seed, profile } = options;
  await removeLeftOvers(engine);
  const name = catalogueName(engine, size, seed);
  const folder = join(cacheFolder, `run-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  const opened: BenchDatabase[] = [];
  const database = (purpose: string): BenchDatabase => {
    const made = benchDatabase(engine, `run-${process.pid}-${purpose}-${opened.length}`);
    opened.push(made);
    return made;
  };
  const start = (of: BenchDatabase, settings: Readonly<Record<string, string>> = {}): Promise<Target> =>
    startServer({ dataDir: folder, databaseUrl: of.url, settings, profile });

  const files = await csvFiles(size, seed);
  const kept = benchDatabase(engine, name);
  if (!(await kept.exists())) {
    say(`Building the catalogue ${name} …`);
    const fresh = benchDatabase(engine, `${name}-partial`);
    await fresh.create();
    const target = await start(fresh);
    const seconds = await fill(target, files);
    await target.stop();
    await kept.copyFrom(fresh);
    await fresh.remove();
    say(`Loaded in ${seconds.toFixed(1)} s.`);
  }
  const copy = database('copy');
  await copy.copyFrom(kept);
  const target = await start(copy);
  const catalogue = await describeCatalogue(target.api);
  await target.stop();

  return {
    context: {
      ...options,
      catalogue,
      serve: (settings) => start(copy, settings),
      serveEmpty: async () => {
        const empty = database('empty');
        await empty.create();
        const server = await start(empty);
        return {
          ...server,
          stop: async () => {
            await server.stop();
            await empty.remove();
          },
        };
      },
      openFloor: () => openFloorDatabase(copy.url),
      emptyDatabase: async () => {
        const empty = database('floor');
        await empty.create();
        return empty.url;
      },
      fileOf: (source) => files.get(source) ?? '',
      accountsFile: () => accountsFile(size, seed),
      files: [...files.values()],
    },
    close: async () => {
      for (const made of opened) {
        await made.remove();
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Prepares a run against a running server. */
export async function prepareRunAgainst(
  options: BenchOptions,
  against: NonNullable<BenchOptions['against']>,
): Promise<BenchRun> {
  const target = await useServer(against.url, against.clientId, against.clientSecret);
  const refuse = async (): Promise<never> => {
    throw new Error('This needs a server that the bench starts itself.');
  };
  return {
    context: {
      ...options,
      catalogue: await describeCatalogue(target.api),
      serve: async () => target,
      serveEmpty: refuse,
      openFloor: async () => undefined,
      emptyDatabase: refuse,
      fileOf: () => '',
      accountsFile: refuse,
      files: [],
    },
    close: async () => undefined,
  };
}
