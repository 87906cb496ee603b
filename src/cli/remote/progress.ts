import { cutTo, printableLine } from './printable.ts';

/** Progress is written to standard error, to keep standard output for results. */
interface ProgressStream {
  /** 0 if the terminal does not know its width. */
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

/** The interval between updates of a progress bar, in milliseconds. */
const drawingInterval = 100;
/** The interval between progress lines without a terminal, in milliseconds. */
const lineInterval = 10_000;

/** Shows progress: a bar on a terminal, occasional lines otherwise. */
export class Progress {
  readonly #stream: ProgressStream;
  readonly #isTerminal: boolean;
  readonly #now: () => number;
  #label = '';
  #shownAt = Number.NEGATIVE_INFINITY;

  constructor(stream: ProgressStream, isTerminal: boolean, now: () => number = Date.now) {
    this.#stream = stream;
    this.#isTerminal = isTerminal;
    this.#now = now;
  }

  /**
   * @param label the current activity; a new one is shown immediately
   * @param fraction from 0 to 1; undefined if unknown
   */
  show(label: string, fraction: number | undefined, detail: string): void {
    const isNew = label !== this.#label;
    const interval = this.#isTerminal ? drawingInterval : lineInterval;
    if (!isNew && this.#now() - this.#shownAt < interval) {
      return;
    }
    this.#label = label;
    this.#shownAt = this.#now();
    this.#stream.write(
      this.#isTerminal
        ? `\r\u001B[K${barLine(label, fraction, detail, this.#stream.columns || 80)}`
        : `${plainLine(label, fraction, detail)}\n`,
    );
  }

  /** Clears the bar, so that something else can be written. */
  clear(): void {
    if (this.#isTerminal && this.#label !== '') {
      this.#stream.write('\r\u001B[K');
    }
    this.#label = '';
  }
}

/** Formats a line with a bar, not wider than the terminal. */
export function barLine(label: string, fraction: number | undefined, detail: string, columns: number): string {
  const width = 24;
  const filled = Math.round(Math.min(1, Math.max(0, fraction ?? 0)) * width);
  const bar = fraction === undefined ? '' : ` [${'#'.repeat(filled)}${'-'.repeat(width - filled)}]${percent(fraction)}`;
  // The last column stays free: some terminals wrap after it.
  return cutTo(printableLine(`${label}${bar} ${detail}`), columns - 1);
}

function plainLine(label: string, fraction: number | undefined, detail: string): string {
  return printableLine(`${label}:${fraction === undefined ? '' : percent(fraction)} ${detail}`);
}

function percent(fraction: number): string {
  return ` ${Math.floor(fraction * 100)} %`;
}

/** Formats a number of bytes. */
export function bytesText(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? size : size.toFixed(1)} ${units[unit] ?? ''}`;
}
