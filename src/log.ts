import { type Logger, pino } from 'pino';
import type { Config } from './config.ts';

/** From how many characters on lines are written. */
const blockLength = 32_768;
/** How long a line waits for others at most, in milliseconds. */
const longestWait = 1000;

/** The log, written in blocks to standard error, and what writes the last block. */
export function createLog(config: Config): { log: Logger; flush: () => void } {
  const destination = pino.destination({ dest: 2, sync: false });
  let isReaderGone = false;
  // Whoever read the log may be gone (a closed terminal or pipe): the server goes on without it, and still stops.
  destination.on('error', () => {
    isReaderGone = true;
  });
  // Lines are gathered here, as the destination would measure all that it has gathered with every line.
  let block = '';
  const handOver = (): void => {
    if (block !== '' && !isReaderGone) {
      destination.write(block);
    }
    block = '';
  };
  const write = (line: string): void => {
    block += line;
    if (block.length >= blockLength) {
      handOver();
    }
  };
  const waiting = setInterval(handOver, longestWait).unref();
  const flush = (): void => {
    clearInterval(waiting);
    process.off('exit', flush);
    handOver();
    if (!isReaderGone) {
      destination.flushSync();
    }
  };
  // What leads to an end that nobody asked for is what the log is read for.
  process.once('exit', flush);
  return { log: pino({ level: config.logLevel, base: null }, { write }), flush };
}
