import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { Gate } from './gate.ts';
import type { Plan } from './plans/plan.ts';
import { Sender } from './sender.ts';
import { World } from './server/world.ts';
import { Tally } from './tally.ts';

/** In milliseconds. */
const patience = 400;

const plan: Plan = {
  title: 'a probe',
  group: 'probes',
  method: 'GET',
  path: '/health/live',
  query: '',
  caller: 'none',
  headers: [],
  body: undefined,
  framing: 'length',
};
const broken: Plan = { ...plan, raw: 'GET' };

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) {
    end();
  }
});

function answer(socket: Socket): void {
  socket.write(`HTTP/1.1 200 OK\r\nSlpt-Request-Id: ${'a'.repeat(32)}\r\nContent-Length: 2\r\n\r\n{}`);
}

/** Starts a server that handles the first requests like this and answers all others. Returns the number of requests. */
async function serverThat(
  ...behaviours: readonly ((socket: Socket) => void)[]
): Promise<{ sender: Sender; tally: Tally; requests: () => number; connections: () => number }> {
  let requests = 0;
  let connections = 0;
  const server: Server = createServer({ allowHalfOpen: true }, (socket) => {
    connections += 1;
    ends.push(() => socket.destroy());
    socket.on('data', () => (behaviours[requests++] ?? answer)(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const tally = new Tally();
  const sender = new Sender(`http://127.0.0.1:${port}`, new World({}, []), tally, new Gate(), patience);
  ends.push(() => {
    sender.close();
    server.close();
  });
  return { sender, tally, requests: () => requests, connections: () => connections };
}

test('a hang on a reused connection is a finding: the request is not repeated', async () => {
  const { sender, tally, requests } = await serverThat(answer, () => undefined);
  await sender.send(plan);
  await expect(sender.send(plan)).rejects.toThrow(/^no complete response in \d{3} ms$/);
  expect([requests(), tally.resent]).toEqual([2, 0]);
  // The next request uses a new connection.
  await sender.send(plan);
});

test('an incomplete response is a finding', async () => {
  const half = (socket: Socket): void => void socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc');
  const { sender, requests } = await serverThat(answer, half, (socket) => {
    half(socket);
    socket.end();
  });
  await sender.send(plan);
  await expect(sender.send(plan)).rejects.toThrow(/^no complete response in \d{3} ms; it began with abc$/);
  await expect(sender.send(plan)).rejects.toThrow(/^the connection was closed without a complete response/);
  expect(requests()).toBe(3);
});

test('a connection closed some time after the request is a finding', async () => {
  const { sender, requests } = await serverThat(answer, (socket) => void setTimeout(() => socket.destroy(), 200));
  await sender.send(plan);
  await expect(sender.send(plan)).rejects.toThrow(
    /^the connection was closed without a complete response, after \d{3} ms$/,
  );
  expect(requests()).toBe(2);
});

test('a connection closed at the write may have been idle for too long: the request is repeated and counted', async () => {
  const close = (socket: Socket): void => void socket.destroy();
  const { sender, tally, requests } = await serverThat(answer, close, answer, close, close);
  await sender.send(plan);
  await sender.send(plan);
  expect([requests(), tally.resent]).toEqual([3, 1]);
  await expect(sender.send(plan)).rejects.toThrow(/^the connection was closed without a complete response/);
  expect([requests(), tally.resent]).toEqual([5, 2]);
});

test('a connection closed while idle is replaced', async () => {
  const { sender, tally, requests, connections } = await serverThat((socket) => {
    answer(socket);
    socket.end();
  });
  await sender.send(plan);
  await new Promise((resolve) => setTimeout(resolve, 50));
  await sender.send(plan);
  expect([requests(), connections(), tally.resent]).toEqual([2, 2, 0]);
});

test('invalid HTTP may be answered by closing the connection, but not by silence', async () => {
  const { sender, tally } = await serverThat(
    (socket) => void socket.destroy(),
    () => undefined,
  );
  await sender.send(broken);
  expect(tally.groups.get('probes')?.classes[0]).toBe(1);
  await expect(sender.send(broken)).rejects.toThrow(/^no complete response in \d{3} ms$/);
});
