import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import type { Connector } from './connectors/connector.ts';
import type { SigningKeys } from './domain/oauth/signing-keys.ts';
import type { CallerCache } from './domain/clients/caller-cache.ts';
import type { Spool } from './domain/tasks/spool.ts';
import type { Metrics } from './metrics.ts';
import type { Database } from './storage/database.ts';
import type { TaskRunner } from './tasks/task-runner.ts';

/** Everything that belongs to one tenant. No two tenants of a process share any of it. */
export interface Application {
  readonly config: Config;
  readonly tenantId: string;
  /** The URL under which the tenant's clients reach this server, without a slash at its end. */
  readonly publicUrl: () => string;
  readonly database: Database;
  readonly connectors: readonly Connector[];
  readonly log: Logger;
  readonly signingKeys: SigningKeys;
  readonly callers: CallerCache;
  readonly spool: Spool;
  readonly tasks: TaskRunner;
}

/** What one process has once, whichever tenants it serves. `main.ts` composes it; nothing is global. */
export interface Host {
  /** The settings that are not a tenant's: rate limit and request log, for two. */
  readonly config: Config;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** The tenant that a request is for. May throw what the client is told where there is none. */
  readonly tenantOf: (request: IncomingMessage) => Application;
  /** Whether requests should be sent here: false while starting and while stopping. */
  readonly isReady: () => boolean;
  /** Rejects when the databases or data directories of the tenants are out of reach. */
  readonly ping: () => Promise<void>;
}
