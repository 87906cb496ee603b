import { parentPort, workerData } from 'node:worker_threads';
import { randomNumbers } from '../catalogue/random.ts';
import { quantile } from '../statistics.ts';
import { Connection } from './connection.ts';
import type { Load, LoadResult } from './run-load.ts';

/**
 * Sends requests for a while and measures their latency, in a separate thread, so that the benchmark itself does not delay
 * them. Without a rate every connection sends its next request as soon as it has a response. With a rate, requests are
 * scheduled whether or not the server keeps up, and their latency counts from the scheduled time.
 */
const load = workerData as Load;
const requests = load.requests.map((request) => compose(request, load));
const random = randomNumbers(load.seed);
const connections = await Promise.all(Array.from({ length: load.connections }, () => Connection.open(load.url)));
const idle = [...connections];
const due: number[] = [];
const latencies: number[] = [];
const failures = new Map<string, number>();
let next = load.startAt;
let bytes = 0;
const begun = performance.now();
const measuredFrom = begun + load.warmUpSeconds * 1000;
const endsAt = measuredFrom + (load.seconds ?? Number.POSITIVE_INFINITY) * 1000;
let isStopped = false;
parentPort?.once('message', () => {
  isStopped = true;
});

await (load.rate === undefined ? sendAsFastAsPossible() : sendAtRate(load.rate));
const seconds = (Math.min(performance.now(), endsAt) - measuredFrom) / 1000;
for (const connection of connections) {
  connection.close();
}
const result: LoadResult = {
  requests: latencies.length,
  perSecond: latencies.length / seconds,
  megabytesPerSecond: bytes / 1e6 / seconds,
  p50: quantile(latencies, 0.5),
  p95: quantile(latencies, 0.95),
  p99: quantile(latencies, 0.99),
  largest: quantile(latencies, 1),
  failures: Object.fromEntries(failures),
  nextIndex: next,
};
parentPort?.postMessage(result);
parentPort?.close();

async function sendAsFastAsPossible(): Promise<void> {
  await Promise.all(
    connections.map(async (connection) => {
      while (!isOver()) {
        await send(connection, performance.now());
      }
    }),
  );
}

async function sendAtRate(rate: number): Promise<void> {
  let sent = 0;
  const open = new Set<Promise<void>>();
  const sendDue = async (connection: Connection, since: number): Promise<void> => {
    await send(connection, since);
    idle.push(connection);
    dispatch();
  };
  const dispatch = (): void => {
    for (let connection = idle.pop(); connection !== undefined; connection = idle.pop()) {
      const since = due.shift();
      if (since === undefined) {
        idle.push(connection);
        return;
      }
      const answered = sendDue(connection, since);
      open.add(answered);
      void answered.finally(() => open.delete(answered));
    }
  };
  while (!isOver()) {
    const now = performance.now();
    for (; sent < ((now - begun) / 1000) * rate; sent += 1) {
      due.push(now);
    }
    dispatch();
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  due.length = 0;
  await Promise.all(open);
}

function isOver(): boolean {
  return isStopped || performance.now() >= endsAt;
}

async function send(connection: Connection, since: number): Promise<void> {
  const index = load.order === 'random' ? Math.floor(random() * requests.length) : next++ % requests.length;
  const answer = await connection.send(requests[index] ?? Buffer.alloc(0));
  const now = performance.now();
  if (answer.status < 200 || answer.status > 299) {
    const failure = `${answer.status} for ${load.requests[index]?.path}`;
    failures.set(failure, (failures.get(failure) ?? 0) + 1);
  } else if (now >= measuredFrom && now <= endsAt) {
    latencies.push(now - since);
    bytes += answer.bytes;
  }
}

function compose(request: Load['requests'][number], { url, token }: Load): Buffer {
  const headers = [
    `${request.method} ${request.path} HTTP/1.1`,
    `Host: ${new URL(url).host}`,
    ...(token === undefined ? [] : [`Authorization: Bearer ${token}`]),
    ...(request.body === undefined
      ? []
      : ['Content-Type: application/json-patch+json', `Content-Length: ${Buffer.byteLength(request.body)}`]),
  ];
  return Buffer.from(`${headers.join('\r\n')}\r\n\r\n${request.body ?? ''}`);
}
