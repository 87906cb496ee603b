/** Converts the bytes of a file to UTF-8 without a byte order mark, strictly and with bounded memory. */
import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { ConnectorError } from '../connector.ts';
import { allowedEncodings } from './settings.ts';
import type { Encoding, Settings } from './settings.ts';

/** A piece of the file; `bytesRead` and `bytesTotal` count bytes of the original file. */
export type DecodedChunk = { readonly utf8: Buffer; readonly bytesRead: number; readonly bytesTotal: number };

/**
 * Converts the next bytes of a file to UTF-8; an empty buffer is the end of the file. A character that is split between
 * two pieces is held back until the next piece. Throws `UndecodableByte`.
 */
type Decoder = (bytes: Buffer) => Buffer;

/** A decoding failure. */
class UndecodableByte extends Error {
  readonly offset: number;
  /** The bytes decoded before it. */
  readonly before: Buffer;

  constructor(before: Buffer, options?: ErrorOptions) {
    super(`byte ${before.length} cannot be decoded`, options);
    this.offset = before.length;
    this.before = before;
  }
}

const defaultChunkBytes = 256 * 1024;
const noBytes = Buffer.alloc(0);
const lf = 0x0a;
const cr = 0x0d;

const byteOrderMarks: readonly { readonly encoding: Encoding; readonly bytes: Buffer }[] = [
  { encoding: 'utf-8', bytes: Buffer.of(0xef, 0xbb, 0xbf) },
  { encoding: 'utf-16le', bytes: Buffer.of(0xff, 0xfe) },
  { encoding: 'utf-16be', bytes: Buffer.of(0xfe, 0xff) },
];

const binaryFiles: readonly { readonly kind: string; readonly bytes: Buffer }[] = [
  { kind: 'an Excel workbook or a ZIP archive', bytes: Buffer.of(0x50, 0x4b, 0x03, 0x04) },
  { kind: 'an Excel workbook', bytes: Buffer.of(0xd0, 0xcf, 0x11, 0xe0) },
  { kind: 'compressed by gzip', bytes: Buffer.of(0x1f, 0x8b) },
];

/**
 * Yields the file's text as UTF-8, without the byte order mark and without the first `skipLines` lines.
 * A byte order mark overrides the encoding setting.
 * Throws `ConnectorError` if the file cannot be opened, is a workbook or an archive, or has bytes that are invalid in its
 * encoding.
 */
export async function* decodeFile(
  file: string,
  settings: Settings,
  chunkBytes = defaultChunkBytes,
): AsyncGenerator<DecodedChunk> {
  const handle = await openFile(file);
  try {
    const bytesTotal = (await handle.stat()).size;
    const head = await readHead(handle);
    refuseBinary(head);
    const mark = byteOrderMarks.find(({ bytes }) => head.subarray(0, bytes.length).equals(bytes));
    const encoding = mark?.encoding ?? settings.encoding;
    const decode = encoding === 'utf-8' ? createUtf8Decoder() : createTextDecoder(encoding);
    const skip = createLineSkipper(settings.skipLines);
    let bytesRead = mark?.bytes.length ?? 0;
    const pieces = handle.createReadStream({ start: bytesRead, highWaterMark: chunkBytes, autoClose: false });
    let decodedBytes = bytesRead;
    const reasonOf = async (error: unknown): Promise<unknown> =>
      error instanceof UndecodableByte ? undecodable(handle, encoding, settings, decodedBytes + error.offset) : error;
    for await (const bytes of pieces as AsyncIterable<Buffer>) {
      bytesRead += bytes.length;
      let utf8: Buffer;
      try {
        utf8 = decode(bytes);
      } catch (error) {
        // Yield the text before the error first: a caller that only needs the header stops there.
        if (error instanceof UndecodableByte && error.before.length > 0) {
          yield { utf8: skip(error.before), bytesRead, bytesTotal };
        }
        throw await reasonOf(error);
      }
      decodedBytes = encoding === 'utf-8' ? decodedBytes + utf8.length : bytesRead;
      yield { utf8: skip(utf8), bytesRead, bytesTotal };
    }
    try {
      decode(noBytes);
    } catch (error) {
      throw await reasonOf(error);
    }
  } finally {
    await handle.close();
  }
}

