/** The server under acceptance test, and helpers that most tests need. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe } from 'vitest';
import type { ConnectorList } from '../../src/connectors/connector.ts';
import { type Family, layoutOf } from '../../src/api/families.ts';
import { type Answer, ApiClient, tokenOf } from '../support/api-client.ts';
import { describeOnEngines, type EmptyDatabase } from '../support/engines.ts';
import { administrator, startTestServer, type TestServer } from '../support/server.ts';

/** A running server, with the id and secret of an administrator's personal access token. */
const running = {
  url: process.env['MUNIMENT_ACCEPTANCE_URL'],
  clientId: process.env['MUNIMENT_ACCEPTANCE_CLIENT_ID'] ?? '',
  clientSecret: process.env['MUNIMENT_ACCEPTANCE_CLIENT_SECRET'] ?? '',
};

/** The families without an official SDK; they are called by plain HTTP. */
export const plainFamilies = ['v2025', 'v2026', 'v1'] as const satisfies readonly Family[];

/** The same and v3, for what v3 has and answers as they do: sources and their schemas, clients and users. */
export const plainFamiliesAndV3 = ['v3', ...plainFamilies] as const satisfies readonly Family[];

/** Returns the URL path of a contract path such as `/entitlements/{id}` in a family. */
export function pathIn(family: Family, path: string): string {
  return layoutOf(family).urlPath(path);
}

/** A server to test from outside, with only its URL and an administrator's credentials. */
export class ServerUnderTest {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Calls the API as the administrator. */
  readonly api: ApiClient;
  /** The administrator's identity. */
  readonly identityId: string;
  readonly #sources: string[] = [];
  readonly #segments: string[] = [];

  constructor(url: string, clientId: string, clientSecret: string, token: string) {
    this.url = url;
    this.clientId = clientId;
    this.clientSecret = clientSecret;
    this.api = new ApiClient(url, token);
    this.identityId = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).identity_id;
  }

  /** Creates a delimited-file source with a unique name. `group` replaces parts of its group schema. */
  async createSource(more: object = {}, group?: object): Promise<Answer['body']> {
    const owner = { type: 'IDENTITY', id: this.identityId };
    const name = `Source ${randomBytes(6).toString('hex')}`;
    const body = { name, owner, connector: 'delimited-file-angularsc', ...more };
    const source = expectStatus(await this.api.send('POST', '/v2025/sources', body), 201);
    this.#sources.push(source.id);
    if (group !== undefined) {
      const schemas = `/v2025/sources/${source.id}/schemas`;
      const [schema] = expectStatus(await this.api.get(`${schemas}?include-names=group`), 200);
      expectStatus(await this.api.send('PUT', `${schemas}/${schema.id}`, { ...schema, ...group }), 200);
    }
    return source;
  }

  /** Creates an active segment of the members of a department. */
  async createSegment(department = 'Finance', more: object = {}): Promise<Answer['body']> {
    const expression = { operator: 'EQUALS', attribute: 'department', value: { type: 'STRING', value: department } };
    const body = { name: department, active: true, visibilityCriteria: { expression }, ...more };
    const segment = expectStatus(await this.api.send('POST', '/v2025/segments', body), 201);
    this.#segments.push(segment.id);
    return segment;
  }

  /** Loads an entitlement file and waits for its task, which it returns. Throws if it does not end with `status`. */
  async load(
    source: { id: string },
    file: string | Uint8Array,
    { status = 'SUCCESS', objectType }: { status?: string; objectType?: string } = {},
  ): Promise<Answer['body']> {
    const task = await this.api.loadEntitlements(source.id, file, objectType);
    if (task.completionStatus !== status) {
      throw new Error(`The task ended otherwise than with ${status}: ${JSON.stringify(task)}`);
    }
    return task;
  }

  /** Returns the entitlements of a source, sorted by value. */
  async entitlementsOf(source: { id: string }): Promise<Answer['body'][]> {
    const query = queryOf({ filters: `source.id eq "${source.id}"`, sorters: 'value' });
    return expectStatus(await this.api.get(`/v2025/entitlements?${query}`), 200);
  }

  /** Deletes the created sources and segments: the server may have other users. */
  async removeObjects(): Promise<void> {
    for (const id of this.#sources) {
      await this.api.send('DELETE', `/v2025/sources/${id}`);
    }
    for (const id of this.#segments) {
      await this.api.send('DELETE', `/v2025/segments/${id}`);
    }
  }
}

