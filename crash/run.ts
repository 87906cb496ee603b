import { removeLeftOvers } from '../bench/catalogue/databases.ts';
import { Chance } from './chance.ts';
import { type CrashOptions, readOptions, usage } from './options.ts';
import { roundLine, summaryOf, summaryText } from './report.ts';
import { type RoundReport, Rounds } from './rounds.ts';

/** The crash harness: kills the real server repeatedly and checks what is left. Exits with 1 if a check fails. */
const options = optionsOrUsage();
if (options !== undefined) {
  await crash(options);
}

function optionsOrUsage(): CrashOptions | undefined {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${(error as Error).message}\n${usage}`);
    process.exitCode = 2;
    return undefined;
  }
}

async function crash({ engine, rounds: count, seed, size, quiet, json }: CrashOptions): Promise<void> {
  await removeLeftOvers(engine);
  const rounds = new Rounds(engine, size);
  const reports: RoundReport[] = [];
  try {
    for (let number = 1; number <= count; number += 1) {
      // Each round has its own seed, so that it depends little on earlier rounds.
      const report = await rounds.play(number, new Chance(seed * 10_000 + number));
      reports.push(report);
      if (!json && (!quiet || report.failures.length > 0)) {
        console.log(roundLine(report));
      }
    }
  } finally {
    await rounds.close();
  }
  const summary = summaryOf({ engine, seed, size }, reports);
  console.log(json ? JSON.stringify({ ...summary, reports }, null, 2) : summaryText(summary));
  process.exitCode = summary.failures === 0 ? 0 : 1;
}
