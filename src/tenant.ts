import type { Logger } from 'pino';
import type { Application } from './application.ts';
import { type Clock, systemClock } from './clock.ts';
import type { Config } from './config.ts';
import type { ConnectorList } from './connectors/connector.ts';
import { connectorList } from './connectors/index.ts';
import { bootstrapAdministrator, isBootstrapSecretValid, tenantIdOf } from './domain/clients/bootstrap.ts';
import { CallerCache } from './domain/clients/caller-cache.ts';
import { ping } from './domain/database-health.ts';
import { createStandardAttributes } from './domain/metadata/standard-attributes.ts';
import { loadSigningKeys } from './domain/oauth/signing-keys.ts';
import { removeOrphans } from './domain/tasks/spool.ts';
import { listFilesInUse } from './domain/tasks/tasks.ts';
import { changeRetention, enqueueChangeRetention } from './jobs/change-retention.ts';
import { JobQueue } from './jobs/job-queue.ts';
import { statistics } from './jobs/statistics.ts';
import type { Metrics } from './metrics.ts';
import { openDataDir, openOwned } from './open-resources.ts';
import { sourceSchedules } from './tasks/source-schedules.ts';
import { TaskRunner } from './tasks/task-runner.ts';

/** The client id and secret of a personal access token. */
export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The parts that the tenants of one process share. */
export interface TenantHost {
  readonly log: Logger;
  readonly metrics: Metrics;
  /** The URL under which the tenant's clients reach this server. */
  readonly publicUrl: () => string;
  readonly connectorList?: ConnectorList | undefined;
  readonly clock?: Clock | undefined;
}

/** An open tenant: its application, its jobs, and functions to start and stop them. */
export interface Tenant {
  readonly application: Application;
  readonly jobs: JobQueue;
  /** Creates the administrator and the standard attributes if they are missing, and starts the jobs. Returns the credentials that it created. */
  start(): Promise<Credentials | undefined>;
  /** Pauses the running jobs. Call it before `close`. */
  stop(): Promise<void>;
  close(): Promise<void>;
  /** Rejects if the database or the data directory is unavailable. */
  ping(): Promise<void>;
}

/**
 * Opens the data directory and the database of one tenant and composes its application. Tenants share only the parts in
 * `host`.
 * @throws SettingError if a setting makes this impossible
 */
export async function openTenant(config: Config, host: TenantHost): Promise<Tenant> {
  const { log, metrics, publicUrl } = host;
  const { connectors, module } = host.connectorList ?? connectorList;
  const clock = host.clock ?? systemClock;
  const { spool, lock } = openDataDir(config);
  const database = await openOwned(config).catch((error: unknown) => {
    lock.release();
    throw error;
  });
  const close = async (): Promise<void> => {
    await database.close();
    lock.release();
  };
  try {
    await removeOrphans(database, spool, await listFilesInUse(database));
    const signingKeys = await loadSigningKeys(database);
    const tasks = new TaskRunner({ config, database, spool, clock, log, metrics, connectorModule: module });
    const jobs = new JobQueue({
      database,
      clock,
      log,
      kinds: {
        task: tasks,
        'change-retention': changeRetention(database, clock, config.changeRetentionDays),
        statistics: statistics(database),
        'source-schedule': sourceSchedules({ database, connectors, spool, tasks, clock, log }),
      },
      lanes: { tasks: config.concurrentTasks, maintenance: 1, schedules: 1 },
      lease: config.taskLease * 1000,
    });
    const application: Application = {
      config,
      tenantId: await tenantIdOf(database),
      publicUrl,
      database,
      connectors,
      log,
      signingKeys,
      callers: new CallerCache(database, signingKeys),
      spool,
      tasks,
    };
    return {
      application,
      jobs,
      start: async () => {
        const newCredentials = await bootstrapAdministrator(database, config);
        if (!(await isBootstrapSecretValid(database, config))) {
          log.warn(
            `${config.givenBy.bootstrapClientSecret} is not the secret of that token: a token keeps the secret it was created with.`,
          );
        }
        await createStandardAttributes(database);
        if (config.changeRetentionDays > 0) {
          await enqueueChangeRetention(database, clock);
        }
        await tasks.start();
        await jobs.start();
        return newCredentials;
      },
      stop: () => jobs.stop(),
      close,
      ping: () => ping(database, config.dataDir),
    };
  } catch (error) {
    await close();
    throw error;
  }
}
