/** From the bytes of a file to UTF-8 bytes without a byte order mark, strictly and in bounded memory. */
import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { ConnectorError } from '../connector.ts';
import { allowedEncodings } from './settings.ts';
import type { Encoding, Settings } from './settings.ts';

/** A piece of the file; `bytesRead` and `bytesTotal` count the file's own bytes. */
export type DecodedChunk = { readonly utf8: Buffer; readonly bytesRead: number; readonly bytesTotal: number };

/**
 * Turns the next bytes of a file into UTF-8; no bytes at all means the end of the file. A character cut by the end
 * of a piece is held back until the next. Throws `UndecodableByte`.
 */
type Decoder = (bytes: Buffer) => Buffer;

/** Where decoding failed: an offset into the bytes held back so far and given now together. */
class UndecodableByte extends Error {
  readonly offset: number;
  /** What could be decoded before it. */
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
 * The file's text as UTF-8, without byte order mark and without the lines that `skipLines` leaves out.
 * A byte order mark decides about the encoding, else the setting does.
 * Throws `ConnectorError` when the file cannot be opened, is a workbook or an archive, or holds bytes that its encoding does not allow.
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
        // What comes before is given first: whoever only wants the header stops there.
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

/** The bytes by which byte order marks and files that are no text are known. */
async function readHead(handle: FileHandle): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
  return buffer.subarray(0, bytesRead);
}

/** The mistake of uploading the workbook itself, or an archive of the file. */
function refuseBinary(head: Buffer): void {
  const kind = binaryFiles.find(({ bytes }) => head.subarray(0, bytes.length).equals(bytes))?.kind;
  if (kind !== undefined) {
    throw new ConnectorError(`The file is ${kind}, not text. Export or unpack it, and send the CSV itself.`);
  }
}

/** Throws `ConnectorError` when the file cannot be opened or is no text at all. */
export async function checkIsText(file: string): Promise<void> {
  const handle = await openFile(file);
  try {
    refuseBinary(await readHead(handle));
  } finally {
    await handle.close();
  }
}

/** UTF-8 needs no conversion, only the check: that is measurably faster as decoding and encoding. */
function createUtf8Decoder(): Decoder {
  let held: Buffer = noBytes;
  return (bytes) => {
    const all = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
    // Up to three bytes at the end may be the beginning of a character, but not at the end of the file.
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
  // Only UTF-8 knows the exact place, and only there a line break is always one byte.
  const place =
    encoding === 'utf-8' ? `at byte ${offset + 1}, line ${await lineOfByte(handle, offset)}` : `after byte ${offset}`;
  return new ConnectorError(
    `The file cannot be decoded as ${encoding} ${place}. Save it as ${encoding}, ` +
      `or set connectorAttributes "${settings.prefix}encoding" to its encoding: ${allowedEncodings}.`,
  );
}

/** The line, from 1, that holds the byte at `offset`; reads the file again, which only a failed read pays for. */
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

/** Leaves out the first lines. A line ends with CRLF, LF or CR, also when CR and LF come in two pieces. */
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
