import { Agent, get } from 'node:http';
import { Agent as SecureAgent, get as getSecurely } from 'node:https';
import { pageSize } from '../catalogue/describe.ts';
import { listRequest } from '../load/requests.ts';
import { runLoad } from '../load/run-load.ts';
import type { BenchContext, Scenario } from '../scenario.ts';
import type { Target } from '../server/target.ts';
import { inTurn } from '../statistics.ts';

/** Reads everything page by page, like an export. */
export const readAll: Scenario = {
  name: 'read-all',
  title: 'Read everything by pages of 250',
  floor: '',
  isPortable: true,
  budget: { 'by searchAfter, 1 connection': { atLeast: 50_000 }, 'by offset, 4 connections': { atLeast: 50_000 } },
  run: async (context) => {
    const target = await context.serve();
    const [bySearchAfter = [], byOffset = []] = await inTurn(
      context.repetitions,
      () => readBySearchAfter(context, target),
      () => readByOffset(context, target),
    );
    await target.stop();
    return [
      { name: 'by searchAfter, 1 connection', unit: 'entitlements/s', measured: bySearchAfter },
      { name: 'by offset, 4 connections', unit: 'entitlements/s', measured: byOffset },
    ];
  },
};

/** Reads to the end, or for four times the duration of a measurement, and returns entitlements per second. */
async function readBySearchAfter({ seconds }: BenchContext, { url, api }: Target): Promise<number> {
  const agent = url.startsWith('https:') ? new SecureAgent({ keepAlive: true }) : new Agent({ keepAlive: true });
  const begun = performance.now();
  let read = 0;
  let after: string | undefined;
  do {
    const { path } = listRequest('/v2026/entitlements', {
      sorters: 'id',
      limit: pageSize,
      ...(after === undefined ? {} : { searchAfter: after }),
    });
    const page = await textOf(`${url}${path}`, api.token, agent);
    after = lastIdOf(page);
    read += after === undefined ? 0 : pageSize;
  } while (after !== undefined && performance.now() - begun < seconds * 4000);
  agent.destroy();
  return read / ((performance.now() - begun) / 1000);
}

function textOf(url: string, token: string, agent: Agent | SecureAgent): Promise<string> {
  const request = url.startsWith('https:') ? getSecurely : get;
  return new Promise((resolve, reject) => {
    request(url, { agent, headers: { authorization: `Bearer ${token}` } }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () => {
        const text = Buffer.concat(pieces).toString();
        if (response.statusCode === 200) {
          resolve(text);
        } else {
          reject(new Error(`${url} answered ${response.statusCode}: ${text}`));
        }
      });
    }).on('error', reject);
  });
}

/** Returns the id of the last entitlement of a page, without parsing the page if the id comes first. */
function lastIdOf(page: string): string | undefined {
  const between = '},{"id":"';
  const start = page.lastIndexOf(between);
  const quick = start === -1 ? undefined : page.slice(start + between.length).split('"', 1)[0];
  return quick ?? (JSON.parse(page) as { id: string }[]).at(-1)?.id;
}

async function readByOffset({ catalogue, seconds }: BenchContext, { url, api }: Target): Promise<number> {
  const requests = Array.from({ length: Math.floor(catalogue.total / pageSize) }, (_, page) =>
    listRequest('/v2025/entitlements', { sorters: 'id', limit: pageSize, offset: page * pageSize }),
  );
  const result = await runLoad({
    url,
    token: api.token,
    connections: 4,
    requests,
    // Every part of the catalogue is covered, even in a short measurement.
    order: 'random',
    seconds: seconds * 2,
  });
  return result.perSecond * pageSize;
}