async function openFile(file: string): Promise<FileHandle> {
  try {
    return await open(file);
  } catch (cause) {
    throw new ConnectorError(`The uploaded file cannot be opened: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    });
  }
}

/** Enough bytes to detect byte order marks and files that are not text. */
async function readHead(handle: FileHandle): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
  return buffer.subarray(0, bytesRead);
}

/** Rejects workbooks and archives, which are often uploaded by mistake. */
function refuseBinary(head: Buffer): void {
  const kind = binaryFiles.find(({ bytes }) => head.subarray(0, bytes.length).equals(bytes))?.kind;
  if (kind !== undefined) {
    throw new ConnectorError(`The file is ${kind}, not text. Export or unpack it, and send the CSV itself.`);
  }
}

/** Throws `ConnectorError` if the file cannot be opened or is not text. */
export async function checkIsText(file: string): Promise<void> {
  const handle = await openFile(file);
  try {
    refuseBinary(await readHead(handle));
  } finally {
    await handle.close();
  }
}

/** UTF-8 only needs to be validated, which is measurably faster than decoding and encoding. */
function createUtf8Decoder(): Decoder {
  let held: Buffer = noBytes;
  return (bytes) => {
    const all = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
    // Up to three bytes at the end may be an incomplete character, except at the end of the file.
    const mayHold = bytes.length === 0 ? 0 : Math.min(3, all.length);
    for (let hold = 0; hold <= mayHold; hold++) {
      const whole = all.subarray(0, all.length - hold);
      if (isUtf8(whole)) {
        held = all.subarray(all.length - hold);
        return whole;
      }
    }
    throw new UndecodableByte(all.subarray(0, firstInvalidUtf8(all)));
  };
}

function firstInvalidUtf8(bytes: Buffer): number {
  let position = 0;
  while (position < bytes.length) {
    const length = [1, 2, 3, 4].find((count) => isUtf8(bytes.subarray(position, position + count)));
    if (length === undefined) return position;
    position += length;
  }
  return position;
}

function createTextDecoder(encoding: Encoding): Decoder {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  return (bytes) => {
    try {
      return Buffer.from(decoder.decode(bytes, { stream: bytes.length > 0 }));
    } catch (cause) {
      throw new UndecodableByte(noBytes, { cause });
    }
  };
}

async function undecodable(
  handle: FileHandle,
  encoding: Encoding,
  settings: Settings,
  offset: number,
): Promise<ConnectorError> {
  // The exact position is only known for UTF-8, where a line break is always one byte.
  const place =
    encoding === 'utf-8' ? `at byte ${offset + 1}, line ${await lineOfByte(handle, offset)}` : `after byte ${offset}`;
  return new ConnectorError(
    `The file cannot be decoded as ${encoding} ${place}. Save it as ${encoding}, ` +
      `or set connectorAttributes "${settings.prefix}encoding" to its encoding: ${allowedEncodings}.`,
  );
}

/** Returns the line, from 1, of the byte at `offset`; reads the file again, but only after a failure. */
async function lineOfByte(handle: FileHandle, offset: number): Promise<number> {
  let line = 1;
  if (offset === 0) return line;
  let previous = 0;
  const pieces = handle.createReadStream({ start: 0, end: offset - 1, autoClose: false });
  for await (const bytes of pieces as AsyncIterable<Buffer>) {
    for (const byte of bytes) {
      if (byte === cr || (byte === lf && previous !== cr)) line++;
      previous = byte;
    }
  }
  return line;
}

/** Skips the first lines. A line ends with CRLF, LF or CR, even if CR and LF are in different pieces. */
function createLineSkipper(lines: number): (utf8: Buffer) => Buffer {
  let remaining = lines;
  let afterCr = false;
  return (utf8) => {
    let position = 0;
    while (position < utf8.length && (remaining > 0 || (afterCr && utf8[position] === lf))) {
      const byte = utf8[position++];
      if (byte === cr || (byte === lf && !afterCr)) remaining--;
      afterCr = byte === cr;
    }
    if (position < utf8.length) afterCr = false;
    return position === 0 ? utf8 : utf8.subarray(position);
  };
}
