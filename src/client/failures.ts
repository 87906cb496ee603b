/** The server rejected a request: its message, and the tracking id to find the request in the server's log. */
export class ServerRefusal extends Error {
  readonly status: number;
  /** Undefined if something other than the server responded, such as a proxy. */
  readonly trackingId: string | undefined;

  constructor(status: number, message: string, trackingId: string | undefined) {
    super(message);
    this.status = status;
    this.trackingId = trackingId;
  }
}

/** There was no response, or none that can be from the server. */
export class ServerUnreachable extends Error {}

/** Parses an error response: the contract's error body, an OAuth error, or the bodies of 401 and 429. */
export async function refusalOf(response: Response): Promise<ServerRefusal> {
  const { status, headers } = response;
  const trackingId = headers.get('slpt-request-id') ?? undefined;
  const text = await response.text().catch(() => '');
  return new ServerRefusal(status, messageOf(text) ?? `The server returned ${status}.`, trackingId);
}

interface RefusalBody {
  readonly messages?: readonly { readonly text?: string }[];
  readonly causes?: readonly { readonly text?: string }[];
  readonly error_description?: string;
  readonly error?: string;
  readonly message?: string;
}

function messageOf(text: string): string | undefined {
  const body = parsed(text);
  if (body === undefined) {
    return undefined;
  }
  const { messages, causes, error_description: description, error, message } = body;
  const texts = [messages?.[0]?.text, causes?.[0]?.text].filter((part) => typeof part === 'string');
  return texts.length > 0 ? texts.map(closed).join(' ') : (description ?? message ?? error)?.trim();
}

/** Ends a text with a full stop if it has no end mark. */
export function closed(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function parsed(text: string): RefusalBody | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? body : undefined;
  } catch {
    // A proxy may respond with a page of its own; then only the status is reported.
    return undefined;
  }
}

/** Converts an error of `fetch` to an error that names the URL and the reason. */
export function unreachable(url: string, error: unknown): ServerUnreachable {
  if ((error as Error).name === 'TimeoutError') {
    return new ServerUnreachable(`${url} did not respond in time.`);
  }
  const { cause } = error as { cause?: Error & { errors?: readonly Error[]; code?: string } };
  if (cause?.code === 'ERR_SSL_WRONG_VERSION_NUMBER' || cause?.code === 'ERR_SSL_PACKET_LENGTH_TOO_LONG') {
    return new ServerUnreachable(`${url} is unreachable: it does not use https.`);
  }
  // If a host has several addresses, there is one error for each, and no message.
  const reason = cause?.errors?.[0]?.message ?? (cause?.message || cause?.code) ?? (error as Error).message;
  return new ServerUnreachable(`${url} is unreachable: ${reason}.`);
}
