import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { Client } from './client.ts';
import { ServerRefusal, ServerUnreachable } from './failures.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

/** A server that issues tokens and otherwise sends the given responses, like proxies and other products. */
async function clientOf(
  answer: (request: IncomingMessage, response: ServerResponse, number: number) => void,
): Promise<{ client: Client; requests: string[] }> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`.trim());
    const tokens = requests.filter((line) => line.startsWith('POST /oauth/token')).length;
    if (request.url === '/oauth/token' && answer.length === 3) {
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ access_token: `t${tokens}` }));
    } else {
      answer(request, response, requests.length - tokens);
    }
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  return { client: new Client({ url, clientId: 'id', clientSecret: 'secret' }), requests };
}

function end(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

describe('a call', () => {
  test('requests a token once, fills in the path and omits undefined parameters', async () => {
    const { client, requests } = await clientOf((_request, response, _number) => {
      end(response, 200, { id: 'a' }, { etag: '"7"' });
    });
    expect(await client.call('getEntitlement', { path: { id: 'a/b?' } })).toEqual({ body: { id: 'a' }, etag: '"7"' });
    await client.call('listEntitlements', { query: { limit: 1, filters: 'name eq "a b"', sorters: undefined } });
    expect(requests).toEqual([
      'POST /oauth/token',
      'GET /v2026/entitlements/a%2Fb%3F Bearer t1',
      'GET /v2026/entitlements?limit=1&filters=name+eq+%22a+b%22 Bearer t1',
    ]);
  });

  test('honours Retry-After, and renews its token once', async () => {
    const { client, requests } = await clientOf((_request, response, number) => {
      if (number === 1) {
        end(response, 429, { message: ' Rate Limit Exceeded ' }, { 'retry-after': '0' });
      } else if (number === 2) {
        end(response, 401, { error: 'JWT is expired' });
      } else {
        end(response, 200, []);
      }
    });
    expect((await client.call('listSources', {})).body).toEqual([]);
    expect(requests.at(-1)).toContain('Bearer t2');
    expect(requests).toHaveLength(5);
  });

  test('fails if a renewed token is rejected', async () => {
    const { client, requests } = await clientOf((_request, response, _number) => {
      end(response, 401, { error: 'JWT is expired' });
    });
    await expect(client.call('listSources', {})).rejects.toMatchObject({ status: 401, message: 'JWT is expired' });
    expect(requests).toHaveLength(4);
  });

  test('does not wait forever', async () => {
    const { client } = await clientOf((_request, response, _number) => {
      end(response, 429, { message: ' Rate Limit Exceeded ' }, { 'retry-after': '3600' });
    });
    await expect(client.call('listSources', {})).rejects.toMatchObject({ status: 429, message: 'Rate Limit Exceeded' });
  });

  test.each([
    [{ messages: [{ text: 'No' }], causes: [{ text: 'Why.' }] }, 'No. Why.'],
    [{ error: 'JWT is expired' }, 'JWT is expired'],
    [{ error: 'invalid_client', error_description: 'Bad client credentials' }, 'Bad client credentials'],
    [['odd'], 'The server returned 400.'],
  ])('reports the message of %j', async (body, message) => {
    const { client } = await clientOf((_request, response, _number) => {
      end(response, 400, body, { 'slpt-request-id': 'abc' });
    });
    const refusal = await client.call('listSources', {}).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ServerRefusal);
    expect(refusal).toMatchObject({ status: 400, message, trackingId: 'abc' });
  });
});

describe('a token', () => {
  test('is requested again by the next call after a failure', async () => {
    const answers = [
      (request: IncomingMessage) => request.socket.destroy(),
      (_: IncomingMessage, response: ServerResponse) => end(response, 503, { message: 'Away' }),
      (_: IncomingMessage, response: ServerResponse) => end(response, 200, { access_token: 'late' }),
      (_: IncomingMessage, response: ServerResponse) => end(response, 200, []),
    ];
    const { client, requests } = await clientOf((request, response) =>
      answers[requests.length - 1]?.(request, response),
    );
    await expect(client.call('listSources', {})).rejects.toBeInstanceOf(ServerUnreachable);
    await expect(client.call('listSources', {})).rejects.toMatchObject({ status: 503, message: 'Away' });
    expect((await client.call('listSources', {})).body).toEqual([]);
    expect(requests).toHaveLength(4);
  });

  test.each([429, 503])('is retried after %i with Retry-After', async (status) => {
    const { client, requests } = await clientOf((_request, response) => {
      const isFirst = requests.length === 1;
      end(response, isFirst ? status : 200, { access_token: 'late' }, isFirst ? { 'retry-after': '0' } : {});
    });
    expect(await client.grant()).toMatchObject({ access_token: 'late' });
    expect(requests).toEqual(['POST /oauth/token', 'POST /oauth/token']);
  });

  test('that is refused is reported with the client id', async () => {
    const { client } = await clientOf((_request, response) => {
      end(response, 401, { error: 'invalid_client', error_description: 'Bad client credentials' });
    });
    await expect(client.grant()).rejects.toMatchObject({
      status: 401,
      message: 'Bad client credentials. The client id "id" is unknown, or its secret is wrong, expired or revoked.',
    });
  });

  test('is not retried forever', async () => {
    const { client, requests } = await clientOf((_request, response) => {
      end(response, 503, { message: 'Away' }, { 'retry-after': '3600' });
    });
    await expect(client.grant()).rejects.toMatchObject({ status: 503 });
    expect(requests).toHaveLength(1);
  });
});

describe('reports what is not a Muniment server', () => {
  test('a redirect: neither secret nor token is sent there', async () => {
    const target = await clientOf((_request, response) => end(response, 200, { access_token: 'x' }));
    const { client } = await clientOf((_request, response) => {
      end(response, 307, {}, { location: 'http://127.0.0.1:9/elsewhere' });
    });
    await expect(client.signIn()).rejects.toThrow('redirects to http://127.0.0.1:9/elsewhere');
    expect(target.requests).toEqual([]);
  });

  test.each<[string, number, unknown, RegExp]>([
    ['without tokens', 404, {}, /it has no \/oauth\/token/],
    ['below its base URL', 415, {}, /it has no \/oauth\/token/],
    ['with another response', 200, 'hello', /returned no token/],
  ])('one %s', async (_, status, body, text) => {
    const { client } = await clientOf((_request, response) => end(response, status, body));
    await expect(client.signIn()).rejects.toThrow(text);
  });

  test('one that returns invalid JSON, and one that closes the connection', async () => {
    const broken = await clientOf((_request, response, _number) => {
      response.setHeader('content-type', 'application/json').end('{"a":');
    });
    await expect(broken.client.call('listSources', {})).rejects.toThrow('a response that is not JSON');
    const hangs = await clientOf((request, _response, _number) => request.socket.destroy());
    await expect(hangs.client.call('listSources', {})).rejects.toBeInstanceOf(ServerUnreachable);
  });

  test('one without https', async () => {
    const server = createServer();
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const url = `https://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    await expect(new Client({ url, clientId: 'id', clientSecret: 'secret' }).signIn()).rejects.toThrow(
      `${url} is unreachable: it does not use https.`,
    );
  });

  test('an unreachable one', async () => {
    const client = new Client({ url: 'http://localhost:2', clientId: 'id', clientSecret: 'secret' });
    await expect(client.signIn()).rejects.toThrow(/^http:\/\/localhost:2 is unreachable: connect ECONNREFUSED/);
  });
});
