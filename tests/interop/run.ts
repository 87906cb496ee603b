/**
 * Runs clients that are not part of this project, such as the Python SDK, against real servers: `npm run interop`.
 * Arguments are the names of clients; without any, all are run. With CI=true a client that cannot be run is a failure.
 */
import { parseArgs } from 'node:util';
import type { Engine } from '../fuzz/server/databases.ts';
import { type Client, clients } from './clients.ts';
import { type Command, runCommand } from './command.ts';
import { startInteropServer } from './server.ts';

/** The results of all runs, as lines of the summary. */
const results: { readonly title: string; readonly outcome: 'passed' | 'failed' | 'not run'; readonly note: string }[] =
  [];

function write(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Runs everything of one client on one engine. */
async function runClient(client: Client, engine: Engine): Promise<void> {
  for (const { title, command, serverFlags = [] } of client.runs) {
    const name = `${title} on ${engine}`;
    write(`\n${name}`);
    const begun = performance.now();
    const failure = await runOnServer(command, engine, serverFlags).catch((error: Error) => error.message);
    const seconds = ((performance.now() - begun) / 1000).toFixed(0);
    results.push({
      title: name,
      outcome: failure === undefined ? 'passed' : 'failed',
      note: failure ?? `${seconds} s`,
    });
  }
}

/** Runs a command with a server of its own; returns what went wrong with the command. Throws if the server fails. */
async function runOnServer(command: Command, engine: Engine, flags: readonly string[]): Promise<string | undefined> {
  const server = await startInteropServer(engine, flags);
  try {
    const code = await runCommand(command, server.variables);
    return code === 0 ? undefined : `it exited with ${code ?? 'nothing: it took too long'}`;
  } finally {
    await server.stop();
  }
}

/** Notes that something could not be run, which is a failure in CI. */
function notRun(title: string, reason: string): void {
  results.push({ title, outcome: process.env['CI'] === 'true' ? 'failed' : 'not run', note: reason });
}

function chosenClients(): readonly Client[] {
  const { positionals } = parseArgs({ allowPositionals: true });
  const unknown = positionals.filter((name) => !clients.some((client) => client.name === name));
  if (unknown.length > 0) {
    write(`There is no client ${unknown.join(', ')}. There are: ${clients.map(({ name }) => name).join(', ')}.`);
    process.exit(2);
  }
  return clients.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
}

const hasPostgres = process.env['MUNIMENT_TEST_POSTGRES_URL'] !== undefined;
for (const client of chosenClients()) {
  const missing = client.missing();
  if (missing !== undefined) {
    notRun(client.name, `needs ${missing}`);
    continue;
  }
  write(`Installing ${client.name}, unless it is in the cache`);
  try {
    client.install();
  } catch (error) {
    results.push({ title: client.name, outcome: 'failed', note: `it was not installed: ${(error as Error).message}` });
    continue;
  }
  await runClient(client, 'sqlite');
  if (hasPostgres) {
    await runClient(client, 'postgres');
  } else {
    notRun(`${client.name} on postgres`, 'needs MUNIMENT_TEST_POSTGRES_URL');
  }
}
write('');
for (const { title, outcome, note } of results) {
  write(`${outcome === 'passed' ? 'passed' : outcome.toUpperCase()}  ${title} (${note})`);
}
const count = (wanted: string): number => results.filter(({ outcome }) => outcome === wanted).length;
write(`interop: ${count('passed')} passed, ${count('failed')} failed, ${count('not run')} skipped`);
process.exitCode = count('failed') === 0 ? 0 : 1;
