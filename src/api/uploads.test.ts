import { Agent, request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptySqlite, type EmptyDatabase } from '../../tests/support/engines.ts';
import { startTestServer, type TestServer } from '../../tests/support/server.ts';

let database: EmptyDatabase;
let server: TestServer;
let path = '';
beforeAll(async () => {
  database = await emptySqlite();
  server = await startTestServer(database);
  const claims = JSON.parse(Buffer.from(server.api.token.split('.')[1] ?? '', 'base64url').toString());
  const source = { name: 'Files', owner: { type: 'IDENTITY', id: claims.identity_id } };
  const { body } = await server.api.send('POST', '/v2025/sources?provisionAsCsv=true', source);
  path = `/v2025/sources/${body.id}/load-entitlements`;
});
afterAll(async () => {
  await server.stop();
  await database.remove();
});

/** More than the buffers of server and sockets. */
const rows = 'a,Alpha\n'.repeat(1_000_000);

function part(disposition: string, content: string): string {
  return `--b\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${content}\r\n`;
}

function statusOf(
  agent: Agent,
  method: string,
  target: string,
  body = '',
  contentType = 'multipart/form-data; boundary=b',
): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${server.api.token}`,
      ...(body === '' ? {} : { 'content-type': contentType, 'content-length': body.length }),
    };
    request(`${server.url}${target}`, { agent, method, headers, timeout: 5000 }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    })
      .on('timeout', function (this: { destroy(error: Error): void }) {
        this.destroy(new Error(`${method} ${target} has no answer.`));
      })
      .on('error', reject)
      .end(body);
  });
}

test.each([
  ['under another name', part('name="other"; filename="f"', rows)],
  ['as a text', part('name="file"', 'id') + part('name="more"; filename="f"', rows)],
  ['twice', part('name="file"; filename="f"', 'id') + part('name="file"; filename="f"', rows)],
  ['in no part', rows],
  ['under a name that objects have', part('name="constructor"; filename="f"', rows)],
  ['with too many text parts', part('name="a"', '').repeat(200) + part('name="file"; filename="f"', rows)],
])('a file %s is rejected, and the next request on its connection is answered', async (_, parts) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const statuses = [
      await statusOf(agent, 'POST', path, `${parts}--b--\r\n`),
      await statusOf(agent, 'GET', '/v2025/sources'),
    ];
    expect(statuses).toEqual([400, 200]);
  } finally {
    agent.destroy();
  }
});

test('a file without a boundary is rejected likewise', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const statuses = [
      await statusOf(agent, 'POST', path, rows, 'multipart/form-data'),
      await statusOf(agent, 'GET', '/v2025/sources'),
    ];
    expect(statuses).toEqual([400, 200]);
  } finally {
    agent.destroy();
  }
});
