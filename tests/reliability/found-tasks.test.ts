import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { Api } from '../../bench/server/api.ts';
import { findTasks, type Load } from '../../crash/loads.ts';

const figures: Load['figures'] = {};

function load(taskId: string | undefined): Load {
  return { path: '/', file: '', figures, taskId };
}

test('the crash harness finds the task of an unanswered upload among any number of tasks', async () => {
  const ids = Array.from({ length: 300 }, (_, number) => `t${number}`);
  // Pages like those of a server.
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://server');
    if (pathname === '/oauth/token') {
      response.end('{"access_token":"token"}');
      return;
    }
    const sorted = searchParams.get('sorters') === '-created' ? ids.toReversed() : ids;
    const page = sorted.slice(0, Number(searchParams.get('limit')));
    response.end(JSON.stringify(page.map((id) => ({ id }))));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const api = await Api.open(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`, 'id', 'secret');
  try {
    const loads = [load('t297'), load(undefined), load(undefined), load(undefined)];
    await findTasks(api, loads, new Set(ids.slice(0, 297)));
    expect(loads.map(({ taskId }) => taskId)).toEqual(['t297', 't298', 't299', undefined]);
  } finally {
    server.close();
    server.closeAllConnections();
  }
});
