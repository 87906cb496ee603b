import { existsSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { createServer } from './api/server.ts';
import type { Application } from './application.ts';
import { type Clock, systemClock } from './clock.ts';
import { type Config, SettingError } from './config.ts';
import { bootstrapAdministrator, isBootstrapSecretValid } from './domain/clients/bootstrap.ts';
import { PrincipalCache } from './domain/clients/principal-cache.ts';
import { loadSigningKeys, rotateSigningKey } from './domain/oauth/signing-keys.ts';
import { removeOrphans } from './domain/tasks/spool.ts';
import { listFilesInUse } from './domain/tasks/tasks.ts';
import { changeRetention, enqueueChangeRetention } from './jobs/change-retention.ts';
import { JobQueue } from './jobs/job-queue.ts';
import { statistics } from './jobs/statistics.ts';
import { createLog } from './log.ts';
import { addJobMetrics, createMetrics } from './metrics.ts';
import { embeddedFile, openDataDir, openMigrated, openOwned } from './open-resources.ts';
import { TaskRunner } from './tasks/task-runner.ts';

/** How long requests may go on after a stop was asked for, in milliseconds. */
const patience = 10_000;

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
  /** Stops it: no new requests, the running ones end, the running jobs pause, everything is closed. */
  stop(): Promise<void>;
}

export interface StartOptions {
  /** Hold every response against its schema. For tests. */
  readonly checkResponses?: boolean;
  /** Work that has to be done before the server calls itself ready; it answers requests already. */
  readonly prepare?: (url: string) => Promise<void>;
  /** What jobs take for the time. For tests. */
  readonly clock?: Clock;
}

/**
 * Composes and starts one server: settings → database → domain → API → jobs.
 * Everything hangs off the application object made here, so several servers can run in one process.
 * @throws SettingError when a setting makes the start impossible (port taken, database out of reach)
 */
export async function startMuniment(config: Config, options: StartOptions = {}): Promise<Muniment> {
  const { log, flush } = createLog(config);
  const { spool, lock } = openDataDir(config);
  const database = await openOwned(config).catch((error: unknown) => {
    lock.release();
    throw error;
  });
  let server: FastifyInstance | undefined;
  let jobs: JobQueue | undefined;
  try {
    await removeOrphans(database, spool, await listFilesInUse(database));
    const metrics = createMetrics();
    const signingKeys = await loadSigningKeys(database);
    const clock = options.clock ?? systemClock;
    const tasks = new TaskRunner({ config, database, spool, clock, log, metrics });
    const queue = new JobQueue({
      database,
      clock,
      log,
      kinds: {
        task: tasks,
        'change-retention': changeRetention(database, clock, config.changeRetentionDays),
        statistics: statistics(database),
      },
      lanes: { tasks: config.concurrentTasks, maintenance: 1 },
      lease: config.taskLease * 1000,
    });
    jobs = queue;
    addJobMetrics(metrics, () => queue.figures());
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
        `${config.givenBy.bootstrapClientSecret} is not the secret of that token: a token keeps the secret it was made with.`,
      );
    }
    if (config.changeRetentionDays > 0) {
      await enqueueChangeRetention(database, clock);
    }
    await tasks.start();
    await queue.start();
    await options.prepare?.(listening);
    isReady = true;
    log.info({ url }, 'Muniment is ready.');
    const running = server;
    return {
      url,
      newCredentials,
      stop: async () => {
        isReady = false;
        // Whoever is still sending or reading after that long is cut off, so that a stop always ends.
        const cutOff = setTimeout(() => running.server.closeAllConnections(), patience);
        try {
          await Promise.all([running.close(), queue.stop()]);
        } finally {
          clearTimeout(cutOff);
          await database.close();
          lock.release();
          log.info('Muniment has stopped.');
          flush();
        }
      },
    };
  } catch (error) {
    await jobs?.stop();
    await server?.close();
    await database.close();
    lock.release();
    flush();
    throw error;
  }
}

/** Makes a new key to sign tokens with, in the configured database, which must be there, and returns its id. */
export async function rotateKey(config: Config): Promise<string> {
  const file = embeddedFile(config);
  if (file !== undefined && !existsSync(file)) {
    throw new SettingError(
      `There is no database ${file}. Name the data directory of the server with --data-dir or MUNIMENT_DATA_DIR.`,
    );
  }
  const database = await openMigrated(config);
  try {
    return await rotateSigningKey(database);
  } finally {
    await database.close();
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
        `${config.givenBy.port} is ${config.port}, which another program uses. Stop it, or set another port (0 takes a free one).`,
      );
    }
    if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new SettingError(
        `${config.givenBy.host} is "${config.host}" and ${config.givenBy.port} ${config.port}, which cannot be listened on: ${message}.`,
      );
    }
    throw error;
  }
}
