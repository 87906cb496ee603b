import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import type { StreamedBody } from '../../client/client.ts';
import { bytesText, type Progress } from './progress.ts';

/** A file to send: a path with its size in bytes, or standard input. */
export interface UploadedFile {
  readonly path: string;
  /** Undefined when nobody knows. */
  readonly size: number | undefined;
}

/** What progress and the server call the file. */
function nameOf({ path }: UploadedFile): string {
  return path === standardInput ? 'standard-input.csv' : basename(path).replaceAll(/["\\\p{Cc}]/gu, '_');
}

/** Standard input instead of a file. */
export const standardInput = '-';

/** A form (multipart/form-data, RFC 7578) with some fields and one file, read from disk while it is sent. */
export function formWithFile(
  fields: Readonly<Record<string, string | undefined>>,
  file: UploadedFile,
  progress: Progress,
): StreamedBody {
  const boundary = `muniment-${randomBytes(16).toString('hex')}`;
  const isStandardInput = file.path === standardInput;
  const name = nameOf(file);
  let hasBegun = false;
  const parts = Object.entries(fields).flatMap(([field, value]) =>
    value === undefined ? [] : [`--${boundary}\r\ncontent-disposition: form-data; name="${field}"\r\n\r\n${value}\r\n`],
  );
  const head = `${parts.join('')}--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: text/csv\r\n\r\n`;

  async function* chunks(): AsyncGenerator<Uint8Array> {
    const of = file.size === undefined ? '' : ` of ${bytesText(file.size)}`;
    let sent = 0;
    const showSent = (): void => {
      progress.show(
        `Sending ${name}`,
        file.size === undefined ? undefined : sent / (file.size || 1),
        `${bytesText(sent)}${of}`,
      );
    };
    showSent();
    yield Buffer.from(head);
    for await (const chunk of isStandardInput
      ? process.stdin
      : createReadStream(file.path, { highWaterMark: 1 << 18 })) {
      yield chunk as Buffer;
      sent += (chunk as Buffer).length;
      showSent();
    }
    yield Buffer.from(`\r\n--${boundary}--\r\n`);
    progress.clear();
  }

  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    chunks: () => {
      if (hasBegun && isStandardInput) {
        return undefined;
      }
      hasBegun = true;
      return chunks();
    },
  };
}
