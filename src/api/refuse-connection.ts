import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';

/** The maximum size of the request line and headers together, in bytes. */
export const headerLimit = 128 * 1024;

/** Responds to a request that Node could not parse as HTTP, which no route or hook ever sees. */
export function refuseConnection(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, detailCode, text } =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? {
          status: '431 Request Header Fields Too Large',
          detailCode: '431 Request header fields too large',
          text: `The request line and the headers exceed ${headerLimit} bytes. Use a shorter filter and several requests.`,
        }
      : {
          status: '400 Bad Request',
          detailCode: '400.0 Bad request syntax',
          text: `The request is not valid HTTP: ${error.message}.`,
        };
  const messages = [{ locale: 'en-US', localeOrigin: 'DEFAULT', text }];
  const trackingId = randomBytes(16).toString('hex');
  const body = JSON.stringify({ detailCode, trackingId, messages, causes: [] });
  socket.end(
    `HTTP/1.1 ${status}\r\nSlpt-Request-Id: ${trackingId}\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
