import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchDatabase } from '../bench/catalogue/databases.ts';
import type { Engine } from '../bench/options.ts';
import type { Api } from '../bench/server/api.ts';
import { makeSource } from '../bench/server/make-source.ts';
import { type Inspection, openForReading } from '../src/storage/open-database.ts';
import { CatalogueModel } from './catalogue-model.ts';
import { Patching } from './patching.ts';
import { copyToPreviousSchema } from './previous-schema.ts';
import { launchServer, type ServerProcess } from './server-process.ts';

/** The ids of the sources of a world. */
export interface WorldSources {
  readonly directory: string;
  readonly people: string;
}

/** A database with its data directory, which survives kills, and its expected content. */
export class World {
  readonly folder: string;
  readonly databaseUrl: string;
  readonly directory: CatalogueModel;
  readonly people: CatalogueModel;
  readonly patching: Patching;
  /** The ids of known tasks. */
  readonly tasks: Set<string>;
  /** Undefined until they have been created, which a kill may delay. */
  sources: WorldSources | undefined;
  server: ServerProcess;
  readonly #removeDatabase: () => Promise<void>;

  private constructor(
    folder: string,
    databaseUrl: string,
    original: World | undefined,
    removeDatabase: () => Promise<void>,
  ) {
    this.directory = original?.directory ?? new CatalogueModel();
    this.people = original?.people ?? new CatalogueModel();
    this.patching = original?.patching ?? new Patching();
    this.tasks = original?.tasks ?? new Set();
    this.folder = folder;
    this.databaseUrl = databaseUrl;
    this.#removeDatabase = removeDatabase;
    this.server = launchServer(folder, databaseUrl);
  }

  /** Creates a database and starts a server on it: empty, or with a stopped world's content in the previous schema. */
  static async make(engine: Engine, number: number, original?: World): Promise<World> {
    const folder = mkdtempSync(join(tmpdir(), 'muniment-crash-'));
    mkdirSync(join(folder, 'data'), { mode: 0o700 });
    let url = `sqlite:${join(folder, 'data', 'muniment.sqlite')}`;
    let remove = async (): Promise<void> => undefined;
    if (engine === 'postgres') {
      const database = benchDatabase('postgres', `run-${process.pid}-crash-${number}`);
      await database.create();
      ({ url, remove } = database);
    }
    if (original !== undefined) {
      await copyToPreviousSchema(original.databaseUrl, url);
    }
    return new World(folder, url, original, remove);
  }

  /** Starts the server again. */
  launch(): void {
    this.server = launchServer(this.folder, this.databaseUrl);
  }

  /** Returns the files in the spool. */
  spool(): string[] {
    try {
      return readdirSync(join(this.folder, 'data', 'spool'));
    } catch {
      // A server that was killed early has not created it yet.
      return [];
    }
  }

  /** Returns whether there is a database: a server may be killed before it creates its file. */
  isDatabaseMade(): boolean {
    const file = this.databaseUrl.slice('sqlite:'.length);
    return !this.databaseUrl.startsWith('sqlite:') || (existsSync(file) && statSync(file).size > 0);
  }

  /** Opens the database for reading, whether a server runs or not. */
  async inspect<T>(look: (session: Inspection['session']) => Promise<T>): Promise<T> {
    const { session, close } = await openForReading(this.databaseUrl);
    try {
      return await look(session);
    } finally {
      await close();
    }
  }

  /** Creates the sources that do not exist yet. */
  async makeSources(api: Api): Promise<WorldSources> {
    const known = await api.json<{ id: string; name: string }[]>('GET', '/v2025/sources');
    const idOf = (name: string): string | undefined => known.find((source) => source.name === name)?.id;
    const directory = idOf('Directory') ?? (await makeSource(api, 'Directory'));
    await api.json('PATCH', `/v2025/sources/${directory}`, [{ op: 'add', path: '/deleteThreshold', value: 50 }]);
    await api.json('PUT', `/v2025/sources/${directory}/correlation-config`, {
      attributeAssignments: [{ property: 'email', value: 'e-mail', operation: 'EQ' }],
    });
    const people =
      idOf('People') ??
      (
        await api.json<{ id: string }>('POST', '/v2025/sources', {
          name: 'People',
          connector: 'delimited-file-angularsc',
          authoritative: true,
          owner: { type: 'IDENTITY', id: api.identityId },
        })
      ).id;
    this.sources = { directory, people };
    return this.sources;
  }

  /** Kills the server and removes everything. */
  async remove(): Promise<void> {
    await this.server.kill();
    await this.#removeDatabase();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
