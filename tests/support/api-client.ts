import { setTimeout as sleep } from 'node:timers/promises';

/** A response of the server. `body` is parsed if it is JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // Tests access bodies of every shape.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

/** Requests an access token with client credentials. Throws if it is rejected. */
export async function tokenOf(url: string, clientId: string, clientSecret: string): Promise<string> {
  const answer = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }),
  });
  const body = (await answer.json()) as { access_token?: string };
  if (body.access_token === undefined) {
    throw new Error(`No token: ${answer.status} ${JSON.stringify(body)}`);
  }
  return body.access_token;
}

/** A plain HTTP client of the API, for everything that the SDK does not support or hides. */
export class ApiClient {
  readonly url: string;
  readonly token: string;

  constructor(url: string, token: string) {
    this.url = url;
    this.token = token;
  }

  /** Sends a request; a plain object or array is sent as JSON, FormData as it is. */
  async send(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const isRaw = body instanceof FormData || typeof body === 'string' || body instanceof Uint8Array;
    const contentType = method === 'PATCH' ? 'application/json-patch+json' : 'application/json';
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body === undefined || isRaw ? {} : { 'content-type': contentType }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isRaw ? (body as string) : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
    return {
      status: response.status,
      headers: response.headers,
      body: isJson && text !== '' ? JSON.parse(text) : text,
    };
  }

  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer> {
    return this.send('GET', path, undefined, headers);
  }

  /** Uploads entitlements and waits for the task; returns its status. Throws if the upload is rejected. */
  async loadEntitlements(sourceId: string, csv: string | Uint8Array, objectType?: string): Promise<Answer['body']> {
    const form = new FormData();
    if (objectType !== undefined) {
      form.append('objectType', objectType);
    }
    form.append('file', new Blob([csv as string]), 'entitlements.csv');
    const answer = await this.send('POST', `/v2025/sources/${sourceId}/load-entitlements`, form);
    if (answer.status !== 202) {
      throw new Error(`The upload was rejected: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    return this.waitForTask(answer.body.id);
  }

  /** Uploads accounts and waits for the task; returns its status. Throws if the upload is rejected. */
  async loadAccounts(
    sourceId: string,
    csv: string | Uint8Array,
    parts: Readonly<Record<string, string>> = {},
  ): Promise<Answer['body']> {
    const form = new FormData();
    for (const [name, value] of Object.entries(parts)) {
      form.append(name, value);
    }
    form.append('file', new Blob([csv as string]), 'accounts.csv');
    const answer = await this.send('POST', `/v2025/sources/${sourceId}/load-accounts`, form);
    if (answer.status !== 202) {
      throw new Error(`The upload was rejected: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    return this.waitForTask(answer.body.task.id);
  }

  /** Waits until a task has ended; returns its status. Throws if it takes longer than 90 seconds. */
  async waitForTask(id: string): Promise<Answer['body']> {
    const deadline = Date.now() + 90_000;
    for (;;) {
      const { body } = await this.get(`/v2025/task-status/${id}`);
      if (body.completed !== null) {
        return body;
      }
      if (Date.now() > deadline) {
        throw new Error(`The task has not ended: ${JSON.stringify(body)}`);
      }
      await sleep(25);
    }
  }
}
