import { statSync } from 'node:fs';
import type { Config } from '../config.ts';
import type { Muniment } from '../main.ts';

/** Stops the server on SIGTERM or SIGINT; a second signal exits immediately. */
export function stopOnSignal(muniment: Muniment): void {
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) {
      process.exit(1);
    }
    isStopping = true;
    muniment.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error('Stopping failed:', error);
        process.exit(1);
      },
    );
  };
  // A closed output pipe ends a command, but must neither end the server nor keep it from stopping.
  for (const stream of [process.stdout, process.stderr]) {
    stream.removeAllListeners('error').on('error', () => undefined);
  }
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/** Returns whether tokens may be sent over a network unencrypted. */
export function isExposed(config: Config): boolean {
  return !/^(127\.|localhost$|::1$)/.test(config.host) && !config.tlsProxy;
}

/** Warns if they may, and if other users can read the data. */
export function warnIfExposed(config: Config): void {
  if ((statSync(config.dataDir).mode & 0o077) !== 0) {
    console.error(
      `Warning: other users can access ${config.dataDir}, which contains keys. Run: chmod 700 ${config.dataDir}`,
    );
  }
  if (isExposed(config)) {
    console.error(
      `Warning: listening on ${config.host} without encryption; tokens and secrets can be intercepted. ` +
        'Put a TLS proxy in front and set --tls-proxy on or MUNIMENT_TLS_PROXY=on, or listen on 127.0.0.1.',
    );
  }
}
