import { mkdirSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { createServer } from './api/server.ts';
import type { Application } from './application.ts';
import { type Config, SettingError } from './config.ts';
import { bootstrapAdministrator } from './domain/bootstrap.ts';
import { PrincipalCache } from './domain/principal-cache.ts';
import { loadSigningKeys, rotateSigningKey } from './domain/signing-keys.ts';
import { openSpool } from './domain/spool.ts';
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
  const destination = pino.destination({ dest: 2, sync: false, minLength: 4096, periodicFlush: 1000 });
  const log = pino({ level: config.logLevel, base: null }, destination);
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const spool = openSpool(config.dataDir);
  const database = await openConfigured(config);
  let server: FastifyInstance | undefined;
  try {
    await migrate(database);
    const newCredentials = await bootstrapAdministrator(database, config);
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
        destination.flushSync();
      },
    };
  } catch (error) {
    await server?.close();
    await database.close();
    throw error;
  }
}

/** Makes a new key to sign tokens with, in the configured database, and returns its id. */
export async function rotateKey(config: Config): Promise<string> {
  const database = await openConfigured({ ...config, readers: 1 });
  try {
    await migrate(database);
    return await rotateSigningKey(database);
  } finally {
    await database.close();
  }
}

async function openConfigured(config: Config): Promise<Database> {
  try {
    return await openDatabase({ url: config.databaseUrl, readers: config.readers });
  } catch (error) {
    // The URL may hold a password: only its place is shown.
    const place = config.databaseUrl.replace(/\/\/[^@/]*@/, '//…@');
    throw new SettingError(
      `MUNIMENT_DATABASE_URL is ${place}, which cannot be opened: ${(error as Error).message || String(error)}.`,
    );
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
