import type { Logger } from 'pino';
import type { Config } from './config.ts';
import type { SigningKeys } from './domain/oauth/signing-keys.ts';
import type { PrincipalCache } from './domain/clients/principal-cache.ts';
import type { Spool } from './domain/tasks/spool.ts';
import type { Metrics } from './metrics.ts';
import type { Database } from './storage/database.ts';
import type { TaskRunner } from './tasks/task-runner.ts';

/** Everything one running server consists of. `main.ts` composes it; nothing is global. */
export interface Application {
  readonly config: Config;
  /** The URL under which clients reach this server, without a slash at its end. */
  readonly publicUrl: () => string;
  readonly database: Database;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly signingKeys: SigningKeys;
  readonly principals: PrincipalCache;
  readonly spool: Spool;
  readonly tasks: TaskRunner;
  /** Whether requests should be sent here: false while starting and while stopping. */
  readonly isReady: () => boolean;
}
