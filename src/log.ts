import { type Logger, pino } from 'pino';
import type { Config } from './config.ts';

/** The log, written in blocks to standard error, and what writes the last block. */
export function createLog(config: Config): { log: Logger; flush: () => void } {
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
