import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Progress } from './progress.ts';
import { openClient } from './session.ts';
import { listProblems } from './tasks.ts';
import { waitForTask } from './wait-for-task.ts';

let server: Server | undefined;
let output = '';

beforeEach(() => {
  output = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    output += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  server?.close();
  server?.closeAllConnections();
});

/** Starts a server that issues tokens and otherwise sends the given response; commands use it. */
async function serve(answer: RequestListener): Promise<void> {
  const started = createServer((request, response) => {
    if (request.url === '/oauth/token') {
      response.setHeader('content-type', 'application/json').end('{"access_token":"t"}');
    } else {
      answer(request, response);
    }
  });
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  const address = started.address();
  vi.stubEnv('MUNIMENT_URL', `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
  vi.stubEnv('SAIL_CLIENT_ID', 'id');
  vi.stubEnv('SAIL_CLIENT_SECRET', 'secret');
}

test.each([
  [true, 'lines,problem\r\n2,"Key \uFFFD]0;x\uFFFD\uFFFD[2J is odd"\r\n'],
  [false, 'lines,problem\r\n2,"Key \u001B]0;x\u0007\u009B[2J is odd"\r\n'],
])(
  'problems contain no control characters on a terminal (%s), and are unchanged otherwise',
  async (isTTY, expected) => {
    await serve((_, response) => {
      response
        .setHeader('content-type', 'text/csv')
        .end('lines,problem\r\n2,"Key \u001B]0;x\u0007\u009B[2J is odd"\r\n');
    });
    const before = process.stdout.isTTY;
    process.stdout.isTTY = isTTY;
    try {
      await listProblems('a', {});
    } finally {
      process.stdout.isTTY = before;
    }
    expect(output).toBe(expected);
  },
);

const silent = new Progress({ write: () => true }, true);
const ended = {
  id: 'a',
  completionStatus: 'SUCCESS',
  launched: '2030-01-01T00:00:00.000Z',
  completed: '2030-01-01T00:00:02.000Z',
  percentComplete: 100,
  messages: [],
  attributes: {},
};

test('waiting for a task survives an unavailable server', async () => {
  const statuses = [503, 502, 504];
  await serve((_, response) => {
    const status = statuses.shift() ?? 200;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(status === 200 ? ended : { message: 'Away' }));
  });
  expect(await waitForTask(openClient({}), 'a', silent)).toEqual(ended);
});

test('any other error ends the wait', async () => {
  await serve((_, response) => {
    response.writeHead(500, { 'content-type': 'application/json' }).end('{"message":"Broken"}');
  });
  await expect(waitForTask(openClient({}), 'a', silent)).rejects.toMatchObject({ status: 500 });
});
