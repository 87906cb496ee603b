import { openAsBlob } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long a token is used, in milliseconds: less than it is valid. */
const tokenUse = 5 * 60_000;

interface Grant {
  readonly token: string;
  readonly identityId: string | undefined;
  readonly renewAt: number;
}

/** Calls a server's API as one client; for everything that is not measured request by request. */
export class Api {
  readonly url: string;
  readonly #requestGrant: () => Promise<Grant>;
  #grant: Grant;

  private constructor(url: string, requestGrant: () => Promise<Grant>, grant: Grant) {
    this.url = url;
    this.#requestGrant = requestGrant;
    this.#grant = grant;
  }

  /** Gets a token by client credentials. Throws when it is refused. */
  static async open(url: string, clientId: string, clientSecret: string): Promise<Api> {
    const requestGrant = (): Promise<Grant> => grantOf(url, clientId, clientSecret);
    return new Api(url, requestGrant, await requestGrant());
  }

  /** A token that is valid for at least as long as a measurement takes after a request. */
  get token(): string {
    return this.#grant.token;
  }

  /** The identity it acts for. */
  get identityId(): string | undefined {
    return this.#grant.identityId;
  }

  /** Sends one request. Throws when the answer is not 2xx. */
  async send(method: string, path: string, body?: unknown): Promise<Response> {
    if (Date.now() > this.#grant.renewAt) {
      this.#grant = await this.#requestGrant();
    }
    const isForm = body instanceof FormData;
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    });
    if (!response.ok) {
      throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    }
    return response;
  }

  async json<T>(method: string, path: string, body?: unknown): Promise<T> {
    return (await (await this.send(method, path, body)).json()) as T;
  }

  /**
   * Loads a file of entitlements into a source and waits for the end of the task.
   * Returns the seconds from the beginning of the upload. Throws when the task does not end with SUCCESS.
   */
  async loadEntitlements(sourceId: string, file: string): Promise<number> {
    const begun = performance.now();
    const form = new FormData();
    form.append('objectType', 'group');
    form.append('file', await openAsBlob(file), 'entitlements.csv');
    const { id } = await this.json<{ id: string }>('POST', `/v2025/sources/${sourceId}/load-entitlements`, form);
    return this.#secondsOfTask(id, file, begun);
  }

  /** Loads a file of accounts, as `loadEntitlements`. */
  async loadAccounts(sourceId: string, file: string): Promise<number> {
    const begun = performance.now();
    const form = new FormData();
    form.append('file', await openAsBlob(file), 'accounts.csv');
    const path = `/v2025/sources/${sourceId}/load-accounts`;
    const { task } = await this.json<{ task: { id: string } }>('POST', path, form);
    return this.#secondsOfTask(task.id, file, begun);
  }

  /** Sets a field of all entitlements that match a filter and waits for the end of the task. Returns the seconds. */
  async updateEntitlements(filters: string, path: string, value: unknown): Promise<number> {
    const begun = performance.now();
    const body = { filters, jsonPatch: [{ op: 'replace', path, value }] };
    const { task } = await this.json<{ task: { id: string } }>('POST', '/muniment/v1/entitlements/bulk-update', body);
    return this.#secondsOfTask(task.id, filters, begun);
  }

  /** Deletes the entitlements of a source and waits for the end of the task. Returns the seconds, as `loadEntitlements`. */
  async resetEntitlements(sourceId: string): Promise<number> {
    const begun = performance.now();
    const { id } = await this.json<{ id: string }>('POST', `/v2025/entitlements/reset/sources/${sourceId}`);
    return this.#secondsOfTask(id, sourceId, begun);
  }

  async #secondsOfTask(id: string, file: string, begun: number): Promise<number> {
    for (;;) {
      const task = await this.json<{ completionStatus: string | null }>('GET', `/v2025/task-status/${id}`);
      if (task.completionStatus === 'SUCCESS') {
        return (performance.now() - begun) / 1000;
      }
      if (task.completionStatus !== null) {
        throw new Error(`The task for ${file} ended with ${JSON.stringify(task)}`);
      }
      await sleep(20);
    }
  }
}

async function grantOf(url: string, clientId: string, clientSecret: string): Promise<Grant> {
  const response = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }),
  });
  const body = (await response.json()) as { access_token?: string; identity_id?: string };
  if (body.access_token === undefined) {
    throw new Error(`${url} gives no token: ${response.status} ${JSON.stringify(body)}`);
  }
  return { token: body.access_token, identityId: body.identity_id, renewAt: Date.now() + tokenUse };
}
