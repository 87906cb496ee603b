/** The server refused a request: its words, and what finds the request in the server's log. */
export class ServerRefusal extends Error {
  readonly status: number;
  /** Undefined when something else than the server answered, such as a proxy. */
  readonly trackingId: string | undefined;

  constructor(status: number, message: string, trackingId: string | undefined) {
    super(message);
    this.status = status;
    this.trackingId = trackingId;
  }
}

/** No answer came from the server, or none that it could have given. */
export class ServerUnreachable extends Error {}

/** Reads what a refusal says: the contract's envelope, an OAuth error, or the texts of 401 and 429. */
export async function refusalOf(response: Response): Promise<ServerRefusal> {
  const { status, headers } = response;
  const trackingId = headers.get('slpt-request-id') ?? undefined;
  const text = await response.text().catch(() => '');
  return new ServerRefusal(status, messageOf(text) ?? `The server answered ${status}.`, trackingId);
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

/** A text after which a new sentence may begin. */
export function closed(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function parsed(text: string): RefusalBody | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? body : undefined;
  } catch {
    // Whatever stands between may answer with a page of its own: then the status says it all.
    return undefined;
  }
}

/** Turns what `fetch` throws into a message that names the address and the reason. */
export function unreachable(url: string, error: unknown): ServerUnreachable {
  if ((error as Error).name === 'TimeoutError') {
    return new ServerUnreachable(`${url} did not answer in time.`);
  }
  const { cause } = error as { cause?: Error & { errors?: readonly Error[]; code?: string } };
  if (cause?.code === 'ERR_SSL_WRONG_VERSION_NUMBER' || cause?.code === 'ERR_SSL_PACKET_LENGTH_TOO_LONG') {
    return new ServerUnreachable(`${url} cannot be reached: what listens there does not speak https.`);
  }
  // An address with several numbers fails with one error for each, and no words of its own.
  const reason = cause?.errors?.[0]?.message ?? (cause?.message || cause?.code) ?? (error as Error).message;
  return new ServerUnreachable(`${url} cannot be reached: ${reason}.`);
}
