import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig } from '../../src/config.ts';
import { examine } from '../../src/doctor.ts';
import { listOpenTasks } from '../../src/storage/tasks/open-tasks.ts';
import { openForReading } from '../../src/storage/open-database.ts';
import { Gate } from './gate.ts';
import { runLane } from './lane.ts';
import type { FuzzOptions } from './options.ts';
import { Sender } from './sender.ts';
import { emptyDatabase } from './server/databases.ts';
import { prepareWorld } from './server/prepare.ts';
import { type FuzzedServer, startServer } from './server/start-server.ts';
import type { Tally } from './tally.ts';

/** Tasks that are not final this long after the last request, in milliseconds, are stuck. */
const patience = 120_000;
/** An in-memory file system, if there is one: durability is not tested here. */
const fastest = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
/** The number of kinds of failures after which a run ends. */
const enough = 25;

/** Runs one server with a new catalogue, sends a number of requests, and checks it at the end. */
export async function runEpoch(options: FuzzOptions, seed: number, requests: number, tally: Tally): Promise<void> {
  const folder = mkdtempSync(join(fastest, 'muniment-fuzz-'));
  const database = await emptyDatabase(options.engine, folder);
  const dataDir = join(folder, 'data');
  try {
    const server = await startServer(dataDir, database.url);
    try {
      await sendAll(options, seed, requests, tally, server, database.url);
      await awaitTasks(database.url, server, tally);
    } finally {
      const death = server.death();
      const code = await server.stop();
      if (death !== undefined || code !== 0) {
        complain(
          tally,
          'the server',
          `${death ?? `it ended with ${code} when asked to stop`}. ${server.log().slice(-1500)}`,
        );
      }
    }
    checkLog(server, tally);
    await checkDatabase(server, tally);
  } finally {
    await database.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function sendAll(
  { connections }: FuzzOptions,
  seed: number,
  requests: number,
  tally: Tally,
  server: FuzzedServer,
  databaseUrl: string,
): Promise<void> {
  const world = await prepareWorld(server, databaseUrl);
  const gate = new Gate();
  const isOver = (): boolean => server.death() !== undefined || tally.failures.size >= enough || world.lostRights > 50;
  const lanes = Array.from({ length: connections }, (_, index) => index);
  await Promise.all(
    lanes.map(async (lane) => {
      const sender = new Sender(server.url, world, tally, gate);
      const share = Math.floor(requests / connections) + (lane < requests % connections ? 1 : 0);
      try {
        await runLane(sender, tally, seed + lane * 104_729, share, isOver);
      } finally {
        sender.close();
      }
    }),
  );
  if (world.lostRights > 50) {
    complain(tally, 'the catalogue', 'the administrator no longer has access');
  }
}

/** Waits until every task is final. */
async function awaitTasks(databaseUrl: string, server: FuzzedServer, tally: Tally): Promise<void> {
  if (server.death() !== undefined) {
    return;
  }
  const deadline = Date.now() + patience;
  const { session, close } = await openForReading(databaseUrl);
  try {
    for (;;) {
      const open = await listOpenTasks(session);
      if (open.length === 0) {
        return;
      }
      if (Date.now() > deadline) {
        complain(
          tally,
          'tasks',
          `${open.length} are open ${patience / 1000} s after the last request: ${JSON.stringify(open[0])}`,
        );
        return;
      }
      await sleep(50);
    }
  } finally {
    await close();
  }
}

/** Checks that the server writes only log lines, and none about an error. */
function checkLog(server: FuzzedServer, tally: Tally): void {
  for (const line of server.log().split('\n')) {
    if (line !== '' && !/^\{"level":(?:20|30),/.test(line)) {
      const text = line.replaceAll(/"(?:time|trackingId)":[^,]+,/g, '');
      complain(tally, 'the log', text.slice(0, 1500));
    }
  }
}

/** Checks that the doctor finds no problem, and that no upload or task is left. */
async function checkDatabase(server: FuzzedServer, tally: Tally): Promise<void> {
  for await (const { subject, outcome, text } of examine(readConfig({}, server.environment, undefined), true)) {
    if (outcome === 'wrong' || (outcome === 'note' && ['tasks', 'uploads'].includes(subject))) {
      complain(tally, 'the doctor', `${subject}: ${text}`);
    }
  }
}

function complain(tally: Tally, title: string, problem: string): void {
  const signature = `${title}: ${problem.slice(0, 90).replaceAll(/[0-9a-f]{8,}|\d+/g, '#')}`;
  tally.failed({ signature, problem: `${title}: ${problem}`, request: undefined, path: undefined });
}