/** A server in this process, with access to its internals. */
export class OwnServer extends ServerUnderTest {
  readonly database: EmptyDatabase;
  readonly dataDir: string;

  constructor(server: TestServer, database: EmptyDatabase) {
    super(server.url, administrator.clientId, administrator.clientSecret, server.api.token);
    this.database = database;
    this.dataDir = server.dataDir;
  }
}

/**
 * Describes tests for every server: in this process with each engine, or, if MUNIMENT_ACCEPTANCE_URL
 * (with MUNIMENT_ACCEPTANCE_CLIENT_ID and _SECRET) names a running server, once on that one.
 */
export function describeServer(title: string, body: (server: () => ServerUnderTest) => void): void {
  const { url, clientId, clientSecret } = running;
  if (url === undefined) {
    describeOwnServer(title, {}, body);
    return;
  }
  describe(`${title} at ${url}`, () => {
    let server: ServerUnderTest;
    beforeAll(async () => {
      server = new ServerUnderTest(url, clientId, clientSecret, await tokenOf(url, clientId, clientSecret));
    });
    afterAll(() => server.removeObjects());
    body(() => server);
  });
}

/**
 * Describes tests that need specific settings, connectors or internals: only on servers in this process.
 */
export function describeOwnServer(
  title: string,
  settings: Readonly<Record<string, string>>,
  body: (server: () => OwnServer) => void,
  connectorList?: ConnectorList,
): void {
  if (running.url !== undefined) {
    describe.skipIf(true)(`${title} (skipped: needs a server of its own, not ${running.url})`, () =>
      body(() => {
        throw new Error('There is no server.');
      }),
    );
    return;
  }
  describeOnEngines(title, (make) => {
    let database: EmptyDatabase;
    let started: TestServer;
    let server: OwnServer;
    beforeAll(async () => {
      database = await make();
      started = await startTestServer(database, settings, connectorList === undefined ? {} : { connectorList });
      server = new OwnServer(started, database);
    });
    afterAll(async () => {
      await started.stop();
      await database.remove();
    });
    body(() => server);
  });
}

/** Returns the body of a response with this status. Throws the whole response otherwise. */
export function expectStatus(answer: Answer, status: number): Answer['body'] {
  if (answer.status !== status) {
    throw new Error(`Status ${answer.status} instead of ${status}: ${JSON.stringify(answer.body)}`);
  }
  return answer.body;
}

/** Returns the status and first message of an error response. */
export function refusal({ status, body }: Answer): [number, string] {
  return [status, body.messages?.[0]?.text ?? body.error ?? JSON.stringify(body)];
}

/** Returns string attributes for a schema; a name that ends in `[]` is multi-valued. */
export function attributes(...names: readonly string[]): object[] {
  return names.map((name) => ({ name: name.replace('[]', ''), type: 'STRING', isMulti: name.endsWith('[]') }));
}

/** A multipart form. The parts `file` and `csvFile` are files, others are text. */
export function form(...parts: readonly (readonly [name: string, content: string | Uint8Array])[]): FormData {
  const data = new FormData();
  for (const [name, content] of parts) {
    if (name === 'file' || name === 'csvFile') {
      data.append(name, new Blob([content as string]), 'upload.csv');
    } else {
      data.append(name, String(content));
    }
  }
  return data;
}

/** Query parameters, encoded as browsers do (a space is `+`). */
export function queryOf(parameters: Readonly<Record<string, string | number | boolean>>): string {
  return new URLSearchParams(
    Object.entries(parameters).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
}
