/** From a delimited file to its rows, with csv-parse; line numbers, bad rows and failed reads are decided here. */
import { CsvError, Parser } from 'csv-parse';
import { ConnectorError } from '../connector.ts';
import type { BadRow } from '../connector.ts';
import { decodeFile } from './decode.ts';
import type { Settings } from './settings.ts';
import { unfinishedRow } from './unfinished-row.ts';
import type { UnfinishedRow } from './unfinished-row.ts';

/** A row with as many cells as there are columns; `line` is where it begins. */
export type Row = { readonly line: number; readonly cells: readonly string[] };

/** What one piece of the file held. */
export type RowGroup = {
  readonly rows: readonly Row[];
  readonly badRows: readonly BadRow[];
  readonly bytesRead: number;
  readonly bytesTotal: number;
};

export type RowsInput = {
  readonly file: string;
  readonly settings: Settings;
  /** How many columns every row has; null when the first row is the header, which `takeHeader` then receives. */
  readonly columnCount: number | null;
  /** Receives the header's cells as they stand in the file. What it throws ends the read. */
  readonly takeHeader: (cells: readonly string[]) => void;
  /** Bytes read at a time; for tests. */
  readonly chunkBytes?: number;
};

/** What is used of csv-parse's record information: bytes and lines up to the record's end. */
type RecordInfo = { readonly bytes: number; readonly lines: number };

/** Lines of the file, from 1. */
type UnfinishedLines = UnfinishedRow;

/** A longer row is no row but a quote that was never closed. It bounds the memory of a read. */
const maximumRowBytes = 16 * 1024 * 1024;
/** Keeps the check of a header quick, whatever the file. */
const maximumHeaderBytes = 1024 * 1024;
const lineBreak = /\r\n|\n|\r/g;

/**
 * The rows of a file, a group for each piece read. The first group comes when the header is known; at least one comes.
 *
 * CRLF, LF and CR end a row. Rows of nothing but blank cells are left out. A quote inside an unquoted value is an
 * ordinary character (`5" disk`). Text after a closing quote (`"a" b`) makes a bad row: its opening quote may have
 * swallowed the beginning of the next row, which must not be lost unseen.
 * Throws `ConnectorError` when there is no header, the file ends inside quotes, or bytes cannot be decoded.
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

/** Turns csv-parse's records into rows and bad rows. */
function createRowCollector({ settings, columnCount, takeHeader }: RowsInput) {
  let columns = columnCount;
  let rows: Row[] = [];
  let badRows: BadRow[] = [];
  // csv-parse counts lines without the skipped ones, and a CRLF inside quotes as two: this is the difference.
  let lineOffset = settings.skipLines;
  let previousLines = 0;
  let sawNul = false;
  // The text from the end of the last record on, to look up how a suspicious cell was written.
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
    // The answer null makes csv-parse forget the record: it is collected here.
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
    // A record on one line, the usual case, holds no line breaks: nothing to look through.
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
        // A value may begin with a quote, but then it is quoted and its quotes are doubled.
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

  /** The lines of the file in which the row begins that is not complete, and in it the value whose quote is open. */
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
  // The first cell is nearly always the key: looking at it first keeps this cheap.
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
  // The callbacks of write and end report errors; without a listener the event would end the process.
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

/** @param line where a row begins that is too long for a header; null where there is none */
function noHeader(settings: Settings, line: number | null): ConnectorError {
  if (line !== null) {
    return new ConnectorError(
      `The row that begins in line ${line} should be the header, but does not end within the first MiB of the file. ` +
        `Begin the file with one line of column names; a quote in it must be closed.`,
    );
  }
  return new ConnectorError(
    `The file has no header: it is empty, or its first MiB holds only blank, comment and skipped lines. ` +
      `Begin it with a line of column names separated by ${JSON.stringify(settings.delimiter)}, ` +
      `or set connectorAttributes "${settings.prefix}hasHeader" to false.`,
  );
}

function parseFailure(error: CsvError, { row, openQuote }: UnfinishedLines, settings: Settings): ConnectorError {
  const place = row === null ? '' : ` in line ${row}`;
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') {
    return new ConnectorError(
      `The file ends inside a quoted value that begins in line ${openQuote ?? row}. The file may be cut off; ` +
        `or close the quote, or set connectorAttributes "${settings.prefix}quote" to the file's quote character or to none.`,
      { cause: error },
    );
  }
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    return new ConnectorError(
      `The row that begins${place} is longer than ${maximumRowBytes} bytes. A quote in it is probably never closed.`,
      { cause: error },
    );
  }
  return new ConnectorError(`The file cannot be parsed${place}: ${error.message}`, { cause: error });
}
