import { accessSync, constants, createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { CommandFailure } from '../exit-codes.ts';

/** A file to upload. */
export interface UploadedFile {
  /** Its name for the progress bar and the server. */
  readonly name: string;
  /** In bytes; undefined if unknown. */
  readonly size: number | undefined;
  /** Returns the beginning, including the first line unless that is longer than 64 KiB. It is still uploaded afterwards. */
  readonly head: () => Promise<Uint8Array>;
  /** Returns the whole content at each call; undefined if it cannot be read again, as with a pipe. */
  readonly chunks: () => AsyncIterable<Uint8Array> | undefined;
}

/** Whether it is standard input. */
const standardInput = '-';
const headBytes = 1 << 16;
const lineFeed = 0x0a;

/** Opens the file at a path, "-" for standard input. @throws CommandFailure if it cannot be read */
export function uploadedFile(path: string): UploadedFile {
  if (path === standardInput) {
    return pipedFile('standard-input.csv', () => process.stdin);
  }
  const size = sizeOf(path);
  const name = basename(path).replaceAll(/["\\\p{Cc}]/gu, '_');
  const chunks = (): AsyncIterable<Uint8Array> => createReadStream(path, { highWaterMark: 1 << 18 });
  return size === undefined
    ? pipedFile(name, chunks)
    : { name, size, head: async () => buffer(createReadStream(path, { end: headBytes - 1 })), chunks };
}

/** A stream that can be read once: its beginning is buffered until the upload. */
function pipedFile(name: string, open: () => AsyncIterable<Uint8Array>): UploadedFile {
  let beginning: Promise<Beginning> | undefined;
  const begin = (): Promise<Beginning> => (beginning ??= beginningOf(open()[Symbol.asyncIterator]()));
  let hasBegun = false;
  async function* all(): AsyncGenerator<Uint8Array> {
    const { head, rest } = await begin();
    yield head;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
      yield next.value;
    }
  }
  return {
    name,
    size: undefined,
    head: async () => (await begin()).head,
    chunks: () => {
      const isGone = hasBegun;
      hasBegun = true;
      return isGone ? undefined : all();
    },
  };
}

interface Beginning {
  readonly head: Uint8Array;
  readonly rest: AsyncIterator<Uint8Array>;
}

async function beginningOf(rest: AsyncIterator<Uint8Array>): Promise<Beginning> {
  const pieces: Uint8Array[] = [];
  for (let length = 0, hasLine = false; !hasLine && length < headBytes;) {
    const next = await rest.next();
    if (next.done === true) {
      break;
    }
    pieces.push(next.value);
    length += next.value.length;
    hasLine = next.value.includes(lineFeed);
  }
  return { head: Buffer.concat(pieces), rest };
}

/** Returns the size of a readable file; undefined for a pipe such as `<(…)`. */
function sizeOf(path: string): number | undefined {
  try {
    accessSync(path, constants.R_OK);
    const found = statSync(path);
    if (!found.isDirectory()) {
      return found.isFile() ? found.size : undefined;
    }
  } catch (error) {
    throw new CommandFailure('wrongUse', `The file cannot be read: ${(error as Error).message}.`);
  }
  throw new CommandFailure('wrongUse', `${path} is a folder. Name a CSV file, or "-" for standard input.`);
}
