/** Parses a delimited file with csv-parse; adds line numbers, and detects bad rows and failed reads. */
import { CsvError, Parser } from 'csv-parse';
import { ConnectorError } from '../connector.ts';
import type { BadRow } from '../connector.ts';
import { decodeFile } from './decode.ts';
import type { Settings } from './settings.ts';
import { unfinishedRow } from './unfinished-row.ts';
import type { UnfinishedRow } from './unfinished-row.ts';

/** A row with one cell per column; `line` is its first line. */
export type Row = { readonly line: number; readonly cells: readonly string[] };

/** The rows in one piece of the file. */
export type RowGroup = {
  readonly rows: readonly Row[];
  readonly badRows: readonly BadRow[];
  readonly bytesRead: number;
  readonly bytesTotal: number;
};

export type RowsInput = {
  readonly file: string;
  readonly settings: Settings;
  /** The number of columns; null if the first row is the header, which is then passed to `takeHeader`. */
  readonly columnCount: number | null;
  /** Called with the header's cells as they are in the file. If it throws, the read ends. */
  readonly takeHeader: (cells: readonly string[]) => void;
  /** Bytes read at a time; for tests. */
  readonly chunkBytes?: number;
};

/** The part of csv-parse's record information that is used: bytes and lines up to the record's end. */
type RecordInfo = { readonly bytes: number; readonly lines: number };

/** Lines of the file, from 1. */
type UnfinishedLines = UnfinishedRow;

/** A longer row is most likely a missing closing quote. This limits the memory of a read. */
const maximumRowBytes = 16 * 1024 * 1024;
/** Keeps the check of a header fast for any file. */
const maximumHeaderBytes = 1024 * 1024;
const lineBreak = /\r\n|\n|\r/g;

/**
 * Yields the rows of a file, one group per piece. The first group is yielded once the header is known; there is at least
 * one.
 *
 * CRLF, LF and CR end a row. Rows with only blank cells are skipped. A quote inside an unquoted value is an ordinary
 * character (`5" disk`). Text after a closing quote (`"a" b`) makes the row bad: its opening quote may have swallowed the
 * start of the next row, which must be reported.
 * Throws `ConnectorError` if there is no header, the file ends inside quotes, or bytes cannot be decoded.
 */
export async function* readRows(input: RowsInput): AsyncGenerator<RowGroup> {
  const collector = createRowCollector(input);
  const parser = createParser(input.settings, collector.takeRecord);
  try {
    let progress = { bytesRead: 0, bytesTotal: 0 };
    for await (const { utf8, bytesRead, bytesTotal } of decodeFile(input.file, input.settings, input.chunkBytes)) {
      progress = { bytesRead, bytesTotal };
      collector.expect(utf8);
      await write(parser, utf8);
      if (collector.hasColumns()) yield { ...collector.take(), ...progress };
      else if (bytesRead > maximumHeaderBytes) throw noHeader(input.settings, collector.unfinished().row);
    }
    await end(parser);
    if (!collector.hasColumns()) throw noHeader(input.settings, null);
    yield { ...collector.take(), ...progress };
  } catch (error) {
    throw error instanceof CsvError ? parseFailure(error, collector.unfinished(), input.settings) : error;
  } finally {
    parser.destroy();
  }
}

