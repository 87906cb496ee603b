import { randomBytes } from 'node:crypto';
import type { StreamedBody } from '../../client/client.ts';
import { bytesText, type Progress } from './progress.ts';
import type { UploadedFile } from './uploaded-file.ts';

type Fields = Readonly<Record<string, string | undefined>>;

/** Builds a form (multipart/form-data, RFC 7578) with some fields and, in `part`, one file, which is streamed from disk. */
export function formWithFile(
  fields: Fields,
  { name, size, chunks }: Omit<UploadedFile, 'head'>,
  progress: Progress,
  part: 'file' | 'csvFile' = 'file',
): StreamedBody {
  const boundary = `muniment-${randomBytes(16).toString('hex')}`;
  const parts = Object.entries(fields).flatMap(([field, value]) =>
    value === undefined ? [] : [`--${boundary}\r\ncontent-disposition: form-data; name="${field}"\r\n\r\n${value}\r\n`],
  );
  const head = `${parts.join('')}--${boundary}\r\ncontent-disposition: form-data; name="${part}"; filename="${name}"\r\ncontent-type: text/csv\r\n\r\n`;

  async function* form(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    const of = size === undefined ? '' : ` of ${bytesText(size)}`;
    let sent = 0;
    const showSent = (): void => {
      progress.show(`Sending ${name}`, size === undefined ? undefined : sent / (size || 1), `${bytesText(sent)}${of}`);
    };
    showSent();
    yield Buffer.from(head);
    for await (const chunk of content) {
      yield chunk;
      sent += chunk.length;
      showSent();
    }
    yield Buffer.from(`\r\n--${boundary}--\r\n`);
    progress.clear();
  }

  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    chunks: () => {
      const content = chunks();
      return content === undefined ? undefined : form(content);
    },
  };
}
