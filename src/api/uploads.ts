import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import type { Spool } from '../domain/tasks/spool.ts';
import { badRequestSyntax, MunimentError, uploadTooLarge } from '../errors.ts';

/** The parts of a multipart body. */
export interface Upload {
  /** The name of the spool file; undefined if the body contained no file. */
  readonly file: string | undefined;
  readonly fields: Readonly<Record<string, string>>;
}

/** Reads the multipart body of the request; may be called once. */
export type UploadReader = (fileField: readonly string[]) => Promise<Upload>;

/** Returns the reader of one request's multipart body. It streams the file into the spool; parts may be in any order. */
export function uploadReader(request: FastifyRequest, spool: Spool, limit: number): UploadReader {
  return async (fileFields) => {
    if (!request.isMultipart()) {
      return { file: undefined, fields: {} };
    }
    let file: string | undefined;
    const fields: Record<string, string> = {};
    try {
      if (!(await ensureBoundary(request))) {
        return { file, fields };
      }
      for await (const part of request.parts({ limits: { fileSize: limit, files: 10, fields: 100 } })) {
        if (part.type === 'field' && fileFields.includes(part.fieldname)) {
          throw badRequestSyntax(
            `The part "${part.fieldname}" has no file name. Send it as a file (curl: -F ${part.fieldname}=@NAME).`,
          );
        } else if (part.type === 'field') {
          fields[part.fieldname] = String(part.value);
        } else if (!fileFields.includes(part.fieldname)) {
          throw badRequestSyntax(
            `The file is in the part "${part.fieldname}". Send it in the part "${fileFields.join('" or "')}".`,
          );
        } else if (file === undefined) {
          file = await storePart(part, spool, limit);
        } else {
          throw badRequestSyntax('The body contains more than one file. Send one file per request.');
        }
      }
      return { file, fields };
    } catch (error) {
      if (file !== undefined) {
        await spool.remove(file);
      }
      throw readable(error, limit);
    } finally {
      // The rest of a rejected body must be read, or it would block the next request on the connection forever.
      request.raw.unpipe().resume();
    }
  };
}

async function storePart(part: MultipartFile, spool: Spool, limit: number): Promise<string> {
  const file = await spool.store(part.file);
  if (part.file.truncated) {
    await spool.remove(file);
    throw uploadTooLarge(limit);
  }
  return file;
}

/**
 * Some clients send multipart without a boundary in Content-Type: with an empty body, which means "no file", or with a
 * body whose first line is the boundary. Returns false if there is no body.
 */
async function ensureBoundary(request: FastifyRequest): Promise<boolean> {
  const announced = request.headers['content-type'] ?? '';
  if (/boundary=/i.test(announced)) {
    return true;
  }
  const first = await firstChunk(request);
  const boundary = first === undefined ? undefined : /^--([^\r\n]{1,200})\r\n/.exec(first.toString('latin1'))?.[1];
  if (first === undefined) {
    return false;
  }
  if (boundary === undefined) {
    throw badRequestSyntax('The multipart body has no boundary, neither in Content-Type nor in its first line.');
  }
  request.raw.headers['content-type'] = `multipart/form-data; boundary=${boundary}`;
  return true;
}

async function firstChunk(request: FastifyRequest): Promise<Buffer | undefined> {
  const { raw } = request;
  // "readable" is also emitted without data, and is not emitted again for data that was there before.
  for (;;) {
    const chunk = raw.read() as Buffer | null;
    if (chunk !== null) {
      raw.unshift(chunk);
      return chunk;
    }
    if (raw.readableEnded || raw.destroyed) {
      return undefined;
    }
    await new Promise<void>((resolve, reject) => {
      const settle = (): void => {
        raw.off('readable', settle).off('end', settle).off('close', settle).off('error', reject);
        resolve();
      };
      raw.on('readable', settle).on('end', settle).on('close', settle).on('error', reject);
    });
  }
}

function readable(error: unknown, limit: number): unknown {
  if (error instanceof MunimentError) {
    return error;
  }
  const { code, message } = error as { code?: string; message: string };
  if (code === 'FST_REQ_FILE_TOO_LARGE') {
    return uploadTooLarge(limit);
  }
  const isOfDisk = code !== undefined && /^E[A-Z]+$/.test(code) && code !== 'ECONNRESET';
  return isOfDisk ? error : badRequestSyntax(`The multipart body cannot be parsed: ${message.replace(/\.+$/, '')}.`);
}
