import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';

/** The parsed part of a response: its status and the length of its body. */
export interface RawAnswer {
  readonly status: number;
  readonly bytes: number;
}

interface Waiting {
  readonly resolve: (answer: RawAnswer) => void;
  readonly reject: (error: Error) => void;
}

const endOfHead = Buffer.from('\r\n\r\n');
const lastChunk = '0\r\n\r\n';

/**
 * One HTTP/1.1 keep-alive connection with one request at a time. It parses responses only as far as needed to find their
 * end: Node's client uses more time than the measured servers, which would hide their differences.
 */
export class Connection {
  readonly #socket: Socket;
  #waiting: Waiting | undefined;
  #head: Buffer = Buffer.alloc(0);
  #status = 0;
  #bytes = 0;
  /** The remaining bytes of the body; undefined while reading the head, infinite for a chunked body. */
  #left: number | undefined;
  #tail = '';

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (data) => this.#read(data));
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('The server closed the connection.')));
  }

  static open(url: string): Promise<Connection> {
    const { protocol, hostname, port } = new URL(url);
    return new Promise((resolve, reject) => {
      const socket =
        protocol === 'https:'
          ? connectSecurely({ host: hostname, port: Number(port || 443), servername: hostname })
          : connectPlain({ host: hostname, port: Number(port || 80) });
      socket.once('error', reject);
      socket.once(protocol === 'https:' ? 'secureConnect' : 'connect', () => resolve(new Connection(socket)));
    });
  }

  /** Sends a serialised request, and resolves when its response is complete. */
  send(request: Buffer): Promise<RawAnswer> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#waiting = undefined;
    this.#socket.destroy();
  }

  #read(data: Buffer): void {
    let body = data;
    if (this.#left === undefined) {
      this.#head = this.#head.length === 0 ? data : Buffer.concat([this.#head, data]);
      const end = this.#head.indexOf(endOfHead);
      if (end === -1) {
        return;
      }
      const head = this.#head.toString('latin1', 0, end);
      body = this.#head.subarray(end + endOfHead.length);
      this.#head = Buffer.alloc(0);
      this.#status = Number(head.slice(9, 12));
      this.#left = bodyLength(head, this.#status);
      this.#bytes = 0;
      this.#tail = '';
    }
    this.#bytes += body.length;
    if (this.#left === Number.POSITIVE_INFINITY) {
      this.#tail = (this.#tail + body.toString('latin1', Math.max(0, body.length - lastChunk.length))).slice(
        -lastChunk.length,
      );
      if (this.#tail === lastChunk) {
        this.#finish();
      }
      return;
    }
    this.#left -= body.length;
    if (this.#left <= 0) {
      this.#finish();
    }
  }

  #finish(): void {
    const waiting = this.#waiting;
    this.#left = undefined;
    this.#waiting = undefined;
    waiting?.resolve({ status: this.#status, bytes: this.#bytes });
  }

  #fail(error: Error): void {
    this.#waiting?.reject(error);
    this.#waiting = undefined;
  }
}

function bodyLength(head: string, status: number): number {
  if (/\r\ntransfer-encoding: *chunked/i.test(head)) {
    return Number.POSITIVE_INFINITY;
  }
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length === undefined && status !== 204) {
    throw new Error(`The response has no length: ${head}`);
  }
  return Number(length ?? 0);
}
