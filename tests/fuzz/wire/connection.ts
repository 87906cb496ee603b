import { connect, type Socket } from 'node:net';

/** A response as received. */
export interface RawResponse {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Whether the connection can be used again. */
  readonly isKept: boolean;
}

/** Why there was no response. */
export type Absence =
  /** The server had closed the idle connection before it received the request, which is allowed. */
  | 'closed at the write'
  /** The server closed the connection after it had received the request. */
  | 'closed later'
  /** There was neither a response nor an end in time. */
  | 'silence';

/** The connection ended or stayed silent instead of responding. */
export class NoAnswer extends Error {
  readonly absence: Absence;
  constructor(message: string, absence: Absence) {
    super(message);
    this.absence = absence;
  }
}

/** A connection that ends within this time after a write, in milliseconds, was already being closed. */
const moment = 100;

/**
 * One connection that can send requests that no HTTP client sends, one at a time. It parses responses strictly, to detect
 * invalid ones.
 */
export class Connection {
  readonly #socket: Socket;
  #received: Buffer = Buffer.alloc(0);
  /** When it ended, by `performance.now()`. */
  #closedAt: number | undefined;
  #writtenAt = 0;
  #hasAnswerBegun = false;
  #isSilent = false;
  #wake: (() => void) | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (data) => {
      this.#hasAnswerBegun = true;
      this.#received = this.#received.length === 0 ? data : Buffer.concat([this.#received, data]);
      this.#wake?.();
    });
    const close = (): void => {
      this.#closedAt ??= performance.now();
      this.#wake?.();
    };
    // A reset is a way to close; the reader of the response decides whether it was allowed.
    socket.on('error', close);
    socket.on('close', close);
    socket.on('end', close);
  }

  static open(url: string): Promise<Connection> {
    const { hostname, port } = new URL(url);
    return new Promise((resolve, reject) => {
      const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new Connection(socket));
      });
    });
  }

  get isUsable(): boolean {
    return this.#closedAt === undefined;
  }

  /**
   * Sends a request and reads its response.
   * @param isLast whether to half-close the connection afterwards
   * @param patience the timeout for the complete response, in milliseconds
   * @throws NoAnswer if the connection ends before the response is complete, or after the timeout
   */
  async send(bytes: Buffer, method: string, isLast: boolean, patience: number): Promise<RawResponse> {
    this.#hasAnswerBegun = false;
    this.#writtenAt = performance.now();
    if (isLast) {
      this.#socket.end(bytes);
    } else {
      this.#socket.write(bytes);
    }
    const deadline = setTimeout(() => {
      this.#isSilent = true;
      this.#socket.destroy();
    }, patience);
    try {
      return await this.#read(method);
    } finally {
      clearTimeout(deadline);
    }
  }

  close(): void {
    this.#socket.destroy();
  }

  async #read(method: string): Promise<RawResponse> {
    const end = await this.#find(Buffer.from('\r\n\r\n'), 0);
    const [statusLine = '', ...lines] = this.#received.toString('latin1', 0, end).split('\r\n');
    this.#received = this.#received.subarray(end + 4);
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(statusLine)?.[1]);
    if (status >= 100 && status < 200) {
      return this.#read(method);
    }
    const headers = Object.fromEntries(
      lines.map((line): [string, string] => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
      }),
    );
    const isKept = headers['connection'] !== 'close';
    return { status, headers, body: await this.#body(method, status, headers), isKept };
  }

  async #body(method: string, status: number, headers: Readonly<Record<string, string>>): Promise<Buffer> {
    if (method === 'HEAD' || status === 204 || status === 304) {
      return Buffer.alloc(0);
    }
    if (headers['transfer-encoding'] === 'chunked') {
      return this.#chunks();
    }
    const length = headers['content-length'];
    if (length !== undefined) {
      return this.#take(Number(length));
    }
    while (this.isUsable) {
      await this.#more();
    }
    if (this.#isSilent) {
      throw this.#noAnswer();
    }
    return this.#received;
  }

  async #chunks(): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for (;;) {
      const end = await this.#find(Buffer.from('\r\n'), 0);
      const size = Number.parseInt(this.#received.toString('latin1', 0, end), 16);
      await this.#take(end + 2);
      const chunk = await this.#take(size);
      await this.#take(2);
      if (size === 0) {
        return Buffer.concat(chunks);
      }
      chunks.push(chunk);
    }
  }

  async #take(length: number): Promise<Buffer> {
    while (this.#received.length < length) {
      await this.#moreOrThrow();
    }
    const taken = this.#received.subarray(0, length);
    this.#received = this.#received.subarray(length);
    return taken;
  }

  async #find(mark: Buffer, from: number): Promise<number> {
    for (;;) {
      const found = this.#received.indexOf(mark, from);
      if (found !== -1) {
        return found;
      }
      await this.#moreOrThrow();
    }
  }

  async #moreOrThrow(): Promise<void> {
    if (!this.isUsable) {
      throw this.#noAnswer();
    }
    await this.#more();
  }

  #noAnswer(): NoAnswer {
    const begun = this.#hasAnswerBegun ? `; it began with ${this.#received.toString('latin1').slice(0, 200)}` : '';
    const after = Math.round((this.#closedAt ?? this.#writtenAt) - this.#writtenAt);
    if (this.#isSilent) {
      return new NoAnswer(`no complete response in ${after} ms${begun}`, 'silence');
    }
    return new NoAnswer(
      `the connection was closed without a complete response, after ${after} ms${begun}`,
      after < moment && !this.#hasAnswerBegun ? 'closed at the write' : 'closed later',
    );
  }

  async #more(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    this.#wake = undefined;
  }
}