/** Converts csv-parse's records to rows and bad rows. */
function createRowCollector({ settings, columnCount, takeHeader }: RowsInput) {
  let columns = columnCount;
  let rows: Row[] = [];
  let badRows: BadRow[] = [];
  // csv-parse does not count skipped lines, and counts a CRLF inside quotes twice: this is the difference.
  let lineOffset = settings.skipLines;
  let previousLines = 0;
  let sawNul = false;
  // The text after the last record, to look up how a suspicious cell was written.
  let text: Buffer = Buffer.alloc(0);
  let textStart = 0;
  let recordStart = 0;

  /** Called before csv-parse gets the next piece. */
  function expect(utf8: Buffer): void {
    const textEnd = textStart + text.length;
    const keepFrom = Math.max(recordStart, textEnd - maximumRowBytes);
    text = keepFrom === textEnd ? utf8 : Buffer.concat([text.subarray(keepFrom - textStart), utf8]);
    textStart = keepFrom;
    sawNul ||= utf8.includes(0);
  }

  function takeRecord(cells: string[], info: RecordInfo): null {
    const line = lineOf(cells, info);
    const written = { from: Math.max(recordStart - textStart, 0), to: info.bytes - textStart };
    recordStart = info.bytes;
    // Returning null makes csv-parse discard the record, which is collected here.
    if (isBlank(cells)) return null;
    const problem = problemOf(cells, written);
    if (columns === null) {
      if (problem !== null) throw badHeader(line, problem, settings);
      takeHeader(cells);
      columns = cells.length;
    } else if (problem === null) {
      rows.push({ line, cells });
    } else {
      badRows.push({ line, problem });
    }
    return null;
  }

  function lineOf(cells: readonly string[], info: RecordInfo): number {
    let breaks = 0;
    // A record on one line, the usual case, contains no line breaks.
    if (info.lines > previousLines + 1) {
      for (const cell of cells) {
        for (const [characters] of cell.matchAll(lineBreak)) {
          breaks++;
          if (characters.length === 2) lineOffset--;
        }
      }
    }
    previousLines = info.lines;
    return lineOffset + info.lines - breaks;
  }

  function problemOf(cells: readonly string[], written: { readonly from: number; readonly to: number }): string | null {
    const { quote } = settings;
    if (quote !== null) {
      for (const [index, cell] of cells.entries()) {
        // A value may start with a quote, but then it is quoted and its quotes are doubled.
        if (!cell.startsWith(quote)) continue;
        const proper = quote + cell.replaceAll(quote, quote + quote) + quote;
        if (!text.subarray(written.from, written.to).includes(proper))
          return `text after a closing quote in column ${index + 1}`;
      }
    }
    if (columns !== null && cells.length !== columns) {
      return `${countOf(cells.length)} where ${settings.hasHeader ? 'the header' : 'the schema'} has ${columns}`;
    }
    const nul = sawNul ? cells.findIndex((cell) => cell.includes('\0')) : -1;
    return nul === -1 ? null : `a NUL character in column ${nul + 1}`;
  }

  function take(): Pick<RowGroup, 'rows' | 'badRows'> {
    const taken = { rows, badRows };
    rows = [];
    badRows = [];
    return taken;
  }

  /** Returns the line where the incomplete row starts, and the line of the value with the open quote. */
  function unfinished(): UnfinishedLines {
    const first = lineOffset + previousLines + 1;
    const found = unfinishedRow(text.toString('utf8', Math.max(recordStart - textStart, 0)), settings);
    return {
      row: found.row === null ? null : first + found.row,
      openQuote: found.openQuote === null ? null : first + found.openQuote,
    };
  }

  return { expect, takeRecord, take, unfinished, hasColumns: () => columns !== null };
}

function isBlank(cells: readonly string[]): boolean {
  // The first cell is nearly always the key, which makes this cheap.
  return cells[0]?.trim() === '' && cells.every((cell) => cell.trim() === '');
}

function countOf(columns: number): string {
  return columns === 1 ? '1 column' : `${columns} columns`;
}

function createParser(settings: Settings, takeRecord: (cells: string[], info: RecordInfo) => null): Parser {
  const parser = new Parser({
    delimiter: settings.delimiter,
    quote: settings.quote,
    escape: settings.quote,
    comment: settings.commentCharacter,
    comment_no_infix: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: maximumRowBytes,
    on_record: takeRecord,
  });
  // The callbacks of write and end report errors; without a listener the event would crash the process.
  parser.on('error', () => {});
  return parser;
}

function write(parser: Parser, utf8: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    parser.write(utf8, (error) => (error ? reject(error) : resolve()));
  });
}

function end(parser: Parser): Promise<void> {
  return new Promise((resolve, reject) => {
    parser.once('error', reject);
    parser.once('finish', resolve);
    parser.end();
  });
}

function badHeader(line: number, problem: string, settings: Settings): ConnectorError {
  const hint = problem.includes('NUL')
    ? ` A file with NUL characters is usually UTF-16: set connectorAttributes "${settings.prefix}encoding" to utf-16.`
    : ' Quote the whole value and double the quotes inside it.';
  return new ConnectorError(`The header in line ${line} has ${problem}.${hint}`);
}

/** @param line the first line of a row that is too long for a header; null if there is none */
function noHeader(settings: Settings, line: number | null): ConnectorError {
  if (line !== null) {
    return new ConnectorError(
      `The row that starts in line ${line} should be the header, but does not end within the first MiB of the file. ` +
        `Start the file with one line of column names; a quote in it must be closed.`,
    );
  }
  return new ConnectorError(
    `The file has no header: it is empty, or its first MiB contains only blank, comment and skipped lines. ` +
      `Start it with a line of column names separated by ${JSON.stringify(settings.delimiter)}, ` +
      `or set connectorAttributes "${settings.prefix}hasHeader" to false.`,
  );
}

function parseFailure(error: CsvError, { row, openQuote }: UnfinishedLines, settings: Settings): ConnectorError {
  const place = row === null ? '' : ` in line ${row}`;
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') {
    return new ConnectorError(
      `The file ends inside a quoted value that starts in line ${openQuote ?? row}. The file may be truncated; ` +
        `or close the quote, or set connectorAttributes "${settings.prefix}quote" to the file's quote character or to none.`,
      { cause: error },
    );
  }
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    return new ConnectorError(
      `The row that starts${place} is longer than ${maximumRowBytes} bytes. A closing quote is probably missing.`,
      { cause: error },
    );
  }
  return new ConnectorError(`The file cannot be parsed${place}: ${error.message}`, { cause: error });
}
