import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';

/** What is known of an answer: its status and how long its body is. */
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
 * One HTTP/1.1 connection that is kept alive, with one request at a time. It reads no more of an answer than where it
 * ends: Node's own client takes more time than the servers measured, and would make all of them look alike.
 */
export class Connection {
  readonly #socket: Socket;
  #waiting: Waiting | undefined;
  #head: Buffer = Buffer.alloc(0);
  #status = 0;
  #bytes = 0;
  /** What is left of the body; undefined while the head is read, infinite for a body in chunks. */
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

  /** Sends a request, ready to be written, and resolves when its answer has arrived to the last byte. */
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
    throw new Error(`The answer does not say how long it is: ${head}`);
  }
  return Number(length ?? 0);
}
