import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { prepareRun, prepareRunAgainst } from './bench-run.ts';
import { readOptions, usage, type BenchOptions } from './options.ts';
import { type Figure, figureOf, machine, table } from './report.ts';
import { scenarios } from './scenarios.ts';

/** The benchmark: prepares the catalogue, runs the scenarios, prints a table. A missed budget is not a failure. */
const options = optionsOrUsage();
if (options !== undefined) {
  await bench(options);
}

function optionsOrUsage(): BenchOptions | undefined {
  try {
    const read = readOptions(process.argv.slice(2));
    const unknown = read.only.find((name) => !scenarios.some((scenario) => scenario.name === name));
    if (unknown !== undefined) {
      throw new Error(
        `There is no scenario ${unknown}. The scenarios are ${scenarios.map(({ name }) => name).join(', ')}.`,
      );
    }
    return read;
  } catch (error) {
    console.error(`${(error as Error).message}\n${usage}`);
    process.exitCode = 2;
    return undefined;
  }
}

async function bench(chosen: BenchOptions): Promise<void> {
  const say = (line: string): void => console.error(line);
  const { against, only } = chosen;
  const run = against === undefined ? await prepareRun(chosen, say) : await prepareRunAgainst(chosen, against);
  const figures: Figure[] = [];
  const load = loadavg()[0] ?? 0;
  try {
    for (const scenario of scenarios) {
      if ((only.length > 0 && !only.includes(scenario.name)) || (against !== undefined && !scenario.isPortable)) {
        continue;
      }
      say(`${scenario.name} …`);
      for (const measure of await scenario.run(run.context)) {
        const figure = figureOf(scenario, measure);
        figures.push(figure);
        say(
          `  ${figure.measure}: ${figure.measured.toPrecision(4)} ${figure.unit}${ratioText(figure)} ${figure.verdict}`,
        );
      }
    }
  } finally {
    await run.close();
  }
  const description = {
    machine: machine(),
    server: against?.url ?? chosen.engine,
    entitlements: run.context.catalogue.total,
    loadBefore: load,
    repetitions: chosen.repetitions,
    seconds: chosen.seconds,
  };
  console.log(`${JSON.stringify(description)}\n\n${table(figures)}`);
  if (chosen.json !== undefined) {
    writeFileSync(chosen.json, `${JSON.stringify({ ...description, figures }, null, 2)}\n`);
  }
}

function ratioText({ ratio }: Figure): string {
  return ratio === undefined ? '' : `, ratio ${ratio.median.toFixed(3)}`;
}
