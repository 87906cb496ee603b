import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { type Logger, pino } from 'pino';
import { createServer } from './api/server.ts';
import type { Application } from './application.ts';
import { type Config, SettingError } from './config.ts';
import { bootstrapAdministrator, isBootstrapSecretValid } from './domain/bootstrap.ts';
import { PrincipalCache } from './domain/principal-cache.ts';
import { loadSigningKeys, rotateSigningKey } from './domain/signing-keys.ts';
import { openSpool, type Spool } from './domain/spool.ts';
import { removeOrphans } from './domain/spool-orphans.ts';
import { createMetrics } from './metrics.ts';
import type { Database } from './storage/database.ts';
import { migrate } from './storage/migrate.ts';
import { openDatabase } from './storage/open-database.ts';
import { TaskQueue } from './tasks/task-queue.ts';

/** The client id and secret of a personal access token. */
export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A server that runs. */
export interface Muniment {
  /** Where clients reach it. */
  readonly url: string;
  /** The administrator's credentials, when this start made them. */
  readonly newCredentials: Credentials | undefined;
  /** Stops it: no new requests, the running ones end, the running task pauses, everything is closed. */
  stop(): Promise<void>;
}

export interface StartOptions {
  /** Hold every response against its schema. For tests. */
  readonly checkResponses?: boolean;
  /** Work that has to be done before the server calls itself ready; it answers requests already. */
  readonly prepare?: (url: string) => Promise<void>;
}

/**
 * Composes and starts one server: settings → database → domain → API → tasks.
 * Everything hangs off the application object made here, so several servers can run in one process.
 * @throws SettingError when a setting makes the start impossible (port taken, database out of reach)
 */
export async function startMuniment(config: Config, options: StartOptions = {}): Promise<Muniment> {
  const { log, flush } = createLog(config);
  const spool = openDataDir(config);
  const database = await openMigrated(config);
  let server: FastifyInstance | undefined;
  try {
    await removeOrphans(database, spool);
    const metrics = createMetrics();
    const signingKeys = await loadSigningKeys(database);
    const tasks = new TaskQueue({ config, database, spool, log, metrics });
    let isReady = false;
    let url = config.publicUrl ?? '';
    const application: Application = {
      config,
      publicUrl: () => url,
      database,
      log,
      metrics,
      signingKeys,
      principals: new PrincipalCache(database, signingKeys),
      spool,
      tasks,
      isReady: () => isReady,
    };
    server = await createServer(application, { checkResponses: options.checkResponses ?? false });
    const listening = await listen(server, config);
    url ||= listening;
    // Only now: a start that fails must not have made credentials that nobody saw.
    const newCredentials = await bootstrapAdministrator(database, config);
    if (!(await isBootstrapSecretValid(database, config))) {
      log.warn(
        'MUNIMENT_BOOTSTRAP_CLIENT_SECRET is not the secret of that token: a token keeps the secret it was made with.',
      );
    }
    tasks.start();
    await options.prepare?.(listening);
    isReady = true;
    log.info({ url }, 'Muniment is ready.');
    const running = server;
    return {
      url,
      newCredentials,
      stop: async () => {
        isReady = false;
        await running.close();
        await tasks.stop();
        await database.close();
        log.info('Muniment has stopped.');
        flush();
      },
    };
  } catch (error) {
    await server?.close();
    await database.close();
    flush();
    throw error;
  }
}

/** Makes a new key to sign tokens with, in the configured database, which must be there, and returns its id. */
export async function rotateKey(config: Config): Promise<string> {
  const file = config.databaseUrl.startsWith('sqlite:') ? config.databaseUrl.slice('sqlite:'.length) : undefined;
  if (file !== undefined && !existsSync(file)) {
    throw new SettingError(
      `There is no database ${file}. Name the data directory of the server with MUNIMENT_DATA_DIR.`,
    );
  }
  const database = await openMigrated(config);
  try {
    return await rotateSigningKey(database);
  } finally {
    await database.close();
  }
}

/** The log, written in blocks to standard error, and what writes the last block. */
function createLog(config: Config): { log: Logger; flush: () => void } {
  const destination = pino.destination({ dest: 2, sync: false, minLength: 4096, periodicFlush: 1000 });
  let isReaderGone = false;
  // Whoever read the log may be gone (a closed terminal or pipe): the server goes on without it, and still stops.
  destination.on('error', () => {
    isReaderGone = true;
  });
  return {
    log: pino({ level: config.logLevel, base: null }, destination),
    flush: () => {
      if (!isReaderGone) {
        destination.flushSync();
      }
    },
  };
}

function openDataDir(config: Config): Spool {
  try {
    makeFolder(config.dataDir);
    return openSpool(config.dataDir);
  } catch (error) {
    throw new SettingError(
      `MUNIMENT_DATA_DIR is ${config.dataDir}, which cannot be used: ${(error as Error).message}.`,
    );
  }
}

/** One level after the other: in places such as /proc Node's own recursion never ends. */
function makeFolder(path: string): void {
  if (!existsSync(path)) {
    makeFolder(dirname(path));
    mkdirSync(path, { mode: 0o700 });
  }
}

async function openMigrated(config: Config): Promise<Database> {
  let database: Database | undefined;
  try {
    database = await openDatabase({ url: config.databaseUrl, readers: config.readers });
    await migrate(database);
    return database;
  } catch (error) {
    await database?.close();
    // The URL may hold a password: only its place is shown.
    const place = config.databaseUrl.replace(/\/\/[^@/]*@/, '//…@');
    const reason = ((error as Error).message || String(error)).replace(/\.$/, '');
    throw new SettingError(`MUNIMENT_DATABASE_URL is ${place}, which cannot be used: ${reason}.`);
  }
}

async function listen(server: FastifyInstance, config: Config): Promise<string> {
  try {
    return await server.listen({
      host: config.host,
      port: config.port,
      listenTextResolver: (address) => `Listening on ${address}.`,
    });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') {
      throw new SettingError(
        `MUNIMENT_PORT is ${config.port}, which another program uses. Stop it, or set another port (0 takes a free one).`,
      );
    }
    if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new SettingError(
        `MUNIMENT_HOST is "${config.host}" and MUNIMENT_PORT ${config.port}, which cannot be listened on: ${message}.`,
      );
    }
    throw error;
  }
}
