import { closed, refusalOf, ServerRefusal, ServerUnreachable, unreachable } from './failures.ts';
import { operations, type Operations } from './operations.ts';
import { Pauses } from './pauses.ts';

/** A server and the client credentials to use. */
export interface Connection {
  /** Without a trailing slash. */
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export type OperationName = keyof Operations;
export type InputOf<Name extends OperationName> = Operations[Name]['input'];
export type ResultOf<Name extends OperationName> = Operations[Name]['result'];

/** The response of the token endpoint. */
export interface Grant {
  readonly access_token: string;
  /** Null for a client without an identity. */
  readonly identity_id: string | null;
  readonly user_name: string | null;
}

/** A response: its body, and the ETag for `If-Match` if it is a single resource. */
export interface Answer<T> {
  readonly body: T;
  readonly etag: string | undefined;
}

/** A streamed request body. */
export interface StreamedBody {
  readonly contentType: string;
  /** Starts over at each call; returns undefined if it has been read before and cannot be read again. */
  readonly chunks: () => AsyncIterable<Uint8Array> | undefined;
}

/** Options of a call. */
export interface CallOptions {
  readonly ifMatch?: string | undefined;
  readonly stream?: StreamedBody;
}

/** The timeout for a response, in milliseconds. Uploads have none. */
const patience = 120_000;

/** Calls the operations of a server: requests tokens as needed, and honours `Retry-After`. */
export class Client {
  readonly #connection: Connection;
  #grant: Promise<Grant> | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Requests a token. @throws ServerRefusal, ServerUnreachable */
  signIn(): Promise<Grant> {
    return this.#signIn(new Pauses());
  }

  /** Returns the current grant; requests a token at the first use. */
  grant(): Promise<Grant> {
    return this.#granted(new Pauses());
  }

  /** Calls an operation. @throws ServerRefusal, ServerUnreachable */
  async call<Name extends OperationName>(
    name: Name,
    input: InputOf<Name>,
    options: CallOptions = {},
  ): Promise<Answer<ResultOf<Name>>> {
    const response = await this.#send(name, input, options);
    const text = await this.#read(response);
    const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
    try {
      // The type is that of the server's OpenAPI document; other kinds of servers are detected here at the latest.
      const body: unknown = text === '' ? undefined : isJson ? JSON.parse(text) : text;
      return { body: body as ResultOf<Name>, etag: response.headers.get('etag') ?? undefined };
    } catch {
      throw new ServerUnreachable(`${this.#connection.url} returned a response that is not JSON.`);
    }
  }

  #granted(pauses: Pauses): Promise<Grant> {
    return this.#grant ?? this.#signIn(pauses);
  }

  async #signIn(pauses: Pauses): Promise<Grant> {
    const grant = this.#requestGrant(pauses);
    this.#grant = grant;
    try {
      return await grant;
    } catch (error) {
      // The next call requests a new token, unless another call has already done so.
      if (this.#grant === grant) {
        this.#grant = undefined;
      }
      throw error;
    }
  }

  async #send(name: OperationName, input: Input, { ifMatch, stream }: CallOptions): Promise<Response> {
    const operation: { method: string; path: string; mediaType?: string } = operations[name];
    const url = urlOf(operation.path, input);
    const pauses = new Pauses();
    for (let isRenewed = false; ;) {
      const { access_token: token } = await this.#granted(pauses);
      const chunks = stream?.chunks();
      if (stream !== undefined && chunks === undefined) {
        throw new ServerUnreachable(
          'The server asked to send the file again, but standard input cannot be read twice.',
        );
      }
      const contentType = stream?.contentType ?? (input.body === undefined ? undefined : operation.mediaType);
      const body = chunks ?? (input.body === undefined ? undefined : JSON.stringify(input.body));
      const response = await this.#fetch(url, {
        method: operation.method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(contentType === undefined ? {} : { 'content-type': contentType }),
          ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
        },
        ...(body === undefined ? {} : { body }),
        ...(chunks === undefined ? { signal: AbortSignal.timeout(patience) } : { duplex: 'half' }),
      });
      if (await pauses.waitedFor(response)) {
        continue;
      }
      if (response.status === 401 && !isRenewed) {
        // The token may have expired during a long list.
        isRenewed = true;
        await response.body?.cancel();
        await this.#signIn(pauses);
      } else if (response.ok) {
        return response;
      } else {
        throw await refusalOf(response);
      }
    }
  }

  async #requestGrant(pauses: Pauses): Promise<Grant> {
    const { url, clientId } = this.#connection;
    let response = await this.#askForToken();
    while (await pauses.waitedFor(response)) {
      response = await this.#askForToken();
    }
    // Below the base URL a Muniment server rejects the method or the media type of the form first.
    if ([404, 405, 415].includes(response.status)) {
      throw new ServerUnreachable(`${url} is not the base URL of a server with this API: it has no /oauth/token.`);
    }
    if (!response.ok) {
      const { status, message, trackingId } = await refusalOf(response);
      const reason = `The client id "${clientId}" is unknown, or its secret is wrong, expired or revoked.`;
      throw new ServerRefusal(status, status === 401 ? `${closed(message)} ${reason}` : message, trackingId);
    }
    const text = await this.#read(response);
    const grant = /^\s*\{/.test(text) ? (JSON.parse(text) as Partial<Grant>) : {};
    if (typeof grant.access_token !== 'string') {
      throw new ServerUnreachable(`${url} is not the base URL of a server with this API: it returned no token.`);
    }
    return {
      access_token: grant.access_token,
      identity_id: grant.identity_id ?? null,
      user_name: grant.user_name ?? null,
    };
  }

  #askForToken(): Promise<Response> {
    const { clientId, clientSecret } = this.#connection;
    return this.#fetch('/oauth/token', {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: clientSecret,
      }),
      signal: AbortSignal.timeout(patience),
    });
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    const { url } = this.#connection;
    let response: Response;
    try {
      // Following a redirect could send the secret or the token to a URL that the user did not choose.
      response = await fetch(`${url}${path}`, { ...init, redirect: 'manual' });
    } catch (error) {
      throw unreachable(url, error);
    }
    if (response.status >= 300 && response.status < 400) {
      const target = response.headers.get('location') ?? 'nowhere';
      throw new ServerUnreachable(
        `${url} redirects to ${target}. Redirects are not followed: use the server's own URL.`,
      );
    }
    return response;
  }

  async #read(response: Response): Promise<string> {
    try {
      return await response.text();
    } catch (error) {
      throw unreachable(this.#connection.url, error);
    }
  }
}

interface Input {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;
  readonly body?: unknown;
}

function urlOf(path: string, { path: values = {}, query = {} }: Input): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) {
      parameters.set(name, String(value));
    }
  }
  return parameters.size === 0 ? filled : `${filled}?${parameters}`;
}
