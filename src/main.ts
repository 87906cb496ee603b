import { existsSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { createServer } from './api/server.ts';
import { type Config, SettingError } from './config.ts';
import { rotateSigningKey } from './domain/oauth/signing-keys.ts';
import { prepareOnce } from './domain/preparation.ts';
import { createLog } from './log.ts';
import { addJobMetrics, createMetrics } from './metrics.ts';
import { embeddedFile, openMigrated } from './open-resources.ts';
import { type Credentials, openTenant, type TenantHost } from './tenant.ts';

export type { Credentials } from './tenant.ts';

/** How long running requests may continue after `stop` is called, in milliseconds. */
const patience = 10_000;

/** A running server. */
export interface Muniment {
  /** The URL for clients. */
  readonly url: string;
  /** The administrator's credentials, if this start created them. */
  readonly newCredentials: Credentials | undefined;
  /** Stops the server: refuses new requests, waits for the running ones, pauses the running jobs, closes everything. */
  stop(): Promise<void>;
}

export interface StartOptions extends Pick<TenantHost, 'connectorList' | 'clock'> {
  /** Validate every response against its schema. For tests. */
  readonly checkResponses?: boolean;
  /**
   * Called before the server reports that it is ready, at each start until it has succeeded once for this database. The
   * server answers requests already.
   */
  readonly prepare?: (url: string) => Promise<void>;
}

/**
 * Composes and starts one server: settings → tenant → API → jobs.
 * Nothing is global, so several servers can run in one process.
 * @throws SettingError if a setting makes the start impossible (port in use, database unavailable)
 */
export async function startMuniment(config: Config, options: StartOptions = {}): Promise<Muniment> {
  const { log, flush } = createLog(config);
  const metrics = createMetrics();
  let url = config.publicUrl ?? '';
  let isReady = false;
  const { connectorList, clock } = options;
  const tenant = await openTenant(config, { log, metrics, publicUrl: () => url, connectorList, clock });
  addJobMetrics(metrics, () => tenant.jobs.figures());
  let server: FastifyInstance | undefined;
  try {
    const host = {
      config,
      log,
      metrics,
      tenantOf: () => tenant.application,
      isReady: () => isReady,
      ping: () => tenant.ping(),
    };
    const running = await createServer(host, { checkResponses: options.checkResponses ?? false });
    server = running;
    const listening = await listen(running, config);
    url ||= listening;
    // After `listen`: a failed start must not create credentials that nobody sees.
    const newCredentials = await tenant.start();
    const { prepare } = options;
    if (prepare !== undefined) {
      await prepareOnce(tenant.application.database, () => prepare(listening));
    }
    isReady = true;
    log.info({ url }, 'Muniment is ready.');
    return {
      url,
      newCredentials,
      stop: async () => {
        isReady = false;
        // Connections that are still open after this time are closed, so that a stop always ends.
        const cutOff = setTimeout(() => running.server.closeAllConnections(), patience);
        const stopped = await Promise.allSettled([running.close(), tenant.stop()]);
        clearTimeout(cutOff);
        await tenant.close();
        log.info('Muniment has stopped.');
        flush();
        for (const failed of stopped.filter(({ status }) => status === 'rejected')) {
          throw (failed as PromiseRejectedResult).reason;
        }
      },
    };
  } catch (error) {
    await Promise.allSettled([tenant.stop(), server?.close()]);
    await tenant.close();
    flush();
    throw error;
  }
}

/**
 * Creates a new signing key in the configured database and returns its id.
 * @throws SettingError if there is no database
 */
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
