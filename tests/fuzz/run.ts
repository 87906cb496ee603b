/** Sends generated requests to real servers and checks every response against the contract: `npm run fuzz`. */
import { runEpoch } from './epoch.ts';
import { readOptions, usage, type FuzzOptions } from './options.ts';
import { describeRun } from './report.ts';
import { Tally } from './tally.ts';

function write(text: string): void {
  process.stdout.write(`${text}\n`);
}

function optionsOrUsage(): FuzzOptions {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    write(`${(error as Error).message}\n${usage}`);
    process.exit(2);
  }
}

const options = optionsOrUsage();
const tally = new Tally();
const begun = performance.now();
write(`Seed ${options.seed}.`);
for (let epoch = 0; tally.requests < options.requests && tally.failures.size === 0; epoch++) {
  const requests = Math.min(options.perServer, options.requests - tally.requests);
  await runEpoch(options, options.seed + epoch * 1_000_003, requests, tally);
  write(`${tally.requests} requests, ${tally.failures.size} kinds of failures`);
}
write(describeRun(options, tally, (performance.now() - begun) / 1000));
process.exitCode = tally.failures.size === 0 ? 0 : 1;
