import type { CrashOptions } from './options.ts';
import { type Moment, moments } from './moments.ts';
import type { RoundReport } from './rounds.ts';

/** The result of a run. */
export interface Summary extends Pick<CrashOptions, 'engine' | 'seed' | 'size'> {
  readonly rounds: number;
  readonly kills: number;
  /** A kill may hit several activities at once. */
  readonly killsByMoment: Readonly<Record<Moment, number>>;
  readonly loads: number;
  readonly resumedTasks: number;
  readonly acknowledgedPatches: number;
  readonly unacknowledgedPatches: number;
  readonly checks: number;
  readonly failures: number;
  readonly seconds: number;
}

export function summaryOf(
  run: Pick<CrashOptions, 'engine' | 'seed' | 'size'>,
  reports: readonly RoundReport[],
): Summary {
  const sum = (of: (report: RoundReport) => number): number => reports.reduce((total, report) => total + of(report), 0);
  const hits = reports.flatMap(({ kills }) => kills.flat());
  return {
    ...run,
    rounds: reports.length,
    kills: sum(({ kills }) => kills.length),
    killsByMoment: Object.fromEntries(
      moments.map((moment) => [moment, hits.filter((hit) => hit === moment).length]),
    ) as Record<Moment, number>,
    loads: sum(({ loads }) => loads),
    resumedTasks: sum(({ resumedTasks }) => resumedTasks),
    acknowledgedPatches: sum(({ acknowledgedPatches }) => acknowledgedPatches),
    unacknowledgedPatches: sum(({ unacknowledgedPatches }) => unacknowledgedPatches),
    checks: sum(({ checks }) => checks),
    failures: sum(({ failures }) => failures.length),
    seconds: Math.round(sum(({ seconds }) => seconds)),
  };
}

/** Formats one round as a line; a failed one with its failures and the folder of its data. */
export function roundLine(report: RoundReport): string {
  const { number, beginning, aim, kills, resumedTasks, failures, kept } = report;
  const hit = kills.map((kill) => kill.join('+')).join(', then ');
  const patches = `${report.acknowledgedPatches} patches (${report.unacknowledgedPatches} unanswered)`;
  const line = `round ${number}: ${beginning}, aimed at ${aim}, hit ${hit || 'nothing'}; ${report.loads} loads (${resumedTasks} resumed), ${patches}; ${report.seconds.toFixed(1)} s`;
  return failures.length === 0
    ? line
    : [`${line} FAILED`, ...failures.map((failure) => `  ${failure}`), `  kept: ${kept ?? 'nothing'}`].join('\n');
}

/** Formats the summary as a table. */
export function summaryText(summary: Summary): string {
  const { killsByMoment, ...figures } = summary;
  const rows: [string, string | number][] = [
    ['engine', figures.engine],
    ['seed', figures.seed],
    ['entitlements, about', figures.size],
    ['rounds', figures.rounds],
    ['kills', figures.kills],
    ...moments.map((moment): [string, number] => [`- while ${moment}`, killsByMoment[moment]]),
    ['loads', figures.loads],
    ['tasks resumed', figures.resumedTasks],
    ['patches acknowledged', figures.acknowledgedPatches],
    ['patches unanswered', figures.unacknowledgedPatches],
    ['checks made', figures.checks],
    ['failures', figures.failures],
    ['seconds', figures.seconds],
  ];
  return rows.map(([name, value]) => `${name.padEnd(28)}${value}`).join('\n');
}
