import { arch, cpus, platform, release, totalmem } from 'node:os';
import type { Budget, Measure, Scenario } from './scenario.ts';
import { median } from './statistics.ts';

/** One line of the table. */
export interface Figure {
  readonly scenario: string;
  readonly title: string;
  readonly measure: string;
  readonly unit: string;
  readonly measured: number;
  readonly floor: number | undefined;
  /** The median, minimum and maximum ratio of the repetitions. */
  readonly ratio: { readonly median: number; readonly from: number; readonly to: number } | undefined;
  readonly budget: Budget | undefined;
  readonly verdict: 'met' | 'missed' | '';
  readonly note: string | undefined;
  readonly samples: Pick<Measure, 'measured' | 'floor'>;
}

/** Summarises the measurements of a scenario. */
export function figureOf(scenario: Scenario, measure: Measure): Figure {
  const { name, unit, measured, floor, note } = measure;
  const ratios = floor?.map((value, index) => (measured[index] ?? Number.NaN) / value);
  const ratio =
    ratios === undefined ? undefined : { median: median(ratios), from: Math.min(...ratios), to: Math.max(...ratios) };
  const budget = scenario.budget[name];
  return {
    scenario: scenario.name,
    title: scenario.title,
    measure: name,
    unit,
    measured: median(measured),
    floor: floor === undefined ? undefined : median(floor),
    ratio,
    budget,
    verdict: budget === undefined ? '' : isMet(budget, ratio?.median ?? median(measured)) ? 'met' : 'missed',
    note,
    samples: { measured, ...(floor === undefined ? {} : { floor }) },
  };
}

function isMet(
  { atLeast = Number.NEGATIVE_INFINITY, atMost = Number.POSITIVE_INFINITY }: Budget,
  value: number,
): boolean {
  return value >= atLeast && value <= atMost;
}

const headings = ['scenario', 'measure', 'measured', 'floor', 'ratio (from–to)', 'budget', ''];

/** Formats the table as text that is also Markdown. */
export function table(figures: readonly Figure[]): string {
  const lines = [headings, ...figures.map(cellsOf)];
  const widths = headings.map((_, column) => Math.max(3, ...lines.map((line) => line[column]?.length ?? 0)));
  const text = lines.map((line) => `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`);
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [text[0], rule, ...text.slice(1)].join('\n');
}

function cellsOf(figure: Figure): string[] {
  const { title, measure, unit, measured, floor, ratio, budget, verdict, note } = figure;
  return [
    title,
    note === undefined ? measure : `${measure} (${note})`,
    `${rounded(measured)} ${unit}`,
    floor === undefined ? '' : `${rounded(floor)} ${unit}`,
    ratio === undefined ? '' : `${ratio.median.toFixed(2)} (${ratio.from.toFixed(2)}–${ratio.to.toFixed(2)})`,
    budget === undefined ? '' : budgetText(budget, ratio === undefined ? ` ${unit}` : '×'),
    verdict,
  ];
}

function budgetText({ atLeast, atMost }: Budget, unit: string): string {
  return atLeast === undefined ? `≤ ${atMost}${unit}` : `≥ ${atLeast}${unit}`;
}

function rounded(value: number): string {
  return value >= 100 ? String(Math.round(value)) : value.toPrecision(3);
}

/** Describes the machine in one line: absolute figures only apply to it. */
export function machine(): string {
  const processors = cpus();
  return `${processors.length} × ${processors[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, ${platform()} ${release()} ${arch()}, Node ${process.versions.node}`;
}
