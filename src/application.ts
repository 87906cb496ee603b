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

/** Everything that belongs to one tenant. The tenants of a process share none of it. */
export interface Application {
  readonly config: Config;
  readonly tenantId: string;
  /** The URL under which the tenant's clients reach this server, without a trailing slash. */
  readonly publicUrl: () => string;
  readonly database: Database;
  readonly connectors: readonly Connector[];
  readonly log: Logger;
  readonly signingKeys: SigningKeys;
  readonly callers: CallerCache;
  readonly spool: Spool;
  readonly tasks: TaskRunner;
}

/** The parts that exist once per process, for all tenants. `main.ts` composes them; nothing is global. */
export interface Host {
  /** The settings that do not belong to a tenant, such as the rate limit and the request log. */
  readonly config: Config;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Returns the tenant of a request. If there is none, it may throw an error for the client. */
  readonly tenantOf: (request: IncomingMessage) => Application;
  /** Whether this server accepts requests: false while it starts or stops. */
  readonly isReady: () => boolean;
  /** Rejects if a database or data directory of a tenant is unavailable. */
  readonly ping: () => Promise<void>;
}
